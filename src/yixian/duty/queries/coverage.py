"""覆盖查询: how many households have whom beside them on a day, and which lack somebody."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yixian.duty.access import COVERERS
from yixian.duty.duty_read_models import AssignedHelperView, CoverageView, UncoveredView
from yixian.duty.models import Pairing
from yixian.duty.queries.assigned_helpers import assigned_helpers_of_many
from yixian.duty.queries.coverage_board import figures_of, lacking_ids, lacking_somebody
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.access import Part, below, household_scope, parts_for
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household, Organisation
from yixian.registry.queries import household_list, listed_households


def coverage(actor: Actor, area_path: str, *, on: date) -> CoverageView:
    """Coverage of the households in reach below an area on a day."""
    found = figures_of(actor, below(area_path), on=on)
    return CoverageView(
        households=found.households,
        with_cadre=found.with_cadre,
        with_member=found.with_member,
        with_both=found.both,
        with_lead=found.lead,
    )


def uncovered_households(actor: Actor, *, on: date, area_path: str = "") -> QuerySet[Household]:
    """Households in reach that lack a cadre or a party member on a day, those with the township's lead among them."""
    rows = household_scope(actor).filter(in_force(on)).filter(below(area_path)).select_related("area", "head")
    return lacking_somebody(rows, on)


def uncovered_count(actor: Actor, *, on: date) -> int:
    """How many of them there are."""
    return uncovered_households(actor, on=on).count()


def uncovered_list(actor: Actor, *, on: date, area_path: str = "") -> ResultSet[UncoveredView]:
    """The same as typed rows, by number; who stands beside them only where the actor may know."""

    def read(window: list[Household]) -> list[UncoveredView]:
        shown = {row.pk for row in window if Part.DUTY in parts_for(actor, row)}
        known = assigned_helpers_of_many(shown, on=on)
        return [
            UncoveredView(
                row.pk,
                row.household_no,
                row.head.name if row.head else "",
                row.area.label,
                known.get(row.pk, []),
                lacks=_lacks(known.get(row.pk, [])) if row.pk in shown else (),
                may_assign=row.pk in shown and actor.has_any(COVERERS),
            )
            for row in window
        ]

    ids = lacking_ids(on)
    if ids is None:
        return household_list(
            actor, on=on, area_path=area_path, among=[uncovered_households(actor, on=on)]
        ).reading(read)
    return listed_households(actor, ids, on=on, area_path=area_path).reading(read)


def _lacks(views: list[AssignedHelperView]) -> tuple[str, ...]:
    """The roles of which nobody stands there, in words."""
    held = {view.role for view in views}
    return tuple(str(role.label) for role in HelperKind if role.value not in held)


def helper_households(actor: Actor, helper_id: int, *, on: date) -> QuerySet[Household]:
    """The households in the actor's reach that a helper stands beside on a day."""
    paired = Pairing.objects.filter(in_force(on), helper_id=helper_id)
    return (
        household_scope(actor)
        .filter(in_force(on), pk__in=paired.values("household_id"))
        .select_related("area", "head")
        .order_by("household_no")
    )


def helper_household_list(actor: Actor, helper_id: int, *, on: date) -> ResultSet[Household]:
    """The same to be listed: by name of the head, number or place."""
    orders: dict[str, Order] = {
        "name": ("head__name", "household_no"),
        "no": ("household_no",),
        "place": ("area_path", "household_no"),
    }
    return ResultSet(helper_households(actor, helper_id, on=on), orders)


def load_order(*, on: date) -> Order:
    """Helpers in the order of how many households they stand beside on a day."""
    paired = Pairing.objects.filter(in_force(on), in_force(on, "household__"), helper=OuterRef("pk"))
    counted = paired.order_by().values("helper").annotate(count=Count("pk")).values("count")
    return (Coalesce(Subquery(counted), 0), "helper_no")


def helper_loads(actor: Actor, organisation: Organisation, *, on: date) -> dict[int, int]:
    """How many households each helper of a body stands beside on a day (a figure, for staff)."""
    if not actor.has_any({*STAFF_ROLES, Role.SYSTEM}):
        return {}
    rows = Pairing.objects.filter(
        in_force(on), in_force(on, "household__"), helper__organisation=organisation
    )
    counted = rows.order_by().values("helper_id").annotate(count=Count("pk"))
    return {row["helper_id"]: row["count"] for row in counted}
