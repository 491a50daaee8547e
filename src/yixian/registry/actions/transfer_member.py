"""成员过户: one person's membership passes from one household to another on a day, as it was determined."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yixian.registry.models import Household, HouseholdMember


def current_members(household: Household) -> QuerySet[HouseholdMember]:
    """The memberships that have not ended."""
    return HouseholdMember.objects.filter(household=household, valid_until=None)


def transfer_member(row: HouseholdMember, to: Household, relation: str, on: date) -> None:
    """End the membership on a day and begin the same one, under a new relation, in another household."""
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    HouseholdMember.objects.create(
        household=to,
        person=row.person,
        relation=relation,
        register_type=row.register_type,
        present_at_cutoff=row.present_at_cutoff,
        eligibility=row.eligibility,
        eligibility_note=row.eligibility_note,
        valid_from=on,
    )
