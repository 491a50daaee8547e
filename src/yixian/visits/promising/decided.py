"""已定事项: what is decided for one household on one day, as the promise check asks for it, and the clauses to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

from yixian.compensation.models import Statement, StatementLine
from yixian.domain.money import in_yuan
from yixian.domain.policy import Document, Pack
from yixian.domain.policy.legal_status import LegalStatus
from yixian.kernel.languages import language
from yixian.policies.clause_search import clauses_mentioning
from yixian.policies.library import documents_on, superseding
from yixian.policies.queries import pack_in_force
from yixian.registry.models import Household
from yixian.visits.promising.check import ClauseFacts

_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """A clause that a promise can rest on: the key a form sends, its document's title, and what it says in plain words."""

    key: str
    title: str
    words: str


class DecidedFacts:
    """What is decided at a place on a day; one for each visit that is recorded, so that the pack is looked up once."""

    def __init__(self, area_path: str, on: date) -> None:
        self.on = on
        self._area_path = area_path

    @cached_property
    def pack(self) -> Pack | None:
        """The pack in force there."""
        found = pack_in_force(self._area_path, self.on)
        return found[1] if found else None

    def choices(self) -> list[ClauseChoice]:
        """Every clause in force, in the order of its document."""
        return [
            _choice(document, clause_id) for document in self._binding() for clause_id in document.clauses
        ]

    def about(self, text: str) -> list[ClauseChoice]:
        """The clauses in force here that hold words of a text, the most telling first; made up is nothing."""
        if self.pack is None:
            return []
        binding = {document.id: document for document in self._binding()}
        hits = clauses_mentioning(text, self.on).decided
        return [
            _choice(binding[hit.clause.shelved.document.id], hit.clause.clause.id)
            for hit in hits
            if hit.clause.shelved.document_version.pack_id == self.pack.id
            and hit.clause.shelved.document.id in binding
        ]

    def drafts_about(self, text: str) -> list[str]:
        """The titles of drafts that hold words of a text: spoken of, and not decided."""
        hits = clauses_mentioning(text, self.on).drafts
        return list(dict.fromkeys(hit.clause.shelved.document.title(language()) for hit in hits))

    def cited(self, key: str, household: Household) -> ClauseFacts | None:
        """The clause that a form's key names, as it stands for a household; None for a key that names none."""
        document_id, _between, clause_id = key.partition(_BETWEEN)
        document = self.pack.documents.get(document_id) if self.pack else None
        if self.pack is not None and document is not None and clause_id in document.clauses:
            return self._facts(self.pack, document, clause_id, household)
        return self._elsewhere(document_id, clause_id)

    def _binding(self) -> list[Document]:
        if self.pack is None or self.pack.is_draft:
            return []
        return [document for document in self.pack.documents.values() if document.in_force(self.on)]

    def _facts(self, pack: Pack, document: Document, clause_id: str, household: Household) -> ClauseFacts:
        clause = document.clauses[clause_id]
        lines = list(_lines(household, document.id, clause_id))
        return ClauseFacts(
            document=document.id,
            clause=clause_id,
            title=document.title(language()),
            words=f"{clause.zh} {clause.plain_zh} {clause.en} {clause.plain_en}",
            status=self._status(document),
            money=frozenset(
                [
                    *_decided_here(pack, document.id, clause_id, household.zone, self.on),
                    *(in_yuan(line.amount_fen) for line in lines),
                ]
            ),
            quantities=frozenset(filter(None, (_number(line.trace.get("quantity")) for line in lines))),
            instead=self._instead(pack, document),
        )

    def _status(self, document: Document) -> LegalStatus:
        if not document.is_decided or (self.pack is not None and self.pack.is_draft):
            return LegalStatus.DRAFT
        if document.in_force(self.on):
            return LegalStatus.IN_FORCE
        return LegalStatus.LATER if self.on < document.valid_from else LegalStatus.ENDED

    def _instead(self, pack: Pack, document: Document) -> str:
        """The title of the document that took a document's place and is in force; "" if there is none."""
        seen = {document.id}
        while document.superseded_by and document.superseded_by not in seen:
            document = pack.documents[document.superseded_by]
            seen.add(document.id)
            if document.in_force(self.on):
                return document.title(language())
        return ""

    def _elsewhere(self, document_id: str, clause_id: str) -> ClauseFacts | None:
        """A clause of the library that the pack in force here does not hold: a draft, an earlier one, another place's."""
        for row in documents_on(self.on):
            if row.document.id == document_id and clause_id in row.document.clauses:
                after = [
                    one.document.title(language()) for one in superseding(row, self.on) if one.force.binds
                ]
                status = LegalStatus.DRAFT if row.force.status == LegalStatus.DRAFT else LegalStatus.ENDED
                title = row.document.title(language())
                return ClauseFacts(document_id, clause_id, title, "", status, instead=next(iter(after), ""))
        return None


def account_total(household: Household) -> Decimal | None:
    """The household's account in yuan, as it stands; None while it has none."""
    row = Statement.objects.filter(household=household, is_current=True).values_list("total_fen", flat=True)
    fen = row.first()
    return None if fen is None else in_yuan(fen)


def clause_key(document: str, clause: str) -> str:
    """What a form sends for a clause."""
    return f"{document}{_BETWEEN}{clause}"


def clause_as_cited(pack: Pack, document: str, clause: str) -> ClauseChoice | None:
    """A clause in the words of the very pack version that it was cited from; None if it does not hold it."""
    found = pack.documents.get(document)
    return _choice(found, clause) if found and clause in found.clauses else None


def _choice(document: Document, clause_id: str) -> ClauseChoice:
    clause, lang = document.clauses[clause_id], language()
    words = (clause.plain_zh or clause.zh) if lang == "zh" else (clause.plain_en or clause.en)
    return ClauseChoice(clause_key(document.id, clause_id), document.title(lang), words)


def _decided_here(pack: Pack, document: str, clause: str, zone: str, on: date) -> Iterator[Decimal]:
    """The prices and factors that a clause decides for a day, in the household's zone."""
    for price in pack.prices_on(on):
        if (price.document, price.clause) == (document, clause) and price.zone in {"", zone}:
            yield price.amount
    for factor in pack.factors:
        if (factor.document, factor.clause) == (document, clause) and factor.period.holds(on):
            yield factor.value


def _lines(household: Household, document: str, clause: str) -> Iterator[StatementLine]:
    yield from StatementLine.objects.filter(
        statement__household=household, statement__is_current=True, document=document, clause=clause
    )


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
