"""承诺检查: what is decided may be promised, as decided and no further; what is not decided may not be promised at all.

A pure function: what is decided is handed in. It never changes a word of what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yixian.domain.policy.legal_status import LegalStatus
from yixian.visits.promising.policy_words import PolicyWords, plain
from yixian.visits.promising.stated_amounts import AmountKind, StatedAmount, amounts_in


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """A clause as it stands for one household on one day.

    ``money`` holds the yuan that it gives: its prices, its factors, and what the household's account has under it;
    ``quantities`` what was measured in those lines. ``instead`` is the document in force in its place, if there is one.
    """

    document: str
    clause: str
    title: str
    words: str
    status: LegalStatus | None
    money: frozenset[Decimal] = frozenset()
    quantities: frozenset[Decimal] = frozenset()
    instead: str = ""


class Why(StrEnum):
    """Why a promise is stopped."""

    DRAFT = "draft"
    NOT_IN_FORCE = "not_in_force"
    UNKNOWN = "unknown_clause"
    UNCITED = "needs_clause"
    AMOUNT = "amount"
    VAGUE = "vague"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Stop:
    """A promise stopped at entry: why, at which of its words, by which clause, and what is decided instead."""

    why: Why
    said: tuple[str, ...] = ()
    document: str = ""
    clause: str = ""
    instead: str = ""
    decided: tuple[Decimal, ...] = ()


_MAX_NAMED = 6


def joined(said: Iterable[str]) -> str:
    """Words of a promise one after the other, each once and in quotes of its own."""
    return "，".join(f"“{word}”" for word in dict.fromkeys(said))


def check_promise(
    text: str, *, by_policy: bool, cited: ClauseFacts | None, total: Decimal | None, words: PolicyWords
) -> Stop | None:
    """Why a promise may not be made as it is written; None if it may.

    ``by_policy``: it is said to rest on a clause, which is ``cited`` (None where it names none that is known there).
    ``total`` is the household's account in yuan, None while there is none.
    """
    if not by_policy:
        said = (*(figure.said for figure in amounts_in(text)), *words.named(text))
        return Stop(Why.UNCITED, said) if said else None
    if cited is None or cited.status is None:
        return Stop(Why.UNKNOWN)
    if cited.status == LegalStatus.DRAFT:
        return Stop(Why.DRAFT, (), cited.title, cited.clause)
    if cited.status != LegalStatus.IN_FORCE:
        return Stop(Why.NOT_IN_FORCE, (), cited.title, cited.clause, cited.instead)
    return _beyond(text, cited, total, words)


def _beyond(text: str, cited: ClauseFacts, total: Decimal | None, words: PolicyWords) -> Stop | None:
    """Whether the promise says more than the clause: another amount, or words of giving that the clause does not hold."""
    wrong = [figure for figure in amounts_in(text) if not _is_decided(figure, cited, total)]
    if wrong:
        decided = tuple(sorted(cited.money))[:_MAX_NAMED]
        why = Why.VAGUE if all(figure.value is None for figure in wrong) else Why.AMOUNT
        return Stop(why, tuple(figure.said for figure in wrong), cited.title, cited.clause, "", decided)
    own = plain(cited.words)
    beyond = tuple(word for word in words.given(text) if word not in own)
    return Stop(Why.BEYOND, beyond, cited.title, cited.clause) if beyond else None


def _is_decided(figure: StatedAmount, cited: ClauseFacts, total: Decimal | None) -> bool:
    if figure.value is None:
        return False
    if figure.kind == AmountKind.MONEY:
        return figure.value in cited.money or figure.value == total
    held = {
        other.value
        for other in amounts_in(cited.words)
        if other.kind == figure.kind and other.value is not None
    }
    return figure.value in held or (figure.kind == AmountKind.AREA and figure.value in cited.quantities)
