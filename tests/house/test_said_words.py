"""两边的说法: what the glossary says is not said stands in no translation, and everybody is addressed as 您."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from yixian.config.translations import catalogues

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
FAMILIAR = re.compile("你(?!们|单位)")


def said() -> Iterator[tuple[str, str]]:
    """Every Chinese sentence of the product with its message id."""
    for path in catalogues():
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                words = message.string if isinstance(message.string, str) else " ".join(message.string)
                if message.id and words:
                    yield str(message.id), words


def not_said() -> list[str]:
    """The last column of the glossary's second table."""
    part = GLOSSARY.read_text(encoding="utf-8").split("## What each side says")[1]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if "|" in line
    ]
    return [word for row in rows[2:] for word in re.split("[、；]", row[3]) if word]


def test_the_list_is_read() -> None:
    assert {"带走", "基尼"} <= set(not_said())


@pytest.mark.parametrize("word", not_said())
def test_what_is_not_said_is_said_nowhere(word: str) -> None:
    assert [(source, words) for source, words in said() if word in words] == []


def test_everybody_is_addressed_as_nin() -> None:
    assert [(source, words) for source, words in said() if FAMILIAR.search(words)] == []
