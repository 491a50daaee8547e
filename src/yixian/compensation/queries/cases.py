"""个案查询: accounts that wait for a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import reached_with_account
from yixian.compensation.models import AccountCase
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.registry.access import below, reach_of

_ORDERS: Mapping[str, Order] = {
    "name": ("household__head__name", "household__household_no"),
    "no": ("household__household_no",),
    "place": ("area_path", "household__household_no"),
    "current": ("current__total_fen",),
    "proposed": ("proposed__total_fen",),
    "state": ("decision__outcome",),
    "opened": ("opened_at",),
}


def cases(actor: Actor, *, area_path: str = "", run_id: int | None = None) -> QuerySet[AccountCase]:
    """Cases of households in reach, open and decided, with both accounts, the household and the decision if any."""
    rows = AccountCase.objects.filter(household__in=reached_with_account(actor).values("pk"))
    rows = rows.filter(below(area_path)) if area_path else rows
    rows = rows if run_id is None else rows.filter(run=run_id)
    return rows.select_related(
        "household__area", "household__head", "current", "proposed", "decision__decided_by"
    )


def open_cases(actor: Actor, *, area_path: str = "", run_id: int | None = None) -> QuerySet[AccountCase]:
    """Cases that nobody decided yet, the oldest first."""
    return cases(actor, area_path=area_path, run_id=run_id).filter(decision=None).order_by("pk")


def open_cases_of(actor: Actor, household_ids: Collection[int]) -> list[AccountCase]:
    """Those of these households."""
    return list(open_cases(actor).filter(household__in=household_ids))


def case_list(actor: Actor, *, everything: bool = False) -> ResultSet[AccountCase]:
    """Cases to be listed: those that wait, the oldest first; or those decided too, the latest first."""
    return _listed(reach=reach_of(actor), everything=everything)


@prepared_results(_ORDERS)
def _listed(*, reach: Actor, everything: bool) -> QuerySet[AccountCase]:
    return cases(reach).order_by("-pk") if everything else open_cases(reach)


def get_case(actor: Actor, case_id: int) -> AccountCase:
    """One case. Raises `NotFound` outside of the actor's reach."""
    case = cases(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound("case.not_found", _("There is no such case."))
    return case
