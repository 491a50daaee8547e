"""规则用语: the rules that keep a helper away, as whoever arranges successors may read them.

Why somebody is recused can give a household away: that it complained about an official is told neither that official nor
anybody they report to. Four grounds therefore share one sentence, so that none of them can be told from the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yixian.duty.choices import Rule

_ALIKE = frozenset({Rule.INTEREST, Rule.APPROVAL, Rule.MATTER, Rule.ASKED})


def rule_sentences(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Each rule in words, in the language of the page."""
    return tuple(
        _("They are recused from this household") if rule in _ALIKE else str(rule.label) for rule in rules
    )
