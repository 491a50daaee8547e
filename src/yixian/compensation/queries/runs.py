"""核算查询: reckonings — what one changed, and those that were cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import CALCULATORS, reached_with_account
from yixian.compensation.account_read_models import DifferenceView, RunView
from yixian.compensation.choices import RunOutcome, StatementStatus
from yixian.compensation.models import Statement, StatementLine, StatementRun
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.registry.queries import reached_areas

ONCE = "once"


def latest_calculation(actor: Actor) -> StatementRun | None:
    """The latest finished reckoning of the largest place, with its manifest (figures only), for staff.

    What one household or township had reckoned anew since then is no figure of the county.
    """
    if not actor.has_any({*STAFF_ROLES, Role.SYSTEM}):
        return None
    runs = StatementRun.objects.filter(end__outcome=RunOutcome.FINISHED).select_related("pack_version")
    return runs.annotate(depth=Length("area_path")).order_by("depth", "-pk").first()


def open_runs(actor: Actor) -> list[RunView]:
    """Reckonings of places in reach that were begun and not finished, for those who may go on with them."""
    return [_view(run) for run in _open(actor).order_by("pk")]


def get_open_run(actor: Actor, run_id: int) -> RunView:
    """One that may be gone on with. Raises `NotFound` if there is no such one in the actor's reach."""
    run = _open(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("account.run_not_found", _("There is no such calculation."))
    return _view(run)


def differences_of_run(actor: Actor, run_id: int) -> QuerySet[Statement]:
    """The versions that a reckoning put in force in place of issued ones with other sums, for households in reach.

    Each row has its ``household`` (with ``head`` and ``area``) and the version that it ``supersedes``. A version that
    waits for a decision is not among them; one that was decided for is.
    """
    changed = ~Q(
        total_fen=F("supersedes__total_fen"),
        monthly_fen=F("supersedes__monthly_fen"),
        yearly_fen=F("supersedes__yearly_fen"),
    )
    rows = Statement.objects.filter(
        changed,
        run=run_id,
        household__in=reached_with_account(actor).values("pk"),
        status=StatementStatus.ISSUED,
        supersedes__status=StatementStatus.ISSUED,
    )
    in_force = Q(case=None) | Q(case__decision__outcome="apply")
    return rows.filter(in_force).select_related("household__area", "household__head", "supersedes")


def difference_total(rows: QuerySet[Statement]) -> int:
    """The fen of all rows of `differences_of_run` together, paid once: what rises less what falls."""
    return int(rows.order_by().aggregate(fen=Sum(F("total_fen") - F("supersedes__total_fen")))["fen"] or 0)


def difference_views(rows: Iterable[Statement]) -> Iterator[DifferenceView]:
    """The rows of `differences_of_run` as plain values."""
    for row in rows:
        old, new = (row.supersedes.sums if row.supersedes else None), row.sums
        if old is None or new is None:
            raise ValueError("a difference stands between two sums")
        household = row.household
        yield DifferenceView(
            household_id=household.pk,
            household_no=household.household_no,
            head_name=household.head.name if household.head else "",
            area=household.area,
            version=row.version,
            old_fen=old[0],
            new_fen=new[0],
            monthly_fen=new[1] - old[1],
            yearly_fen=new[2] - old[2],
        )


def difference_list(actor: Actor, run_id: int) -> ResultSet[DifferenceView]:
    """The same, by household number, to be counted, sorted and read in windows."""
    orders: dict[str, Order] = {
        "name": ("household__head__name", "household__household_no"),
        "no": ("household__household_no",),
        "place": ("household__area__path", "household__household_no"),
        "version": ("version",),
        "old": ("supersedes__total_fen",),
        "new": ("total_fen",),
        "difference": (F("total_fen") - F("supersedes__total_fen"),),
    }
    rows = differences_of_run(actor, run_id).order_by("household__household_no")
    return ResultSet(rows, orders, lambda window: list(difference_views(window)))


def forecast_by_budget_head(area_path: str, *, on: date) -> dict[str, int]:
    """What the current accounts of a day's households below a place come to under each budget head, in fen; paid once.

    Sums of a whole county under a head say nothing of anybody: they are open, like the budget that they stand beside.
    """
    return dict(_forecast(area_path, on))


@memoised(Statement, StatementLine, Household)
def _forecast(area_path: str, on: date) -> dict[str, int]:
    rows = StatementLine.objects.filter(_of_day(area_path, on, "statement__"), paid=ONCE)
    return dict(rows.order_by().values_list("budget_head").annotate(Sum("amount_fen")))


def uncalculated(area_path: str, *, on: date) -> int:
    """How many of the households of a day below a place have no sum: withheld, or not reckoned yet. Open, too."""
    return _uncalculated(area_path, on)


@memoised(Statement, Household)
def _uncalculated(area_path: str, on: date) -> int:
    calculated = Statement.objects.filter(_of_day(area_path, on, ""), status=StatementStatus.ISSUED)
    return Household.objects.filter(in_force(on)).filter(below(area_path)).count() - calculated.count()


def _of_day(area_path: str, on: date, prefix: str) -> Q:
    current = Q(**{f"{prefix}is_current": True})
    return current & below(area_path, f"{prefix}household__area_path") & in_force(on, f"{prefix}household__")


def _open(actor: Actor) -> QuerySet[StatementRun]:
    if not actor.has_any(CALCULATORS):
        return StatementRun.objects.none()
    return StatementRun.objects.filter(end=None, area_path__in=reached_areas(actor).values("path"))


def _view(run: StatementRun) -> RunView:
    return RunView(run.pk, run.at, run.area_path, _settled(run), int(run.manifest["households"]))


def _settled(run: StatementRun) -> int:
    """How many of its accounts a run has issued, proposed, or found unchanged."""
    return Statement.objects.filter(Q(run=run) | Q(confirmed_by=run)).count()
