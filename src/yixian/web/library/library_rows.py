"""文库的行: documents, clauses and answers in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yixian.domain.policy.highlighting import Highlight, marked
from yixian.domain.policy.legal_status import Force, LegalStatus
from yixian.kernel.languages import language
from yixian.policies.answers import AnswerCitation, AnswerView
from yixian.policies.clause_search import Hit
from yixian.policies.library import Shelved, ShelvedClause
from yixian.web.library.entry_points import EntryPoint
from yixian.web.library.price_list import PriceRow, price_row

_TAGS = {
    LegalStatus.IN_FORCE: "tag-good",
    LegalStatus.DRAFT: "tag-warn",
    LegalStatus.LATER: "tag-river",
    LegalStatus.ENDED: "",
}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document on a page. ``status_text`` says in a sentence what it is on the day; ``tag`` is the class of that in a word."""

    title: str
    number: str
    issuer: str
    status: str
    state: str
    tag: str
    status_text: str
    address: str
    decided_on: date | None
    source: str
    source_lang: str

    @property
    def is_draft(self) -> bool:
        """Whether it promises nothing."""
        return self.status == LegalStatus.DRAFT


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause on a page: plain words first, its own words under them, both in stretches with what was looked for marked."""

    row_id: int
    clause_id: str
    document: DocumentRow
    plain: list[Highlight]
    text: list[Highlight]
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


def document_row(shelved: Shelved, entry_point: EntryPoint, on: date) -> DocumentRow:
    """A document as it stands on a day."""
    document, lang = shelved.document, language()
    source_lang = "zh-Hans" if lang == "zh" and document.source_zh else "en"
    return DocumentRow(
        title=document.title(lang),
        number=document.number,
        issuer=document.issuer,
        status=shelved.force.status,
        state=_state(shelved.force),
        tag=_TAGS[shelved.force.status],
        status_text=_status_text(shelved.force),
        address=entry_point.document(*shelved.key, on=on),
        decided_on=document.decided_on,
        source=document.source_zh if source_lang == "zh-Hans" else document.source,
        source_lang=source_lang,
    )


def clause_row(
    clause: ShelvedClause, entry_point: EntryPoint, on: date, pieces: Iterable[str] = ()
) -> ClauseRow:
    """A clause, with the pieces marked that were looked for."""
    lang, pieces = language(), list(pieces)
    return ClauseRow(
        row_id=clause.row_id,
        clause_id=clause.clause.id,
        document=document_row(clause.shelved, entry_point, on),
        plain=marked(clause.clause.plain(lang), pieces) if clause.clause.plain(lang) else [],
        text=marked(clause.clause.text(lang), pieces),
        address=entry_point.document(*clause.shelved.key, clause=clause.clause.id, on=on),
        prices=[],
    )


def hit_row(hit: Hit, entry_point: EntryPoint, on: date) -> ClauseRow:
    """A clause that was found, with the prices under it."""
    row = clause_row(hit.clause, entry_point, on, hit.pieces)
    row.prices.extend(price_row(price, hit.clause.shelved.pack, language()) for price in hit.prices)
    return row


def answer_row(view: AnswerView, entry_point: EntryPoint, on: date) -> AnswerRow:
    """An answer with what it rests on, as that stands today."""
    lang = language()
    return AnswerRow(
        view=view,
        asked=view.asked(lang),
        asked_lang="en" if lang == "en" and view.asked_en else "zh-Hans",
        words=view.words(lang),
        words_lang="en" if lang == "en" and view.words_en else "zh-Hans",
        address=entry_point.address("answer", view.question_id),
        cited=[_cited_row(cited, entry_point, on) for cited in view.cited],
        draft=document_row(view.draft, entry_point, on) if view.draft else None,
        now_decided=view.draft is not None and view.draft.force.binds,
    )


def _cited_row(cited: AnswerCitation, entry_point: EntryPoint, on: date) -> CitedRow:
    lang = language()
    return CitedRow(
        document=document_row(cited.shelved, entry_point, on),
        title=cited.document.title(lang),
        number=cited.document.number,
        clause_id=cited.clause.id,
        text=cited.clause.text(lang),
        version=cited.version,
        address=entry_point.document(*cited.shelved.key, clause=cited.clause.id),
        ended_on=cited.ended_on and cited.ended_on - timedelta(days=1),
        reworded=cited.reworded,
    )


def _state(force: Force) -> str:
    return {
        LegalStatus.IN_FORCE: pgettext("a document", "In force"),
        LegalStatus.DRAFT: _("Draft: not decided"),
        LegalStatus.LATER: _("Not in force yet"),
        LegalStatus.ENDED: _("No longer in force"),
    }[force.status]


def _status_text(force: Force) -> str:
    """The interval in a sentence, its last day named as people name it."""
    if force.status == LegalStatus.DRAFT:
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
