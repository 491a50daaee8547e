"""说法: the sentence of a refusal in the reader's language."""

from __future__ import annotations

from yixian.kernel.errors import YixianError


def error_message(error: YixianError) -> str:
    """The error's sentence in the language of the request."""
    return error.sentence
