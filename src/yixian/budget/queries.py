"""概算查询: what is approved is open to everybody; what waits to be confirmed is for those who work on it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.budget.access import APPROVERS, READERS
from yixian.budget.budget_read_models import BudgetAllocation, BudgetEntry, BudgetHeadView, HeadAllocation
from yixian.budget.choices import BudgetKind, BudgetStatus, Settlement
from yixian.budget.models import BudgetAmount, BudgetSettlement, BudgetVersion
from yixian.domain.areas import path_chain
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.result_sets import Order, ResultSet
from yixian.policies.queries import pack_in_force
from yixian.registry.queries.areas import reached_areas


def budget_heads_for(area_path: str, on: date) -> list[BudgetHeadView]:
    """The heads that the policy in force names there (Order 471, Art. 16), in its order; none without a policy."""
    found = pack_in_force(area_path, on)
    if found is None:
        return []
    return [
        BudgetHeadView(code, one.title("zh"), one.title("en"), one.note("zh"), one.note("en"))
        for code, one in found[1].budget_heads.items()
    ]


def allocation_at(area_path: str, on: date) -> BudgetAllocation | None:
    """The budget in force at a place on a day: of the nearest area, itself or above, that has one; else None."""
    version = _in_force(path_chain(area_path), on)
    if version is None:
        return None
    added: dict[str, int] = defaultdict(int)
    additions = BudgetAmount.objects.filter(
        version__of=version, version__valid_from__lte=on, version__settlement__outcome=Settlement.APPROVED
    )
    for budget_head, fen in additions.values_list("budget_head", "fen"):
        added[budget_head] += fen
    amounts = version.amounts.order_by("position")
    budget_heads = {
        one.budget_head: HeadAllocation(
            BudgetHeadView(one.budget_head, one.title_zh, one.title_en), one.fen, added[one.budget_head]
        )
        for one in amounts
    }
    return BudgetAllocation(version.pk, version.area, budget_heads)


def public_allocations(on: date) -> list[BudgetAllocation]:
    """Every budget in force on a day, for everybody."""
    places = BudgetVersion.objects.filter(kind=BudgetKind.WHOLE, settlement__outcome=Settlement.APPROVED)
    paths = sorted(set(places.values_list("area__path", flat=True)))
    found = {
        allocation.version_id: allocation
        for allocation in (allocation_at(path, on) for path in paths)
        if allocation
    }
    return list(found.values())


def lock_allocation(area_path: str, on: date) -> BudgetAllocation | None:
    """`allocation_at`, with the budget locked until the transaction ends: whoever asks next waits for what is promised now."""
    allocation = allocation_at(area_path, on)
    if allocation is not None:
        BudgetVersion.objects.select_for_update().get(pk=allocation.version_id)
    return allocation


def budgets_to_confirm(actor: Actor) -> ResultSet[Pending]:
    """Entries in reach that wait for the actor as the second person; the oldest first."""
    if not actor.has_any(APPROVERS) or not _unsettled():
        return NOTHING
    rows = budget_versions(actor.acting_as(APPROVERS)).filter(settlement=None)
    return pending(rows.exclude(proposed_by=actor.user_id).order_by("pk"), _pending)


@memoised(BudgetVersion, BudgetSettlement)
def _unsettled() -> bool:
    """Whether any entry waits at all: mostly none does."""
    return BudgetVersion.objects.filter(settlement=None).exists()


def _pending(row: BudgetVersion) -> Pending:
    return Pending(row.pk, row.document, row.area.label, timezone.localdate(row.proposed_at))


def budget_versions(actor: Actor) -> QuerySet[BudgetVersion]:
    """Every entry for areas in reach, the latest first; none for those who do not work on it."""
    if not actor.has_any(READERS):
        return BudgetVersion.objects.none()
    rows = BudgetVersion.objects.filter(area__in=reached_areas(actor))
    return rows.select_related("area", "of", "proposed_by", "settlement__by").order_by("-pk")


def budget_entries(actor: Actor, *, on: date) -> ResultSet[BudgetEntry]:
    """The same as typed rows, with where each stands on a day."""
    orders: dict[str, Order] = {
        "document": ("document",),
        "kind": ("kind",),
        "place": ("area__path",),
        "from": ("valid_from",),
        "by": ("proposed_by__display_name",),
    }

    def read(window: list[BudgetVersion]) -> list[BudgetEntry]:
        holding = _holding([row.area.path for row in window], on)
        return [
            BudgetEntry(
                row.pk,
                row.document,
                row.get_kind_display(),
                row.area.label,
                row.valid_from,
                row.proposed_by.display_name,
                _status(row, holding.get(row.area.path), on),
            )
            for row in window
        ]

    return ResultSet(budget_versions(actor), orders, read)


def get_budget_version(actor: Actor, version_id: int) -> BudgetVersion:
    """One entry. Raises `NotFound` out of reach."""
    version = budget_versions(actor).filter(pk=version_id).first()
    if version is None:
        raise NotFound("budget.not_found", _("There is no such budget."))
    return version


def amounts_of(version: BudgetVersion) -> list[tuple[BudgetHeadView, int]]:
    """The heads of an entry with their fen, in order."""
    rows = version.amounts.order_by("position")
    return [(BudgetHeadView(one.budget_head, one.title_zh, one.title_en), one.fen) for one in rows]


def before(version: BudgetVersion) -> BudgetVersion | None:
    """The whole budget that was confirmed before a whole one, at the same place: what it is compared with."""
    rows = BudgetVersion.objects.filter(
        area=version.area, kind=BudgetKind.WHOLE, settlement__outcome=Settlement.APPROVED, pk__lt=version.pk
    )
    return rows.order_by("-pk").first()


def status_of(version: BudgetVersion, on: date) -> BudgetStatus:
    """Where an entry stands on a day."""
    return _status(version, _holding([version.area.path], on).get(version.area.path), on)


def _status(version: BudgetVersion, holding_id: int | None, on: date) -> BudgetStatus:
    settlement = getattr(version, "settlement", None)
    if settlement is None:
        return BudgetStatus.WAITING
    if settlement.outcome == Settlement.WITHDRAWN:
        return BudgetStatus.WITHDRAWN
    if version.valid_from > on:
        return BudgetStatus.AHEAD
    return BudgetStatus.IN_FORCE if holding_id == (version.of_id or version.pk) else BudgetStatus.REPLACED


def _in_force(paths: list[str], on: date) -> BudgetVersion | None:
    return _whole_until(paths, on).order_by("-area__path", "-valid_from", "-pk").first()


def _holding(paths: list[str], on: date) -> dict[str, int]:
    """The key of the budget that holds at each of these places themselves."""
    rows = _whole_until(paths, on).order_by("valid_from", "pk")
    return {row.area.path: row.pk for row in rows}


def _whole_until(paths: list[str], on: date) -> QuerySet[BudgetVersion]:
    rows = BudgetVersion.objects.filter(
        area__path__in=paths,
        kind=BudgetKind.WHOLE,
        valid_from__lte=on,
        settlement__outcome=Settlement.APPROVED,
    )
    return rows.select_related("area")
