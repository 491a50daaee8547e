"""文库的行: documents, clauses and answers in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yixian.domain.policy.marked import Stretch, marked
from yixian.domain.policy.standing import Force, Standing
from yixian.kernel.languages import language
from yixian.policies.answers import AnswerView, Cited
from yixian.policies.finding import Hit
from yixian.policies.library import Shelved, ShelvedClause
from yixian.web.library.price_list import PriceRow, price_row
from yixian.web.library.room import Door

_TAGS = {
    Standing.IN_FORCE: "tag-good",
    Standing.DRAFT: "tag-warn",
    Standing.LATER: "tag-river",
    Standing.ENDED: "",
}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document on a page. ``told`` says in a sentence what it is on the day; ``tag`` is the class of that in a word."""

    title: str
    number: str
    issuer: str
    standing: str
    state: str
    tag: str
    told: str
    address: str
    decided_on: date | None
    source: str
    source_lang: str

    @property
    def is_draft(self) -> bool:
        """Whether it promises nothing."""
        return self.standing == Standing.DRAFT


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause on a page: plain words first, its own words under them, both in stretches with what was looked for marked."""

    row_id: int
    clause_id: str
    document: DocumentRow
    plain: list[Stretch]
    text: list[Stretch]
    address: str
    prices: list[PriceRow]


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A clause that an answer rests on. ``ended_on`` is its last day, if it has had it."""

    document: DocumentRow
    title: str
    number: str
    clause_id: str
    text: str
    version: str
    address: str
    ended_on: date | None
    reworded: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer on a page. ``now_decided`` says that the draft it names has been decided since."""

    view: AnswerView
    asked: str
    asked_lang: str
    words: str
    words_lang: str
    address: str
    cited: list[CitedRow]
    draft: DocumentRow | None
    now_decided: bool


def document_row(shelved: Shelved, door: Door, on: date) -> DocumentRow:
    """A document as it stands on a day."""
    document, lang = shelved.document, language()
    source_lang = "zh-Hans" if lang == "zh" and document.source_zh else "en"
    return DocumentRow(
        title=document.title(lang),
        number=document.number,
        issuer=document.issuer,
        standing=shelved.force.standing,
        state=_state(shelved.force),
        tag=_TAGS[shelved.force.standing],
        told=_told(shelved.force),
        address=door.document(*shelved.key, on=on),
        decided_on=document.decided_on,
        source=document.source_zh if source_lang == "zh-Hans" else document.source,
        source_lang=source_lang,
    )


def clause_row(clause: ShelvedClause, door: Door, on: date, pieces: Iterable[str] = ()) -> ClauseRow:
    """A clause, with the pieces marked that were looked for."""
    lang, pieces = language(), list(pieces)
    return ClauseRow(
        row_id=clause.row_id,
        clause_id=clause.clause.id,
        document=document_row(clause.shelved, door, on),
        plain=marked(clause.clause.plain(lang), pieces) if clause.clause.plain(lang) else [],
        text=marked(clause.clause.text(lang), pieces),
        address=door.document(*clause.shelved.key, clause=clause.clause.id, on=on),
        prices=[],
    )


def hit_row(hit: Hit, door: Door, on: date) -> ClauseRow:
    """A clause that was found, with the prices under it."""
    row = clause_row(hit.clause, door, on, hit.pieces)
    row.prices.extend(price_row(price, hit.clause.shelved.pack, language()) for price in hit.prices)
    return row


def answer_row(view: AnswerView, door: Door, on: date) -> AnswerRow:
    """An answer with what it rests on, as that stands today."""
    lang = language()
    return AnswerRow(
        view=view,
        asked=view.asked(lang),
        asked_lang="en" if lang == "en" and view.asked_en else "zh-Hans",
        words=view.words(lang),
        words_lang="en" if lang == "en" and view.words_en else "zh-Hans",
        address=door.address("answer", view.question_id),
        cited=[_cited_row(cited, door, on) for cited in view.cited],
        draft=document_row(view.draft, door, on) if view.draft else None,
        now_decided=view.draft is not None and view.draft.force.binds,
    )


def _cited_row(cited: Cited, door: Door, on: date) -> CitedRow:
    lang = language()
    return CitedRow(
        document=document_row(cited.shelved, door, on),
        title=cited.document.title(lang),
        number=cited.document.number,
        clause_id=cited.clause.id,
        text=cited.clause.text(lang),
        version=cited.version,
        address=door.document(*cited.shelved.key, clause=cited.clause.id),
        ended_on=cited.ended_on and cited.ended_on - timedelta(days=1),
        reworded=cited.reworded,
    )


def _state(force: Force) -> str:
    return {
        Standing.IN_FORCE: pgettext("a document", "In force"),
        Standing.DRAFT: _("Draft: not decided"),
        Standing.LATER: _("Not in force yet"),
        Standing.ENDED: _("No longer in force"),
    }[force.standing]


def _told(force: Force) -> str:
    """The interval in a sentence, its last day named as people name it."""
    if force.standing == Standing.DRAFT:
        return _("Not decided; it promises nothing.")
    if force.begin is None:
        return _("Never in force here: its own days and its adoption do not meet.")
    begin = date_format(force.begin)
    if force.end is None:
        return _("From %(begin)s on") % {"begin": begin}
    return _("From %(begin)s until %(last)s") % {
        "begin": begin,
        "last": date_format(force.end - timedelta(days=1)),
    }
