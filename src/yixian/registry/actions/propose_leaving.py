"""拟登记减员: propose that a member has left a household — died, married away, moved; it holds when a second person agrees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.actions.propose_change import ChangedField, Proposal, propose_change
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.actions.transfer_member import current_members
from yixian.registry.change_steps import CHANGE_PROPOSERS
from yixian.registry.choices import ChangeKind, LeftAs, Relation
from yixian.registry.models import Household, HouseholdMember, ProposedChange
from yixian.registry.second_person import Document, Overtaken, TwoPersons, overtaken_where_refused


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who left (person ids), why, the first day on which they do not belong to the household, and the head after the head."""

    person_id: int
    left_as: LeftAs
    on: date
    new_head_id: int | None = None


@transaction.atomic
def propose_leaving(
    household_id: int, leaving: Leaving, document: Document, *, actor: Actor, at: datetime
) -> ProposedChange:
    """Propose that a member of a household in reach has left it.

    Raises `NotFound` for whoever is no member, `Invalid` for a day that lies ahead or before they came, or without a new head
    where the head leaves; `Refused` for the last member; and what `propose_change` raises.
    """
    require(actor, CHANGE_PROPOSERS)
    household = get_household(actor, household_id)
    members = _members(household)
    _check(members, leaving, today=timezone.localdate(at))
    row, head = members[leaving.person_id], members.get(leaving.new_head_id or 0)
    number = household.household_no
    words = [
        _word(number, f"{row.person.name} 离户", f"{row.person.name} left", "", _day_and_reason(leaving)),
    ]
    if head is not None:
        words.append(_word(number, "户主", "Head of household", row.person.name, head.person.name))
    content = {
        "person_id": leaving.person_id,
        "left_as": leaving.left_as,
        "on": leaving.on.isoformat(),
        "new_head_id": leaving.new_head_id,
        "was": row.relation,
    }
    proposal = Proposal(ChangeKind.LEAVING, row.person.name, content, words, [household])
    return propose_change(proposal, document, actor=actor, at=at)


def apply_leaving(change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """End the membership as agreed; a new head takes the head's place. Raises `Overtaken` where it stands otherwise."""
    household = Household.objects.select_for_update().get(proposed_changes=change)
    leaving, row, head = _checked(change, household, at)
    row.valid_until = leaving.on
    row.save(update_fields=["valid_until"])
    if head is not None:
        _make_head(household, head, leaving.on)
    data = {
        "who": row.person.name,
        "left_as": leaving.left_as,
        "on": leaving.on.isoformat(),
        "reason": change.reason,
        **({"new_head": head.person.name} if head is not None else {}),
        **by.as_data(),
    }
    reindex_households([household.pk])
    record(Entry("member.left", "household", household.pk, household.area_path, data), actor=actor, at=at)


def check_leaving(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` as `apply_leaving` does."""
    _checked(change, change.households.get(), at)


def _checked(
    change: ProposedChange, household: Household, at: datetime
) -> tuple[Leaving, HouseholdMember, HouseholdMember | None]:
    """What was proposed, who leaves, and who is the head after the head."""
    content = json.loads(change.content)
    leaving = Leaving(
        content["person_id"],
        LeftAs(content["left_as"]),
        date.fromisoformat(content["on"]),
        content["new_head_id"],
    )
    members = _members(household)
    with overtaken_where_refused():
        _check(members, leaving, today=timezone.localdate(at))
    row = members[leaving.person_id]
    if row.relation != content["was"]:
        raise Overtaken(_("Their place in the household is another one by now."))
    return leaving, row, members.get(leaving.new_head_id or 0)


def _members(household: Household) -> dict[int, HouseholdMember]:
    return {row.person_id: row for row in current_members(household).select_related("person")}


def _check(members: dict[int, HouseholdMember], leaving: Leaving, *, today: date) -> None:
    row = members.get(leaving.person_id)
    if row is None:
        raise NotFound("member.not_found", gettext_lazy("The household has no such member."))
    if leaving.on > today:
        raise Invalid("leaving.future", gettext_lazy("The day lies ahead."), field="on")
    if leaving.on <= row.valid_from:
        raise Invalid(
            "leaving.early", gettext_lazy("They came to the household later than this day."), field="on"
        )
    if len(members) == 1:
        raise Refused(
            "leaving.last", gettext_lazy("Nobody would be left: join the household to another one instead.")
        )
    is_head, new = row.relation == Relation.HEAD, leaving.new_head_id
    if is_head and (new is None or new == leaving.person_id or new not in members):
        raise Invalid(
            "leaving.head", gettext_lazy("Choose who is the head of the household now."), field="new_head_id"
        )
    if not is_head and new is not None:
        raise Invalid(
            "leaving.not_head", gettext_lazy("The head stays: leave this empty."), field="new_head_id"
        )


def _make_head(household: Household, row: HouseholdMember, on: date) -> None:
    """The member counts as before, and is the head from a day on."""
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    HouseholdMember.objects.create(
        household=household,
        person=row.person,
        relation=Relation.HEAD,
        register_type=row.register_type,
        present_at_cutoff=row.present_at_cutoff,
        eligibility=row.eligibility,
        eligibility_note=row.eligibility_note,
        valid_from=on,
    )
    household.head = row.person
    household.save(update_fields=["head"])


def _day_and_reason(leaving: Leaving) -> str:
    return f"{leaving.on.isoformat()} · {LeftAs(leaving.left_as).label}"


def _word(number: str, field: str, field_en: str, old: str, new: str) -> ChangedField:
    return {
        "household_no": number,
        "field": field,
        "field_en": field_en,
        "old": old,
        "new": new,
        "kind": "",
    }
