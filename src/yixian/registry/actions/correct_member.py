"""更正人口界定: put right how a member of a household counts; the old determination ends and stays to be seen."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.change_steps import CHANGE_APPLIERS
from yixian.registry.choices import Eligibility
from yixian.registry.models import HouseholdMember
from yixian.registry.second_person import TwoPersons

_MAX_NOTE_LENGTH = 120


@transaction.atomic
def correct_eligibility(
    household_id: int,
    person_no: str,
    eligibility: str,
    note: str,
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> HouseholdMember:
    """Let a member count otherwise from a day on, as two persons have agreed.

    Raises `NotFound`, `Invalid`, or `Refused` where nothing would change.
    """
    require(actor, CHANGE_APPLIERS)
    household = get_household(actor, household_id)
    if eligibility not in Eligibility.values:
        raise Invalid("member.eligibility", _("Choose how they count."), field="eligibility")
    rows = HouseholdMember.objects.select_for_update(of=("self",)).select_related("person")
    old = rows.filter(household=household, valid_until=None, person__person_no=person_no).first()
    if old is None:
        raise NotFound("member.not_found", _("The household has no such member."))
    if old.eligibility == eligibility:
        raise Refused("member.same", _("They count so already."))
    HouseholdMember.objects.filter(pk=old.pk).update(valid_until=on)
    new = HouseholdMember.objects.create(
        household=household,
        person=old.person,
        relation=old.relation,
        register_type=old.register_type,
        present_at_cutoff=old.present_at_cutoff,
        eligibility=eligibility,
        eligibility_note=note.strip()[:_MAX_NOTE_LENGTH],
        valid_from=on,
    )
    change = {"field": f"{person_no} eligibility", "old": old.eligibility, "new": eligibility}
    data = {"changes": [change], "reason": reason, **by.as_data()}
    record(
        Entry("members.corrected", "household", household.pk, household.area_path, data), actor=actor, at=at
    )
    return new
