"""引用的检验: what is decided rests on a clause that exists, and for no longer than its document is in force."""

from __future__ import annotations

from typing import TypeVar

from yixian.domain.policy import Document, DutyRules, Factor, Pack, Price, Rule
from yixian.engines.entitlements.located import Faults, Placed

T = TypeVar("T")


def check_citation(
    pack: Pack, citing: Price | Factor | Rule | DutyRules, row: Placed[T], faults: Faults
) -> None:
    """Note what is wrong with the document and clause that a price, factor, rule or duty names."""
    document = cited_document(pack, citing.document, citing.clause, row, faults)
    if document and not citing.period.is_empty and not document.period.covers(citing.period):
        faults.add(row.at("from"), "citation.dates", document=document.id)


def cited_document(
    pack: Pack, document_id: str, clause: str, row: Placed[T], faults: Faults
) -> Document | None:
    """The document that something rests on, having noted what is wrong with its citation; None where there is none."""
    document = pack.documents.get(document_id)
    if document is None:
        faults.add(row.at("document"), "citation.document", document=document_id)
        return None
    if not document.is_decided and not pack.is_draft:
        faults.add(row.at("document"), "citation.draft", document=document.id)
    if clause not in document.clauses:
        faults.add(row.at("clause"), "citation.clause", document=document.id, clause=clause)
    return document
