"""答复提问: what the library says to a question in somebody's own words: a price, a clause, “not decided”, or nothing.

What is *decided* is only said where the question's subject or thing is known (`domain.policy.vocabulary`) and something in
force answers it, or where one clause holds every word of it. Clauses that merely hold some of its words are *mentions*:
they are shown as such and never as an answer, like prices of what may have been meant. “Not decided” is somebody's dated
statement or a draft; “nobody has said” is what is said of a known subject that no document answers.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from yixian.domain.policy import Pack, Price
from yixian.domain.policy.question_patterns import Asked, Span, overlaps
from yixian.domain.policy.question_words import holds_all
from yixian.domain.policy.vocabulary import (
    Cited,
    NotDecided,
    Subject,
    SubjectRule,
    common_subjects,
    read_question,
)
from yixian.policies.clause_search import Mentions, clauses_mentioning
from yixian.policies.library import Shelved, ShelvedClause, clauses_of, documents_on
from yixian.policies.queries import pack_in_force
from yixian.policies.question_topics import (
    NamedThing,
    asks_for_price,
    asks_something_else,
    says_more,
    subjects_in,
    things_in,
)

MAX_RELATED = 3
"""Clauses that only touch a question; more would bury what is said about it."""


class Verdict(enum.StrEnum):
    """What is said to one thing that a question asks."""

    PRICED = "priced"
    DECIDED = "decided"
    NOT_DECIDED = "not_decided"
    DEALT_WITH = "dealt_with"
    UNSAID = "unsaid"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Part:
    """One subject or thing of a question, and what is said to it. ``page`` is where it is dealt with, "" for nowhere."""

    title_zh: str
    title_en: str
    verdict: Verdict
    clauses: tuple[ShelvedClause, ...] = ()
    prices: tuple[tuple[Pack, Price], ...] = ()
    not_decided: NotDecided | None = None
    drafts: tuple[Shelved, ...] = ()
    related: tuple[ShelvedClause, ...] = ()
    page: str = ""

    def title(self, lang: str) -> str:
        """What it is, in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question: to each of its parts, and which clauses only hold some of its words."""

    parts: tuple[Part, ...]
    mentions: Mentions

    @property
    def is_decided(self) -> bool:
        """Whether anything in force answers any of it."""
        return any(part.verdict in {Verdict.PRICED, Verdict.DECIDED} for part in self.parts)

    @property
    def is_settled(self) -> bool:
        """Whether every part of it has an answer, a page, or a statement; nothing is left for the desk to say first."""
        return bool(self.parts) and all(
            part.verdict not in {Verdict.UNSAID, Verdict.UNCLEAR} for part in self.parts
        )


def reply_to(question: str, on: date) -> Reply:
    """What the library says to a question on a day."""
    shelf = _Shelf(documents_on(on), on)
    asked = read_question(question)
    mentions = clauses_mentioning(question, on)
    named = things_in(asked, shelf.packs)
    parts, taken = _subject_parts(asked, shelf, named)
    free = [thing for thing in named if not any(overlaps(thing.span, span) for span in taken)]
    left = list({thing.items: thing for thing in reversed(free)}.values())[::-1]
    if left and asks_for_price(asked, taken, alone=not parts):
        unforeseen = not parts and all(thing.general for thing in left) and says_more(asked, named)
        parts += [(_unclear if thing.general and unforeseen else _priced)(thing, shelf, on) for thing in left]
    elif left and not parts:
        parts += [_unclear(thing, shelf, on) for thing in left]
    if not parts:
        parts = _word_for_word(question, mentions, elsewhere=asks_something_else(asked))
    return Reply(tuple(parts), mentions)


def parts_on(subject_ids: Iterable[str], area_path: str, on: date) -> list[Part]:
    """What is said to common subjects by the pack in force at an area on a day. Raises LookupError for an unknown one."""
    subjects = [common_subjects()[name] for name in subject_ids]
    found = pack_in_force(area_path, on)
    pack = found[1] if found else None
    shelf = _Shelf(documents_on(on) if pack else [], on)
    rules = {rule.subject.id: rule for rule in pack.vocabulary.rules} if pack else {}
    return [_said(subject, pack, rules.get(subject.id), shelf) for subject in subjects]


@dataclass(frozen=True)
class _Shelf:
    """The library of a day, ready to be cited from."""

    shelved: Sequence[Shelved]
    on: date

    @property
    def packs(self) -> list[Pack]:
        """The packs that hold any document in force, in the order of the shelf, each once."""
        return list(dict.fromkeys(row.pack for row in self.shelved if row.force.binds))

    @cached_property
    def _in_force(self) -> list[ShelvedClause]:
        """Every clause that binds on the day."""
        return list(clauses_of(row for row in self.shelved if row.force.binds).values())

    def clauses(self, pack: Pack, cited: Iterable[Cited]) -> tuple[ShelvedClause, ...]:
        """Of these clauses of a pack, those in force."""
        there = {
            (row.shelved.document.id, row.clause.id): row
            for row in self._in_force
            if row.shelved.pack == pack
        }
        places = [(row.document, row.clause) for row in cited]
        return tuple(there[place] for place in places if place in there)


def _subject_parts(asked: Asked, shelf: _Shelf, named: list[NamedThing]) -> tuple[list[Part], list[Span]]:
    """What is said to the subjects of a question, and where its words for them stand."""
    rules = {
        rule.subject.id: (pack, rule) for pack in reversed(shelf.packs) for rule in pack.vocabulary.rules
    }
    known = {name: rule.subject for name, (_pack, rule) in rules.items()}
    found = subjects_in(asked, known, [thing.span for thing in named])
    parts = []
    taken: list[Span] = []
    for subject, match in found:
        pack, rule = rules.get(subject.id, (None, None))
        parts.append(_said(subject, pack, rule, shelf))
        taken += match.spans
    return parts, taken


def _said(subject: Subject, pack: Pack | None, rule: SubjectRule | None, shelf: _Shelf) -> Part:
    answers = shelf.clauses(pack, rule.answers) if pack and rule else ()
    related = shelf.clauses(pack, rule.related) if pack and rule else ()
    not_decided = rule.not_decided if rule else None
    if answers:
        verdict = Verdict.DECIDED
    elif not_decided:
        verdict = Verdict.NOT_DECIDED
    else:
        verdict = Verdict.DEALT_WITH if subject.page else Verdict.UNSAID
    return Part(
        subject.title_zh,
        subject.title_en,
        verdict,
        answers,
        not_decided=not_decided,
        related=related,
        page=subject.page,
    )


def _priced(thing: NamedThing, shelf: _Shelf, on: date) -> Part:
    """The prices of a thing; a thing without any in force is unsaid, which the price list itself shows."""
    prices = [(thing.pack, price) for price in thing.pack.prices_on(on) if price.item_code in thing.items]
    cited = dict.fromkeys(Cited(price.document, price.clause) for _pack, price in prices)
    return Part(
        thing.name,
        thing.name,
        Verdict.PRICED if prices else Verdict.UNSAID,
        shelf.clauses(thing.pack, cited),
        tuple(prices),
    )


def _unclear(thing: NamedThing, shelf: _Shelf, on: date) -> Part:
    """A thing of which more or something else was asked than its price: its prices are shown as what may have been meant."""
    priced = _priced(thing, shelf, on)
    return replace(priced, verdict=Verdict.UNCLEAR) if priced.prices else priced


def _word_for_word(question: str, mentions: Mentions, *, elsewhere: bool) -> list[Part]:
    """The clauses that hold every word of the question; a draft that does says that nothing is decided yet.

    A question that asks for a day, a place, a person or a reason (``elsewhere``) has no answer in words that all clauses share.
    """
    decided = [hit.clause for hit in mentions.decided if holds_all(question, hit.pieces) and not elsewhere]
    drafts = [hit.clause.shelved for hit in mentions.drafts if holds_all(question, hit.pieces)]
    title = " ".join(mentions.words)
    if decided:
        return [Part(title, title, Verdict.DECIDED, tuple(decided[:MAX_RELATED]))]
    if drafts:
        return [Part(title, title, Verdict.NOT_DECIDED, drafts=tuple(dict.fromkeys(drafts)))]
    return []
