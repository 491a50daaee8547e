"""录入概算: enter what was approved; another person confirms it, and only then it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.budget.access import APPROVERS, PROPOSERS
from yixian.budget.budget_read_models import BudgetHeadView
from yixian.budget.choices import BudgetKind, Settlement
from yixian.budget.models import BudgetAmount, BudgetSettlement, BudgetVersion
from yixian.budget.queries import allocation_at, budget_heads_for, get_budget_version
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.registry.models import Area
from yixian.registry.queries.areas import reached_areas


@dataclass(frozen=True, slots=True)
class Approved:
    """What a document says: its name and number, why, from which day, and the fen under each head."""

    document: str
    reason: str
    valid_from: date
    amounts: Mapping[str, int]


@transaction.atomic
def enter_budget(area_id: int, given: Approved, *, actor: Actor, at: datetime) -> BudgetVersion:
    """Enter a whole budget for an area in reach: a sum for every head that its policy names.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Refused` without a policy in force, `Invalid` with
    the head as field for a missing or negative sum, and for a missing document or reason.
    """
    person = require_person(actor, PROPOSERS)
    area = _area(actor, area_id)
    budget_heads = budget_heads_for(area.path, timezone.localdate(at))
    if not budget_heads:
        raise Refused("policy.none", _("No policy pack is in force here on this day."))
    for budget_head in budget_heads:
        if budget_head.code not in given.amounts:
            raise Invalid(
                "budget.missing", _("Enter a sum, 0 where nothing is approved."), field=budget_head.code
            )
    return _enter(area, BudgetKind.WHOLE, None, budget_heads, given, person, actor, at)


@transaction.atomic
def enter_beyond(area_id: int, given: Approved, *, actor: Actor, at: datetime) -> BudgetVersion:
    """Enter a decision that adds sums to single heads of the budget in force at an area.

    Raises what `enter_budget` raises; `Refused` where no budget is in force, `Invalid` if it adds nothing.
    """
    person = require_person(actor, PROPOSERS)
    area = _area(actor, area_id)
    allocation = allocation_at(area.path, timezone.localdate(at))
    if allocation is None or allocation.area.pk != area.pk:
        raise Refused("budget.none", _("No budget is in force here yet: enter it first."))
    budget_heads = [
        one.budget_head for one in allocation.budget_heads.values() if given.amounts.get(one.budget_head.code)
    ]
    if not budget_heads:
        raise Invalid("budget.nothing", _("Enter by how much at least one head is exceeded."))
    return _enter(area, BudgetKind.BEYOND, allocation.version_id, budget_heads, given, person, actor, at)


@transaction.atomic
def confirm_budget(version_id: int, *, actor: Actor, at: datetime) -> BudgetSettlement:
    """Confirm an entry as another person: from its day on it holds.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Refused` for one's own entry, one that is settled,
    a whole budget that begins before the one in force began, or a decision beyond a budget that was replaced meanwhile.
    """
    person = require_person(actor, APPROVERS)
    version = _open(version_id, actor)
    if version.proposed_by_id == person:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))
    later = BudgetVersion.objects.filter(
        area=version.area, kind=BudgetKind.WHOLE, settlement__outcome=Settlement.APPROVED
    )
    if version.kind == BudgetKind.WHOLE and later.filter(valid_from__gt=version.valid_from).exists():
        raise Refused("budget.order", _("A budget that begins later is confirmed already."))
    if version.kind == BudgetKind.BEYOND and later.filter(pk__gt=version.of_id or 0).exists():
        raise Refused("budget.replaced", _("The budget was replaced meanwhile: enter the decision anew."))
    return _settle(version, Settlement.APPROVED, person, actor, at)


@transaction.atomic
def withdraw_budget(version_id: int, *, actor: Actor, at: datetime) -> BudgetSettlement:
    """Take an entry back that nobody has confirmed yet. Raises as `confirm_budget` does."""
    person = require_person(actor, PROPOSERS)
    return _settle(_open(version_id, actor), Settlement.WITHDRAWN, person, actor, at)


def _area(actor: Actor, area_id: int) -> Area:
    area = reached_areas(actor).filter(pk=area_id).first()
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    return area


def _enter(
    area: Area,
    kind: BudgetKind,
    of_id: int | None,
    budget_heads: list[BudgetHeadView],
    given: Approved,
    person: int,
    actor: Actor,
    at: datetime,
) -> BudgetVersion:
    for field in ("document", "reason"):
        if not getattr(given, field).strip():
            raise Invalid("budget.empty", _("This must be filled in."), field=field)
    for budget_head in budget_heads:
        if given.amounts[budget_head.code] < 0:
            raise Invalid(
                "budget.negative", _("A budget is never less than nothing."), field=budget_head.code
            )
    version = BudgetVersion.objects.create(
        area=area,
        kind=kind,
        of_id=of_id,
        document=given.document.strip(),
        reason=given.reason.strip(),
        valid_from=given.valid_from,
        proposed_by_id=person,
        proposed_at=at,
    )
    BudgetAmount.objects.bulk_create(
        BudgetAmount(
            version=version,
            position=position,
            budget_head=budget_head.code,
            title_zh=budget_head.title_zh,
            title_en=budget_head.title_en,
            fen=given.amounts[budget_head.code],
        )
        for position, budget_head in enumerate(budget_heads, 1)
    )
    _record_event("budget.entered", version, actor, at)
    return version


def _open(version_id: int, actor: Actor) -> BudgetVersion:
    get_budget_version(actor, version_id)
    version = BudgetVersion.objects.select_for_update(of=("self",)).select_related("area").get(pk=version_id)
    if hasattr(version, "settlement"):
        raise Refused("budget.settled", _("This was confirmed or taken back already."))
    return version


def _settle(
    version: BudgetVersion, outcome: Settlement, person: int, actor: Actor, at: datetime
) -> BudgetSettlement:
    settlement = BudgetSettlement.objects.create(version=version, outcome=outcome, by_id=person, at=at)
    _record_event(f"budget.{outcome}", version, actor, at)
    return settlement


def _record_event(kind: str, version: BudgetVersion, actor: Actor, at: datetime) -> None:
    fen = sum(version.amounts.values_list("fen", flat=True))
    data = {"document": version.document, "from": version.valid_from.isoformat(), "fen": fen}
    record(Entry(kind, "budget", version.pk, version.area.path, data), actor=actor, at=at)
