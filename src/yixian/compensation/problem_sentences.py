"""算不清的原因: why an account is withheld, said in the reader's language, with what to do about it."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack

SENTENCES = {
    "no_price": _("No price is decided for this item on this day. The bureau asks for a decision."),
    "no_rule": _("No rule is decided for this item on this day. The bureau asks for a decision."),
    "unknown_item": _("The policy does not know this item. The survey's code has to be checked."),
    "out_of_range": _(
        "The quantity or another fact of the item is missing, too precise or out of its range. It has to be checked."
    ),
    "missing_fact": _(
        "A fact about the household is missing or out of its range. The register has to be checked."
    ),
    "no_factor": _(
        "A number that the rule needs is not decided for this day. The bureau asks for a decision."
    ),
    "unknown_zone": _(
        "The household's price zone is not one of the policy's. The register has to be checked."
    ),
}
"""A sentence for every reason that the engine gives, by its code."""

_DETAIL = re.compile(r"\(([^()]*)\)$")


def problem_sentence(code: str, message: str, pack: Pack, lang: str) -> str:
    """The reason in words; what the engine named in brackets (items, facts, a zone) is kept, by the pack's names for it."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        return gettext(message)
    detail = _DETAIL.search(message)
    if not detail:
        return str(sentence)
    named = ", ".join(_name(part, pack, lang) for part in detail[1].split(", "))
    return f"{sentence} ({named})"


def _name(code: str, pack: Pack, lang: str) -> str:
    if code in pack.household_inputs:
        return pack.household_inputs[code].title(lang)
    if code in pack.item_inputs:
        return pack.item_inputs[code].title(lang)
    return pack.items[code].name(lang) if code in pack.items else code
