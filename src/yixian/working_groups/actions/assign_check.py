"""派核查: who goes to a drawn household — never whoever surveyed it, and nobody who stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.intervals import in_force
from yixian.kernel.models import User
from yixian.registry.models import Helper
from yixian.working_groups.access import CHECKERS
from yixian.working_groups.actions.group_steps import begin, note
from yixian.working_groups.frames import items_to_check
from yixian.working_groups.models import CheckAssignment, SampledHousehold
from yixian.working_groups.steps import ASSIGN


@transaction.atomic
def assign_check(
    group_id: int, sampled_ids: Iterable[int], user_id: int, *, actor: Actor, at: datetime
) -> int:
    """Give the forms of drawn households to somebody. How many were given.

    Raises `NotFound` for others, `Refused` where they surveyed one of them, stand beside it, or it is done already.
    """
    view, person = begin(ASSIGN, group_id, actor=actor, at=at)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not actor_for(user, at=at).has_any(CHECKERS):
        raise NotFound("check.nobody", _("There is nobody of this name who could check."))
    wanted = set(sampled_ids)
    rows = SampledHousehold.objects.filter(draw__sample__group=view.group, pk__in=wanted)
    found = list(rows.select_related("household").order_by("order"))
    if not found or len(found) < len(wanted):
        raise NotFound("check.not_found", _("There is no such check."))
    on = timezone.localdate(at)
    for one in found:
        _require_stranger(user, one, on)
        if hasattr(one, "result"):
            raise Refused("check.done", _("This was checked already."))
        CheckAssignment.objects.create(sampled=one, user=user, by_id=person, at=at)
    note(view.group, "group.checks_given", actor=actor, at=at, checks=len(found))
    return len(found)


def _require_stranger(user: User, sampled: SampledHousehold, on: date) -> None:
    names = {user.display_name, user.username}
    if user.helper_id is not None:
        names |= set(Helper.objects.filter(pk=user.helper_id).values_list("person__name", flat=True))
        beside = Pairing.objects.filter(helper_id=user.helper_id, household_id=sampled.household_id)
        if beside.filter(in_force(on)).exists():
            raise Refused("check.beside", _("Whoever stands beside a household does not check it."))
    group = sampled.draw.sample.group
    surveyors = {one.surveyor for one in items_to_check(group, sampled.household_id, on=on)} - {""}
    if surveyors & names:
        raise Refused("check.surveyor", _("Whoever surveyed it does not check it."))
