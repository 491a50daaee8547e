"""诉求开头: the first words of what was said, for lists. What was said stands sealed: only the rows shown are opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from yixian.kernel.actors import Actor
from yixian.kernel.prepared import one_of, prepared
from yixian.matters.access import ReportingLine, projection_scope, reporting_line_of
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.models import MatterText

FIRST = 40
"""So many characters of what was said stand in a list."""


def with_first_words(
    rows: Iterable[MatterRow], *, actor: Actor, at: datetime, line: ReportingLine | None = None
) -> list[MatterRow]:
    """The rows of one window, each with how it begins, as far as the actor may see the matter. ``line`` as of
    `projection_scope`.
    """
    found = list(rows)
    words = _first_words([row.number for row in found], actor, at, line) if found else {}
    return [replace(row, words=words.get(row.number, "")) for row in found]


def _first_words(
    numbers: list[str], actor: Actor, at: datetime, line: ReportingLine | None
) -> Mapping[str, str]:
    line = reporting_line_of(actor, at=at) if line is None else line
    said = _said(numbers, at, actor=actor, line=line)
    return {number: _begun(" ".join(words.split())) for number, words in said}


@prepared
def _said(
    numbers: Collection[str], at: datetime, *, actor: Actor, line: ReportingLine
) -> QuerySet[MatterText, tuple[str, str]]:
    reach = projection_scope(actor, at=at, line=line).filter(one_of("number", numbers))
    return MatterText.objects.filter(matter__in=reach.values("pk")).values_list("matter__number", "words")


def _begun(words: str) -> str:
    return words if len(words) <= FIRST else f"{words[: FIRST - 1]}…"
