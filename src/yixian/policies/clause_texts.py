"""条款检索文字: what a clause can be found by — its words, its document's, and the things it sets a price for."""

from __future__ import annotations

import functools

from yixian.domain.policy import Document, Pack
from yixian.policies.queries import read_pack

CLAUSES = "policy_clause"
"""The kind under which clauses are searched."""

_APART = " 0 "
"""Between the parts, so that no phrase runs from one into the next."""


def clause_texts(pack_version_id: int) -> dict[tuple[str, str], str]:
    """The text of every clause of a kept pack, by document and clause id."""
    return _texts(read_pack(pack_version_id))


def own_texts(pack_version_id: int) -> dict[tuple[str, str], str]:
    """The same without what all clauses of a document share: its title, number and issuer."""
    return _own_texts(read_pack(pack_version_id))


@functools.lru_cache(maxsize=64)
def _texts(pack: Pack) -> dict[tuple[str, str], str]:
    return {
        place: _APART.join((text, *_shared_parts(pack.documents[place[0]])))
        for place, text in _own_texts(pack).items()
    }


@functools.lru_cache(maxsize=64)
def _own_texts(pack: Pack) -> dict[tuple[str, str], str]:
    return {
        (document.id, clause_id): _APART.join(_own_parts(pack, document, clause_id))
        for document in pack.documents.values()
        for clause_id in document.clauses
    }


def _shared_parts(document: Document) -> tuple[str, ...]:
    return document.title_zh, document.title_en, document.number, document.issuer


def _own_parts(pack: Pack, document: Document, clause_id: str) -> list[str]:
    clause = document.clauses[clause_id]
    priced = {
        price.item_code: None
        for price in pack.prices
        if (price.document, price.clause) == (document.id, clause_id)
    }
    rules = [rule for rule in pack.rules if (rule.document, rule.clause) == (document.id, clause_id)]
    return [
        *(clause.zh, clause.en, clause.plain_zh, clause.plain_en),
        *(name for code in priced for name in (pack.items[code].name("zh"), pack.items[code].name("en"))),
        *(title for rule in rules for title in (rule.title_zh, rule.title_en)),
        *(
            name
            for thing in pack.vocabulary.things
            if priced.keys() & pack.items_called(thing)
            for name in thing.names
        ),
    ]
