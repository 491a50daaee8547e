"""所填: what stands in the form, as text; it travels with every post and is kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from yixian.domain.text import typed_number
from yixian.engines.entitlements import Pack

MAX_ROWS = 200
"""Rows that one form may have."""

_MAX_LENGTH = 40
_MAX_CODE_LENGTH = 120
_OTHER_FIELDS = 100


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """One thing: its item's code, its facts as text, and the survey's line number where it is the household's own."""

    item_code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    line_id: str = ""

    def is_blank(self, pack: Pack) -> bool:
        """Whether nothing was entered in it at all; a surveyed thing is never blank, only faulty."""
        needed = [name for name, declared in pack.item_inputs.items() if not declared.default]
        return not self.line_id and not any(self.facts.get(name) for name in needed)


@dataclass(frozen=True, slots=True)
class Entered:
    """The whole form. ``gone`` are the rows taken away last, each with its place, so that they can come back."""

    zone: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[EnteredRow, ...] = ()
    gone: tuple[tuple[int, EnteredRow], ...] = ()

    def add(self, row: EnteredRow, most: int) -> Entered:
        """With one more row at the end, unless there are enough."""
        return replace(self, rows=(*self.rows, row)) if len(self.rows) < most else self

    def remove(self, position: int) -> Entered:
        """Without one row, which can be brought back."""
        if not 0 <= position < len(self.rows):
            return self
        rows = (*self.rows[:position], *self.rows[position + 1 :])
        return replace(self, rows=rows, gone=((position, self.rows[position]),))

    def undo(self, most: int) -> Entered:
        """With the rows that were taken away last, where they stood."""
        rows = list(self.rows)
        for position, row in self.gone[: most - len(rows)]:
            rows.insert(position, row)
        return replace(self, rows=tuple(rows), gone=())

    def clear(self) -> Entered:
        """Nothing entered, and the rows can be brought back."""
        return Entered(gone=tuple(enumerate(self.rows)))


def most_rows(pack: Pack) -> int:
    """How many rows a form for this pack may have, so that a post keeps within what the server reads."""
    of_a_row = 2 + len(pack.item_inputs)
    return min(MAX_ROWS, ((settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 1000) - _OTHER_FIELDS) // of_a_row)


def read(post: Mapping[str, Any], pack: Pack) -> Entered:
    """What a form for this pack was filled with; what does not belong to one is left out."""
    count = plain_number(post.get("rows"))
    rows = tuple(_row(post, position, pack) for position in range(min(count, most_rows(pack))))
    return Entered(
        zone=_text(post.get("zone")),
        facts={name: typed_number(_text(post.get(f"home-{name}"))) for name in pack.household_inputs},
        rows=tuple(row for row in rows if row.item_code),
        gone=_gone(str(post.get("gone", "")), pack),
    )


def removed_message(gone: Iterable[tuple[int, EnteredRow]]) -> str:
    """The rows taken away, as the form carries them."""
    rows = [[position, row.item_code, row.line_id, dict(row.facts)] for position, row in gone]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def plain_number(value: Any) -> int:
    """A short whole number; 0 for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


def _row(post: Mapping[str, Any], position: int, pack: Pack) -> EnteredRow:
    facts = {name: typed_number(_text(post.get(f"row-{position}-{name}"))) for name in pack.item_inputs}
    return EnteredRow(
        item_code=str(post.get(f"row-{position}-item", ""))[:_MAX_CODE_LENGTH],
        facts={name: value for name, value in facts.items() if value},
        line_id=_text(post.get(f"row-{position}-line")),
    )


def _gone(text: str, pack: Pack) -> tuple[tuple[int, EnteredRow], ...]:
    """What `removed_message` told; nothing where the text is not that."""
    try:
        told = json.loads(text) if text else []
        rows = [
            (int(position), EnteredRow(str(code)[:_MAX_CODE_LENGTH], _known(facts, pack), _text(line)))
            for position, code, line, facts in told[:MAX_ROWS]
        ]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ()
    return tuple((position, row) for position, row in rows if 0 <= position < MAX_ROWS)


def _known(facts: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    return {
        str(name): typed_number(_text(value)) for name, value in facts.items() if name in pack.item_inputs
    }


def _text(value: Any) -> str:
    return str(value or "").strip()[:_MAX_LENGTH]
