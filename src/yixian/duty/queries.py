"""责任查询: who stands beside whom, computed from dated intervals on the day asked about."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from yixian.domain.areas import path_chain
from yixian.duty.models import Pairing, PairingRun, Stationing
from yixian.duty.rows import BesideView, CoverageView, RunView, ShortageView
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.access import Part, below, household_scope, parts_for
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Body, Helper, Household, Post


def beside(actor: Actor, household: Household, *, on: date) -> list[BesideView]:
    """Who stands beside the household on a day: the cadre first, then the party member."""
    if Part.DUTY not in parts_for(actor, household):
        return []
    return beside_many([household.pk], on=on).get(household.pk, [])


def beside_many(household_ids: list[int], *, on: date) -> dict[int, list[BesideView]]:
    """The same for many households at once; the caller has limited them to what its actor may see."""
    posts = Prefetch("helper__posts", Post.objects.filter(in_force(on)).order_by("pk"))
    rows = (
        Pairing.objects.filter(in_force(on), household_id__in=household_ids)
        .select_related("helper__person", "helper__body")
        .prefetch_related(posts)
        .order_by("household_id", "role", "pk")
    )
    found: dict[int, list[BesideView]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(_beside(row))
    return dict(found)


def coverage(actor: Actor, area_path: str, *, on: date) -> CoverageView:
    """Coverage of the households in reach below an area on a day."""
    rows = household_scope(actor).filter(in_force(on)).filter(below(area_path))
    return CoverageView(
        households=rows.count(),
        with_cadre=rows.filter(_has(HelperKind.CADRE, on)).count(),
        with_member=rows.filter(_has(HelperKind.PARTY_MEMBER, on)).count(),
        with_both=rows.filter(_has(HelperKind.CADRE, on), _has(HelperKind.PARTY_MEMBER, on)).count(),
    )


def uncovered_households(actor: Actor, *, on: date, area_path: str = "") -> QuerySet[Household]:
    """Households in reach that lack a cadre or a party member on a day."""
    rows = household_scope(actor).filter(in_force(on)).filter(below(area_path)).select_related("area", "head")
    return rows.exclude(_has(HelperKind.CADRE, on), _has(HelperKind.PARTY_MEMBER, on))


def helper_households(actor: Actor, helper_id: int, *, on: date) -> QuerySet[Household]:
    """The households in the actor's reach that a helper stands beside on a day."""
    paired = Pairing.objects.filter(in_force(on), helper_id=helper_id)
    return (
        household_scope(actor)
        .filter(in_force(on), pk__in=paired.values("household_id"))
        .select_related("area", "head")
        .order_by("household_no")
    )


def helper_loads(actor: Actor, body: Body, *, on: date) -> dict[int, int]:
    """How many households each helper of a body stands beside on a day (a figure, for staff)."""
    if not actor.has_any(*STAFF_ROLES, Role.SYSTEM):
        return {}
    rows = Pairing.objects.filter(in_force(on), in_force(on, "household__"), helper__body=body)
    counted = rows.order_by().values("helper_id").annotate(count=Count("pk"))
    return {row["helper_id"]: row["count"] for row in counted}


def stationings_of_area(area: Area, *, on: date) -> QuerySet[Stationing]:
    """The bodies stationed at an area or above it on a day. Public."""
    return (
        Stationing.objects.filter(in_force(on), area_path__in=path_chain(area.path))
        .select_related("body", "area")
        .order_by("-area_path", "body__code")
    )


def stationings_of_body(body: Body, *, on: date) -> QuerySet[Stationing]:
    """The areas a body is stationed at on a day. Public."""
    return Stationing.objects.filter(in_force(on), body=body).select_related("area").order_by("area_path")


def latest_run(actor: Actor) -> RunView | None:
    """The latest solved pairing with its proof and shortages; figures only, for staff."""
    if not actor.has_any(*STAFF_ROLES, Role.SYSTEM):
        return None
    run = PairingRun.objects.order_by("-pk").first()
    if run is None:
        return None
    shortages = list(run.shortages.order_by("-short", "pk"))
    areas = {area.path: area for area in Area.objects.filter(path__in={row.area_path for row in shortages})}
    return RunView(
        run_id=run.pk,
        at=run.at,
        on_date=run.on_date,
        seed=run.seed,
        proof=run.proof,
        fairness=run.fairness,
        shortages=[
            ShortageView(
                role_label=row.get_role_display(),
                households=row.households,
                helpers=row.helpers,
                places=row.places,
                short=row.short,
                area=areas.get(row.area_path),
            )
            for row in shortages
        ],
    )


def in_service(body: Body, *, on: date) -> QuerySet[Helper]:
    """Helpers of a body in service on a day who can take households."""
    return Helper.objects.filter(in_force(on), body=body, places__gt=0)


def _has(role: HelperKind, on: date) -> Exists:
    return Exists(Pairing.objects.filter(in_force(on), role=role, household=OuterRef("pk")))


def _beside(row: Pairing) -> BesideView:
    posts = list(row.helper.posts.all())
    return BesideView(
        helper_id=row.helper_id,
        role=row.role,
        role_label=row.get_role_display(),
        name=row.helper.person.name,
        body_name=row.helper.body.label,
        post=posts[0].title if posts else "",
        work_phone=row.helper.work_phone,
        since=row.valid_from,
        reason=_(row.began_because),
    )
