"""并户: all members of one household join another, and the first one ends.

This moves people only; see `yixian.inventory.actions.merge_households_and_items`, which moves what it owns as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.registry.access import get_household
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.actions.transfer_member import current_members, transfer_member
from yixian.registry.choices import HouseholdEnd, Relation
from yixian.registry.models import Household, HouseholdCard, HouseholdMember
from yixian.registry.second_person import TwoPersons


def merge_households(
    leaving_id: int,
    staying_id: int,
    relations: Mapping[int, str],
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> tuple[Household, Household]:
    """Move every member of the leaving household into the staying one and end the first. Call it in a transaction.

    ``relations`` maps the id of *every* leaving member to their relation to the staying head; nobody becomes a second
    head. Returns (leaving, staying). Raises `Refused` or `Invalid`.
    """
    leaving, staying = get_household(actor, leaving_id), get_household(actor, staying_id)
    rows = list(current_members(leaving).select_related("person"))
    check_merger(leaving, staying, relations, rows, on)
    before = len(rows) + current_members(staying).count()
    for row in rows:
        transfer_member(row, staying, relations[row.person_id], on)
    leaving.valid_until, leaving.ended_as = on, HouseholdEnd.MERGED
    leaving.save(update_fields=["valid_until", "ended_as"])
    HouseholdCard.objects.filter(household=leaving, revoked_at=None).update(revoked_at=at)
    after = current_members(staying).count()
    if before != after:
        raise Refused(
            "merge.persons",
            _("The number of people before and after the merger differs. Nothing was changed."),
            before=before,
            after=after,
        )
    for kind, one, other in (
        ("household.merged_into", leaving, staying),
        ("household.merged_from", staying, leaving),
    ):
        data = {"household_no": other.household_no, "members": len(rows), "reason": reason, **by.as_data()}
        record(Entry(kind, "household", one.pk, one.area_path, data), actor=actor, at=at)
    reindex_households([leaving.pk, staying.pk])
    return leaving, staying


def check_merger(
    leaving: Household,
    staying: Household,
    relations: Mapping[int, str],
    rows: list[HouseholdMember],
    on: date,
) -> None:
    """Raise `Refused` or `Invalid` where the merger cannot be."""
    if leaving.pk == staying.pk:
        raise Invalid("merge.same", _("A household cannot join itself."), field="household_no")
    if leaving.valid_until is not None or staying.valid_until is not None:
        raise Refused("merge.ended", _("One of the households has ended."))
    if set(relations) != {row.person_id for row in rows}:
        raise Invalid(
            "merge.members",
            _("Say for every member what they become in the other household."),
            field="members",
        )
    if Relation.HEAD in relations.values():
        raise Refused("merge.head", _("The other household has a head already."))
    if on < max(leaving.valid_from, staying.valid_from):
        raise Invalid("merge.date", _("The day lies before one household's own beginning."), field="on")
