"""查询码: the short code with which somebody comes back to a question. Only its keyed digest is kept."""

from __future__ import annotations

import secrets
import unicodedata

from yixian.kernel.crypto import keyring

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for one another: 0 and O, 1 and I and L, U and V."""

LENGTH = 8


def new_once() -> str:
    """A random word for one form: the code follows from it, so that a form sent twice is one question."""
    return secrets.token_hex(16)


def code_of(once: str) -> str:
    """The code of the question that a form with this word hands in."""
    number = int(keyring().digest(once, purpose="policy_question.once"), 16)
    letters = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


def code_digest(code: str) -> str:
    """The keyed digest of a code, however it was typed: blanks, dashes, small and full-width letters."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return keyring().digest("".join(filter(str.isalnum, plain)), purpose="policy_question.code")
