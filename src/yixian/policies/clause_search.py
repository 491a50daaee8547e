"""检索条款: clauses by words somebody looks for, and by a question in somebody's own words. Nothing is made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yixian.domain.policy import Price
from yixian.domain.policy.legal_status import LegalStatus
from yixian.domain.policy.question_words import (
    WordsFound,
    found_in,
    parts_to_look_for,
    question_words,
    things_in,
    weight,
)
from yixian.domain.text import phrases
from yixian.kernel.search import matching_any_ids, matching_ids
from yixian.policies.clause_texts import CLAUSES, clause_texts, own_texts
from yixian.policies.library import ShelvedClause, clauses_of, documents_on

MAX_ANSWERS = 8
"""Clauses shown in answer to a question; more would be no answer."""

_FEW = 3
"""So few clauses that it says nothing how many of them hold a word."""


_BETWEEN = re.compile(r"[，。、；：！？,;!?]+")
"""What parts one word looked for from the next, besides blanks."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that holds what was looked for: the pieces it holds, and the prices under it whose things they name."""

    clause: ShelvedClause
    pieces: tuple[str, ...]
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Clauses that hold words of a question: those in force, those of drafts; and which of its words stand nowhere."""

    words: tuple[str, ...]
    decided: tuple[Hit, ...]
    drafts: tuple[Hit, ...]
    unfound: tuple[str, ...]

    @property
    def found(self) -> tuple[str, ...]:
        """The pieces that were found, each once, in the order of the question."""
        pieces = {piece: None for hit in (*self.decided, *self.drafts) for piece in hit.pieces}
        return tuple(sorted(pieces, key=lambda piece: " ".join(self.words).find(piece)))


def search_clauses(text: str, on: date) -> list[Hit]:
    """The clauses of the library that hold every word looked for, the best first: by where the words stand, then as shelved."""
    text = _BETWEEN.sub(" ", text)
    clauses = clauses_of(documents_on(on))
    ids = matching_ids(CLAUSES, text)
    pieces = search_pieces(text)
    hits = [
        Hit(clause, pieces, _prices(clause, pieces, on))
        for row_id in ids.filter(object_id__in=list(clauses))
        if (clause := clauses[row_id])
    ]
    place = {row_id: number for number, row_id in enumerate(clauses)}
    return sorted(hits, key=lambda hit: (-_rank(hit), place[hit.clause.row_id]))


def search_pieces(text: str) -> tuple[str, ...]:
    """What is marked in the results of a search: each Han phrase and each Latin word."""
    found: dict[str, None] = {}
    for group in phrases(text):
        han = "".join(token for token in group if not token.isascii())
        found |= dict.fromkeys([token for token in group if token.isascii()] + ([han] if han else []))
    return tuple(found)


def clauses_mentioning(question: str, on: date) -> Mentions:
    """The clauses in force on the day, and those of drafts, that hold words of the question; the most telling first.

    A word of the document's title counts for all its clauses only where no clause of it holds the word itself.
    Words that more than half of the clauses hold tell nothing: a clause that holds no others is left out.
    Of a word that stands nowhere the single characters that name a thing are looked for: 祖坟 finds 坟墓.
    """
    words = question_words(question)
    shelved = [
        row for row in documents_on(on) if row.force.status in {LegalStatus.IN_FORCE, LegalStatus.DRAFT}
    ]
    clauses = clauses_of(shelved)
    found = _holding(words, clauses)
    things = things_in(_unfound(words, found.values()))
    if things:
        found = _holding([*words, *things], clauses)
    counts = Counter(piece for pieces in found.values() for piece in pieces.pieces)
    telling = _telling(found, counts, len(clauses))
    ranked = sorted(telling, key=lambda row: (-weight(found[row].pieces, counts, len(clauses)), row))
    hits = [
        Hit(clauses[row], found[row].pieces, _prices(clauses[row], found[row].pieces, on)) for row in ranked
    ]
    decided = [hit for hit in hits if hit.clause.shelved.force.binds][:MAX_ANSWERS]
    drafts = [hit for hit in hits if not hit.clause.shelved.force.binds][:MAX_ANSWERS]
    unfound = _unfound(words, (WordsFound(hit.pieces) for hit in (*decided, *drafts)))
    return Mentions(tuple(words), tuple(decided), tuple(drafts), tuple(unfound))


def _holding(words: list[str], clauses: dict[int, ShelvedClause]) -> dict[int, WordsFound]:
    """The clauses that hold pieces of the words, with the pieces."""
    ids = matching_any_ids(CLAUSES, parts_to_look_for(words)).filter(object_id__in=list(clauses))
    return {row_id: pieces for row_id in ids if (pieces := _pieces(clauses[row_id], words))}


def _unfound(words: list[str], found: Iterable[WordsFound]) -> list[str]:
    """The words of which no piece was found."""
    held = {piece for pieces in found for piece in pieces.pieces}
    return [word for word in words if not any(piece in word for piece in held)]


def _telling(found: dict[int, WordsFound], counts: Counter[str], of: int) -> list[int]:
    if of <= _FEW:
        return list(found)
    return [row for row, pieces in found.items() if any(counts[piece] * 2 <= of for piece in pieces.pieces)]


def _rank(hit: Hit) -> int:
    """Where the words stand: in the title or the number three, in the plain words two, in the clause one, each for each."""
    document, clause = hit.clause.shelved.document, hit.clause.clause
    places = (
        (3, (document.title_zh, document.title_en, document.number)),
        (2, (clause.plain_zh, clause.plain_en)),
        (1, (clause.zh, clause.en)),
    )
    return sum(
        points
        for piece in hit.pieces
        for points, texts in places
        if any(piece in text.lower() for text in texts)
    )


def _prices(clause: ShelvedClause, pieces: Iterable[str], on: date) -> tuple[Price, ...]:
    """The prices decided for the day under this clause, of things that the pieces name."""
    pack, pieces = clause.shelved.pack, list(pieces)
    return tuple(
        price
        for price in pack.prices_on(on)
        if (price.document, price.clause) == (clause.shelved.document.id, clause.clause.id)
        and found_in(
            pieces, f"{pack.items[price.item_code].name('zh')} {pack.items[price.item_code].name('en')}"
        )
    )


def _pieces(clause: ShelvedClause, words: list[str]) -> WordsFound:
    """What of the words the clause holds, by itself or through its document."""
    document_version = clause.shelved.document_version
    place = document_version.document.id, clause.clause.id
    own = own_texts(document_version.pack_version_id)
    others = [text for (document, _clause), text in own.items() if document == document_version.document.id]
    left = [
        word
        for word in words
        if not found_in([word], own[place]) and any(found_in([word], text) for text in others)
    ]
    return found_in(
        [word for word in words if word not in left], clause_texts(document_version.pack_version_id)[place]
    )
