"""公开文本: texts that everybody may read, and of which the county can have recordings made, each with its words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.kernel.extension_points import Registry
from yixian.policies.answers import public_answer, public_answer_words
from yixian.policies.library import Shelved, document_on, documents_on


@dataclass(frozen=True, slots=True)
class PublicText:
    """公开文本: a text by its key, with its title and the Chinese words that somebody who records it reads."""

    key: str
    title: str
    words: str

    @property
    def sha256(self) -> str:
        """The digest of the words: another one means that the text was changed."""
        return hashlib.sha256(self.words.encode()).hexdigest()


class PageTexts(Protocol):
    """The texts of pages whose words are the product's own."""

    def __call__(self) -> list[PublicText]: ...


PAGE_TEXTS: Registry[PageTexts] = Registry("texts of pages", PageTexts)
"""Who knows the words of pages: the pages lie above this room."""


def public_texts(on: date) -> list[PublicText]:
    """Every text: pages, then documents as they stand on a day, then published answers."""
    pages = [text for provided in PAGE_TEXTS.load_all() for text in provided()]
    documents = [_document_text(row) for row in documents_on(on)]
    return [*pages, *documents, *(_answer_text(*answer) for answer in public_answer_words())]


def public_text(key: str, on: date) -> PublicText:
    """One text by its key. Raises `NotFound`."""
    kind, _colon, rest = key.partition(":")
    if kind == "document":
        pack_id, _slash, document_id = rest.partition("/")
        return _document_text(document_on(pack_id, document_id, on))
    if kind == "answer" and rest.isascii() and rest.isdecimal():
        newest = public_answer(int(rest), on)[0]
        return _answer_text(newest.question_id, newest.asked_zh, newest.words_zh)
    for text in (text for provided in PAGE_TEXTS.load_all() for text in provided()):
        if text.key == key:
            return text
    raise NotFound("text.not_found", _("There is no such text."))


def _document_text(row: Shelved) -> PublicText:
    document = row.document
    clauses = [part for clause in document.clauses.values() for part in (clause.plain_zh, clause.zh) if part]
    return PublicText(
        f"document:{'/'.join(row.key)}", document.title_zh, "\n".join([document.title_zh, *clauses])
    )


def _answer_text(question_id: int, asked_zh: str, words_zh: str) -> PublicText:
    return PublicText(f"answer:{question_id}", asked_zh, f"{asked_zh}\n{words_zh}")
