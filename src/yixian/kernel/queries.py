"""Reading the kernel: jobs, users and grants, each limited to what the actor may see."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Job, RoleGrant, User
from yixian.kernel.roles import Role


def jobs(actor: Actor) -> QuerySet[Job]:
    """The actor's own jobs; all of them for administrators (a job's row holds no personal data)."""
    rows = Job.objects.select_related("owner").order_by("-created_at", "-pk")
    if actor.has_any(Role.ADMINISTRATOR, Role.SYSTEM):
        return rows
    return rows.filter(owner_id=actor.user_id) if actor.user_id else rows.none()


def get_job(actor: Actor, job_id: int) -> Job:
    """One job the actor may see. Raises `NotFound`."""
    job = jobs(actor).filter(pk=job_id).first()
    if job is None:
        raise NotFound("job.not_found", "There is no such job.")
    return job


def users(actor: Actor, *, search: str = "") -> QuerySet[User]:
    """All users with their grants, for administrators; none for others."""
    rows = User.objects.order_by("username").prefetch_related(
        Prefetch("role_grants", RoleGrant.objects.order_by("valid_from", "pk"))
    )
    if not actor.has_any(Role.ADMINISTRATOR, Role.SYSTEM):
        return rows.none()
    return rows.filter(Q(username__icontains=search) | Q(display_name__icontains=search)) if search else rows


def get_user(actor: Actor, user_id: int) -> User:
    """One user, for administrators. Raises `NotFound`."""
    user = users(actor).filter(pk=user_id).first()
    if user is None:
        raise NotFound("user.not_found", "There is no such user.")
    return user
