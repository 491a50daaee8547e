"""自家的说法: what happened to a household, told to the household itself in the words of its village."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from yixian.registry.event_words import details, title

OWN_TITLES = {
    "explanation.requested": gettext_lazy("You asked for somebody to come and read your account to you"),
    "explanation.request_withdrawn": gettext_lazy("You said that nobody need come to read your account"),
    "explanation.recorded": gettext_lazy("Your account was explained to you, line by line"),
    "explanation.confirmed": gettext_lazy("You confirmed that your account was explained to you"),
    "explanation.unconfirmed": gettext_lazy("That your account was explained was not confirmed by you"),
    "explanation.asked": gettext_lazy("You asked something about your account"),
    "explanation.objected": gettext_lazy("You said that what is recorded of the explanation was not so"),
    "meeting.reached": gettext_lazy("You were told what a policy meeting had explained"),
    "meeting.objected": gettext_lazy("You said that a policy meeting was otherwise than recorded"),
    "household.imported": gettext_lazy("Your household was entered in the register"),
    "household.changed": gettext_lazy("What is recorded of you was changed"),
    "household.split_from": gettext_lazy("Part of your family became a household of its own"),
    "household.split_to": gettext_lazy("Your household came about by a division"),
    "household.merged_into": gettext_lazy("Your household joined another one"),
    "household.merged_from": gettext_lazy("Another household joined yours"),
    "card.issued": gettext_lazy("You were given a card"),
    "card.opened": gettext_lazy("Somebody opened your page with your card"),
    "card.revoked": gettext_lazy("Your card stopped working"),
    "statement.issued": gettext_lazy("Your account was calculated"),
    "statement.withheld": gettext_lazy("Your account waits: something cannot be calculated yet"),
    "statement.proposed": gettext_lazy("A new account was calculated for you; somebody has yet to decide"),
    "case.applied": gettext_lazy("It was decided that the new account holds"),
    "case.kept": gettext_lazy("It was decided that your account stays as it was"),
    "agreement.drawn_up": gettext_lazy("An agreement was drawn up for you to sign"),
    "agreement.signed_household": gettext_lazy("You signed the agreement"),
    "agreement.signed_bureau": gettext_lazy("The resettlement bureau signed the agreement"),
    "agreement.signed_attesting": gettext_lazy("The office that attests the agreement signed it"),
    "agreement.withdrawn": gettext_lazy("The agreement was taken back; nobody had signed it yet"),
    "agreement.void_proposed": gettext_lazy("Somebody proposed that the agreement no longer hold"),
    "agreement.void": gettext_lazy("The agreement no longer holds"),
    "agreement.superseded": gettext_lazy("The agreement ended: another account was decided on"),
    "account.corrected": gettext_lazy("Your account was put right and calculated again"),
    "facts.recorded": gettext_lazy("What your account depends on was recorded"),
    "pairing.began": gettext_lazy("Somebody was put beside your household"),
    "pairing.ended": gettext_lazy("Somebody no longer stands beside your household"),
    "pairing.resumed": gettext_lazy("Somebody who was to leave stays beside you"),
    "helper.chosen": gettext_lazy("Somebody was chosen for you, because nobody was there"),
    "request.asked": gettext_lazy("You asked for somebody else"),
    "request.withdrawn": gettext_lazy("You took back that you want somebody else"),
    "handover.step": gettext_lazy("A step of passing on to your new helper was taken"),
    "recusal.declared": gettext_lazy("Somebody must not deal with your household"),
    "visit.recorded": gettext_lazy("Somebody came to you, and it was recorded"),
    "visit.corrected": gettext_lazy("What was recorded about a visit was put right"),
    "visit.reminded": gettext_lazy("Whoever stands beside you was reminded to come"),
    "visit.confirmed": gettext_lazy("You confirmed what was recorded about a visit"),
    "visit.unconfirmed": gettext_lazy("What was recorded about a visit was not confirmed by you"),
    "visit.objected": gettext_lazy("You said that something about a visit was not so"),
    "promise.made": gettext_lazy("You were promised something"),
    "promise.kept_helper": gettext_lazy("Whoever promised it says it was done"),
    "promise.broken_helper": gettext_lazy("Whoever promised it says it was not done"),
    "promise.withdrawn_helper": gettext_lazy("Whoever promised it says you agreed to leave it"),
    "promise.overtaken_helper": gettext_lazy("Whoever promised it says it is no longer needed"),
    "promise.kept_household": gettext_lazy("You said that a promise was kept"),
    "promise.broken_household": gettext_lazy("You said that a promise was not kept"),
    "items.corrected": gettext_lazy("Something of yours was put right in the register"),
    "items.added": gettext_lazy("Something of yours that had been left out was added"),
    "members.corrected": gettext_lazy("How somebody of your family counts was changed"),
    "member.left": gettext_lazy("Somebody is no longer counted in your household"),
    "items.moved": gettext_lazy("Things passed into or out of your household"),
}

_OF_THE_OFFICE = frozenset({"batch", "version", "members", "items", "agreement"})
"""What an event says for those who work with it: numbers of batches and versions."""


def own_title(kind: str, data: dict[str, Any]) -> str:
    """The kind of event as the household would tell it; as staff tell it where it has no words of its own."""
    return str(OWN_TITLES[kind]) if kind in OWN_TITLES else title(kind, data)


def own_details(kind: str, data: dict[str, Any], names: Mapping[str, str] | None = None) -> list[str]:
    """What the event says, without what only staff work with."""
    return details(kind, {name: value for name, value in data.items() if name not in _OF_THE_OFFICE}, names)
