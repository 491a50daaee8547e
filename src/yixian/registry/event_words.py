"""事件用语: how each kind of event about a household is told. Kinds of other rooms are listed here too, by name only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.languages import language
from yixian.registry.choices import Eligibility, LeftAs

_SEALED = "···"
"""What stands in a change for a value that is sealed (`workbook.differences`)."""

TITLES = {
    "household.imported": gettext_lazy("Entered in the register from a workbook"),
    "household.changed": gettext_lazy("Changed by a workbook"),
    "household.changed.by_hand": gettext_lazy("An entry was put right"),
    "household.split_from": gettext_lazy("A new household was divided from this one"),
    "household.split_to": gettext_lazy("Came about by division of a household"),
    "household.merged_into": gettext_lazy("Merged into another household"),
    "household.merged_from": gettext_lazy("Another household was merged into this one"),
    "card.issued": gettext_lazy("A household card was issued"),
    "card.opened": gettext_lazy("The household's own page was opened with its card"),
    "card.revoked": gettext_lazy("The household card was revoked"),
    "statement.issued": gettext_lazy("An account was issued"),
    "statement.withheld": gettext_lazy("The account was withheld"),
    "statement.proposed": gettext_lazy("A new account was calculated; it waits for a decision"),
    "case.applied": gettext_lazy("By a decision the new account was put in force"),
    "case.kept": gettext_lazy("By a decision the account in force stays"),
    "agreement.drawn_up": gettext_lazy("An agreement was drawn up"),
    "agreement.signed_household": gettext_lazy("The household signed the agreement"),
    "agreement.signed_bureau": gettext_lazy("The bureau signed the agreement"),
    "agreement.signed_attesting": gettext_lazy("The agreement was attested"),
    "agreement.withdrawn": gettext_lazy("The agreement was withdrawn before anybody signed"),
    "agreement.void_proposed": gettext_lazy("Somebody proposed that the agreement be void"),
    "agreement.void": gettext_lazy("The agreement was declared void"),
    "agreement.superseded": gettext_lazy("The agreement ended, because a new account was decided on"),
    "account.corrected": gettext_lazy("The account was recalculated as a correction"),
    "facts.recorded": gettext_lazy("What the policy asks was entered"),
    "pairing.began": gettext_lazy("A helper was assigned"),
    "pairing.ended": gettext_lazy("A helper's assignment ended"),
    "pairing.resumed": gettext_lazy("A helper stays: the leaving was called off"),
    "helper.chosen": gettext_lazy("A helper was chosen, because nobody stood beside the household"),
    "request.asked": gettext_lazy("The household asked for another helper"),
    "request.withdrawn": gettext_lazy("The request for another helper was taken back"),
    "handover.step": gettext_lazy("A step of a hand-over was taken"),
    "recusal.declared": gettext_lazy("A helper was recused from the household"),
    "visit.recorded": gettext_lazy("A visit was recorded"),
    "visit.corrected": gettext_lazy("What was recorded about a visit was corrected"),
    "visit.reminded": gettext_lazy("A cadre was reminded of a visit that was late"),
    "visit.confirmed": gettext_lazy("The household confirmed what was recorded about a visit"),
    "visit.unconfirmed": gettext_lazy("What was recorded about a visit was not confirmed"),
    "visit.objected": gettext_lazy("The household said that something about a visit was not so"),
    "explanation.requested": gettext_lazy("Somebody was asked to come and read the account"),
    "explanation.request_withdrawn": gettext_lazy("Nobody need come to read the account"),
    "explanation.recorded": gettext_lazy("The account was explained to the household, line by line"),
    "explanation.confirmed": gettext_lazy("The household confirmed that its account was explained"),
    "explanation.unconfirmed": gettext_lazy("The explanation of the account was not confirmed"),
    "explanation.asked": gettext_lazy("The household asked about its account"),
    "explanation.objected": gettext_lazy("The household said that an explanation was not so"),
    "meeting.reached": gettext_lazy("The household was told what a policy meeting had explained"),
    "meeting.objected": gettext_lazy("The household said that a policy meeting was otherwise"),
    "promise.made": gettext_lazy("A promise was made to the household"),
    "promise.kept_helper": gettext_lazy("A promise was kept, say those who made it"),
    "promise.broken_helper": gettext_lazy("A promise was not kept, say those who made it"),
    "promise.withdrawn_helper": gettext_lazy(
        "A promise was taken back; the household agreed, say those who made it"
    ),
    "promise.overtaken_helper": gettext_lazy("A promise is no longer needed, say those who made it"),
    "promise.kept_household": gettext_lazy("A promise was kept, says the household"),
    "promise.broken_household": gettext_lazy("A promise was not kept, says the household"),
    "items.corrected": gettext_lazy("A line of the survey was corrected"),
    "items.added": gettext_lazy("Something that the survey left out was added"),
    "members.corrected": gettext_lazy("How a member counts was corrected"),
    "member.left": gettext_lazy("A member left the household"),
    "items.moved": gettext_lazy("Inventory items passed to or from another household"),
}


def title(kind: str, data: Mapping[str, Any] | None = None) -> str:
    """The kind of event in words; the kind itself if it has none yet. ``data`` tells a workbook from a page."""
    by_hand = kind == "household.changed" and data is not None and "batch" not in data
    return str(TITLES.get(f"{kind}.by_hand" if by_hand else kind, kind))


def details(kind: str, data: dict[str, Any], names: Mapping[str, str] | None = None) -> list[str]:
    """What the event says, as short sentences. ``names``: what lines, codes of items and numbers of persons stand for."""
    names = names or {}
    told = [_fact(name, value) for name, value in data.items() if name in _FACTS and value not in {0, ""}]
    told += [_("added: %s") % _named(line, names) for line in data.get("lines", [])]
    if kind in CHANGING:
        told += [_change(change, names) for change in data.get("changes", [])]
    return told


CHANGING = frozenset({"household.changed", "facts.recorded", "items.corrected", "members.corrected"})
"""Events that say of each field from what to what it changed."""


_FIELDS = {
    "quantity": gettext_lazy("quantity"),
    "item_code": gettext_lazy("item"),
    "place": gettext_lazy("location"),
    "eligibility": gettext_lazy("how they count"),
}
"""What fields of corrected rows are called; the name of a field ends what a change says of it."""


def _change(change: Mapping[str, str], names: Mapping[str, str]) -> str:
    """From what to what: the item or person by name, the field in words, quantities without zeros at their end."""
    before, _blank, name = change["field"].rpartition(" ")
    row = change.get("row") or before
    if language() == "en" and "field_en" in change:
        name = change["field_en"]
    field = " ".join(filter(None, (_named(row, names), str(_FIELDS.get(name, name)))))
    if change["old"] == change["new"] == _SEALED:
        return _("%(field)s: changed; what it was and is stands sealed in the register, not here") % {
            "field": field
        }
    values = {part: _value(name, change[part], names) for part in ("old", "new")}
    return _("%(field)s: “%(old)s” → “%(new)s”") % {"field": field, **values}


def _named(row: str, names: Mapping[str, str]) -> str:
    """A line or person by name, the number after it; the number alone where nothing is known by it."""
    return _("%(name)s (%(number)s)") % {"name": names[row], "number": row} if row in names else row


def _value(name: str, value: str, names: Mapping[str, str]) -> str:
    if name == "eligibility" and value in Eligibility.values:
        return str(Eligibility(value).label)
    return names.get(value, value) if name == "item_code" else _plain(value)


def _plain(value: str) -> str:
    whole, point, decimals = value.partition(".")
    is_number = whole.isdigit() and decimals.isdigit()
    return f"{whole}{point}{decimals}".rstrip("0").rstrip(".") if is_number and point else value


_FACTS = {
    "batch": gettext_lazy("import batch %s"),
    "members": gettext_lazy("members: %s"),
    "items": gettext_lazy("inventory items: %s"),
    "household_no": gettext_lazy("household %s"),
    "agreement": gettext_lazy("agreement %s"),
    "version": gettext_lazy("version %s"),
    "total": gettext_lazy("total %s yuan"),
    "reason": gettext_lazy("reason: %s"),
    "document": gettext_lazy("document: %s"),
    "helper": gettext_lazy("helper: %s"),
    "who": gettext_lazy("who: %s"),
    "left_as": gettext_lazy("why they left: %s"),
    "new_head": gettext_lazy("new head: %s"),
    "promises": gettext_lazy("promises: %s"),
    "questions": gettext_lazy("questions: %s"),
    "photos": gettext_lazy("photographs: %s"),
    "due_on": gettext_lazy("due on %s"),
}


def _fact(name: str, value: object) -> str:
    said = LeftAs(value).label if name == "left_as" and value in LeftAs.values else value
    return str(_FACTS[name]) % said
