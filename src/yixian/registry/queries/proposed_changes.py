"""拟变更查询: what was proposed in somebody's reach, what waits for them, and each change in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.identity import mask_id_number
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.memo import memoised
from yixian.kernel.models import Event
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.prepared import prepared
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import Role
from yixian.registry.access import PARTS, Part, below
from yixian.registry.change_steps import CHANGE_AGREERS, CHANGE_PROPOSERS
from yixian.registry.choices import ChangeOutcome
from yixian.registry.models import Household, ProposedChange

CHANGE_READERS = CHANGE_PROPOSERS | CHANGE_AGREERS | {Role.AUDITOR}
"""Who sees what was proposed, agreed and refused within their reach."""

MONEY_EVENTS = (
    "items.corrected",
    "items.added",
    "members.corrected",
    "member.left",
    "facts.recorded",
    "household.split_from",
    "household.split_to",
    "household.merged_into",
    "household.merged_from",
)
"""Events by which what money hangs on changed; a workbook's say it themselves (``money``)."""

_ORDERS: Mapping[str, Order] = {
    "title": ("title", "pk"),
    "kind": ("kind", "pk"),
    "document": ("document_no", "pk"),
    "by": ("proposed_by__display_name", "pk"),
    "at": ("proposed_at", "pk"),
    "count": ("word_count", "pk"),
    "outcome": ("outcome", "pk"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One changed field as a reader may see it."""

    household_no: str
    field: str
    old: str
    new: str


def proposed_changes(actor: Actor) -> QuerySet[ProposedChange]:
    """Proposals in reach, the latest first; none for others."""
    rows = ProposedChange.objects.select_related("proposed_by", "decided_by").order_by("-pk")
    inside = Q(pk__in=())
    for grant in actor.grants:
        if grant.role in CHANGE_READERS:
            for path in grant.area_paths:
                if not path:
                    return rows
                inside |= below(path)
    return rows.filter(inside)


def change_list(actor: Actor, *, everything: bool = False) -> ResultSet[ProposedChange]:
    """Proposals to be listed: those that wait, or all."""
    rows = proposed_changes(actor)
    return ResultSet(rows if everything else rows.filter(outcome=ChangeOutcome.WAITING), _ORDERS)


def get_change(actor: Actor, change_id: int) -> ProposedChange:
    """One proposal. Raises `NotFound` out of reach."""
    change = proposed_changes(actor).filter(pk=change_id).first()
    if change is None:
        raise NotFound("change.not_found", _("There is no such change."))
    return change


def changes_to_agree(actor: Actor) -> ResultSet[Pending]:
    """Those that wait for this person as the second; the oldest first."""
    if actor.user_id is None or not actor.has_any(CHANGE_AGREERS) or not _any_waits():
        return NOTHING
    rows = proposed_changes(actor.acting_as(CHANGE_AGREERS)).filter(outcome=ChangeOutcome.WAITING)
    return pending(rows.exclude(proposed_by_id=actor.user_id).order_by("pk"), _pending)


def changes_waiting_of(actor: Actor, household: Household) -> list[ProposedChange]:
    """What waits for a second person about one household, for those who see proposals there; the oldest first."""
    if not actor.has_any(CHANGE_READERS) or not _any_waits():
        return []
    readers = tuple(grant for grant in actor.grants if grant.role in CHANGE_READERS)
    return _waiting_of(household.pk, reach=Actor("", grants=readers))


@prepared
def _waiting_of(household_id: int, *, reach: Actor) -> QuerySet[ProposedChange]:
    rows = proposed_changes(reach).filter(households=household_id, outcome=ChangeOutcome.WAITING)
    return rows.order_by("pk")


@memoised(ProposedChange)
def _any_waits() -> bool:
    return ProposedChange.objects.filter(outcome=ChangeOutcome.WAITING).exists()


def _pending(row: ProposedChange) -> Pending:
    return Pending(row.pk, row.title, row.document_no, timezone.localdate(row.proposed_at))


def waiting_change(actor: Actor, kind: str, subject_id: int) -> ProposedChange | None:
    """The latest proposal about a subject that waits or was agreed to."""
    rows = proposed_changes(actor).filter(kind=kind, subject_id=subject_id)
    return rows.filter(outcome__in=(ChangeOutcome.WAITING, ChangeOutcome.AGREED)).first()


def change_rows(actor: Actor, change: ProposedChange) -> ResultSet[ChangeRow]:
    """Each changed field, before and after. Of ID numbers and accounts those who may not see them see the last four digits."""
    parts = frozenset[Part]().union(*(PARTS.get(role, frozenset()) for role in actor.roles))
    hidden = {kind for kind, part in _SEALED.items() if part not in parts}
    name = "field" if language() == "zh" else "field_en"
    rows = [
        ChangeRow(
            word["household_no"],
            word[name],
            _masked(word["old"]) if word["kind"] in hidden else word["old"],
            _masked(word["new"]) if word["kind"] in hidden else word["new"],
        )
        for word in json.loads(change.words or "[]")
    ]
    return ResultSet(rows, {"household": ("household_no", "field"), "field": ("field", "household_no")})


def households_of(change: ProposedChange) -> list[Household]:
    """The known households that a proposal in reach is about."""
    return list(change.households.select_related("head").order_by("household_no"))


def decided_alone(actor: Actor) -> QuerySet[Event]:
    """Changes of what money hangs on that no second person agreed to: there must be none. For whoever audits the county."""
    rows = Event.objects.filter(Q(kind__in=MONEY_EVENTS) | Q(kind="household.changed", data__money=True))
    if not any(grant.role in CHANGE_READERS and "" in grant.area_paths for grant in actor.grants):
        inside = Q(pk__in=())
        for grant in actor.grants:
            if grant.role in CHANGE_READERS:
                for path in grant.area_paths:
                    inside |= below(path)
        rows = rows.filter(inside)
    return rows.exclude(data__has_key="agreed_by")


_SEALED = {"id_number": Part.IDENTITY, "account": Part.BANK, "phone": Part.CONTACT}


def _masked(value: str) -> str:
    return mask_id_number(value) if len(value) == 18 else f"{'*' * len(value[:-4])}{value[-4:]}"
