"""带位置的文本: YAML and CSV read as plain strings that remember where they stood, so that every fault can be named.

YAML is composed, never constructed: ``35.50`` stays "35.50", ``010`` stays "010", ``12:30`` stays "12:30", and a key that
stands twice is a fault instead of a silent loss.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from yixian.domain.lookalikes import lookalikes_in, meant_characters
from yixian.domain.policy import PackProblem
from yixian.domain.text_files import TextFileError, csv_rows, decoded
from yixian.engines.entitlements.pack_fault_texts import Value, fault_text

_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
"""Controls, format characters such as the zero-width ones, halves of characters: nobody sees them, no comparison finds them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line and column count from 1; in a CSV file the column is the cell's number."""

    file: str
    line: int
    column: int


@dataclass(slots=True)
class Located:
    """A value from a file: text, a list or a mapping, with its place."""

    place: Place
    text: str = ""
    items: list[Located] = field(default_factory=list)
    entries: dict[str, Located] = field(default_factory=dict)
    kind: str = "text"


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something read from a file, with its own place and that of each of its parts."""

    value: T
    place: Place
    parts: Mapping[str, Located]

    def at(self, key: str) -> Place:
        """Where one part stands, or the whole if it is absent."""
        found = self.parts.get(key)
        return found.place if found is not None else self.place

    def within(self, key: str, name: str) -> Place:
        """Where one member of a part stands: an element of its list, or the value of a name in it."""
        part = self.parts.get(key)
        if part is None:
            return self.place
        members = [
            *(item for item in part.items if item.text == name),
            *filter(None, [part.entries.get(name)]),
        ]
        return members[0].place if members else part.place


class Faults:
    """Collects the problems of a pack."""

    def __init__(self) -> None:
        self.problems: list[PackProblem] = []

    def add(self, place: Place, key: str, **values: Value) -> None:
        """One more problem; ``values`` fill the blanks of its sentence in `fault_words`."""
        self.problems.append(problem_at(place, key, values))

    def note(self, file: str, error: TextFileError) -> None:
        """A file that cannot be read from a line on."""
        self.problems.append(PackProblem(file, error.line, 1, error.key, error.en, error.zh))


def problem_at(place: Place, key: str, values: Mapping[str, Value]) -> PackProblem:
    """A problem at a place, in both languages."""
    zh, en = (fault_text(key, values, lang) for lang in ("zh", "en"))
    return PackProblem(place.file, place.line, place.column, key, en, zh)


def read_source(path: Path, name: str, faults: Faults) -> str:
    """The text of a pack's file with plain line ends; "" if it is no text, with the fault noted under its ``name``."""
    try:
        return decoded(path.read_bytes(), is_table=name.endswith(".csv")).replace("\r\n", "\n")
    except TextFileError as error:
        faults.note(name, error)
        return ""


def note_lookalikes(name: str, text: str, faults: Faults) -> None:
    """Note each radical in place of a character, where it stands."""
    for found in lookalikes_in(text):
        character = found.group()
        faults.add(
            _place_at(name, text, found.start()),
            "pack.radical",
            text=character,
            code=f"U+{ord(character):04X}",
            meant=meant_characters(character),
        )


def note_hidden(name: str, text: str, faults: Faults) -> None:
    """Note each hidden character, where it stands: a name or a code with one in it is not the one that it looks like."""
    for number, line in enumerate(text.split("\n"), start=1):
        for column in _hidden_in(line):
            _note_hidden(Place(name, number, column), line[column - 1], faults)


def _place_at(file: str, text: str, position: int) -> Place:
    return Place(file, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


def _hidden_in(text: str) -> list[int]:
    """At which of its characters, counted from 1, a text has a hidden one; line breaks and tabs are none."""
    if text.isprintable():
        return []
    return [
        at
        for at, character in enumerate(text, start=1)
        if character not in "\n\t" and unicodedata.category(character) in _HIDDEN
    ]


def _note_hidden(place: Place, character: str, faults: Faults) -> None:
    faults.add(place, "pack.hidden", code=f"U+{ord(character):04X}")


def read_yaml(file: str, text: str, faults: Faults) -> Located:
    """A YAML file as located strings; on a syntax error an empty mapping, with the fault noted.

    A file is taken apart once in a process: of a pack that was changed, mostly one file is another. Nobody may change what
    is given back.
    """
    found, problems = _composed(file, text)
    faults.problems.extend(problems)
    return found


@lru_cache(maxsize=64)
def _composed(file: str, text: str) -> tuple[Located, tuple[PackProblem, ...]]:
    faults = Faults()
    found = _read(file, text, faults)
    return found, tuple(faults.problems)


def _read(file: str, text: str, faults: Faults) -> Located:
    nothing = Located(Place(file, 0, 0), kind="mapping")
    try:
        node = YAML(typ="base").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else nothing.place
        faults.add(place, "yaml.syntax", problem=error.problem)
        return nothing
    except ReaderError as error:  # a character that YAML does not take at all
        _note_hidden(_place_at(file, text, error.position), text[error.position], faults)
        return nothing
    except RecursionError:
        faults.add(Place(file, 1, 1), "yaml.depth")
        return nothing
    return nothing if node is None else _located(file, node, faults)


def read_csv(file: str, text: str, columns: tuple[str, ...], faults: Faults) -> Iterator[dict[str, Located]]:
    """The rows of a CSV file whose header must be exactly ``columns``; faulty rows are noted and left out."""
    rows = csv_rows(text)
    try:
        _line, header = next(rows, (1, []))
        if tuple(header) != columns:
            faults.add(Place(file, 1, 1), "csv.header", columns=",".join(columns))
            return
        yield from _placed_rows(file, rows, columns, faults)
    except TextFileError as error:
        faults.note(file, error)


def _placed_rows(
    file: str, rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], faults: Faults
) -> Iterator[dict[str, Located]]:
    for line, row in rows:
        if len(row) != len(columns):
            faults.add(Place(file, line, 1), "csv.cells", found=len(row), wanted=len(columns))
            continue
        yield {
            name: Located(Place(file, line, index + 1), cell.strip())
            for index, (name, cell) in enumerate(zip(columns, row, strict=True))
        }


def _located(file: str, node: Node, faults: Faults) -> Located:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if node.anchor:
        faults.add(place, "yaml.anchor")
        return Located(place)
    if node.start_mark.buffer.startswith("!", node.start_mark.pointer):
        faults.add(place, "yaml.tag")
        return Located(place)
    if isinstance(node, ScalarNode):
        inside = place.column + 1 if node.style in {"'", '"'} else place.column
        text = str(node.value)
        for at in _hidden_in(text) if node.style == '"' else ():
            _note_hidden(
                place, text[at - 1], faults
            )  # written with a backslash: "D:\\bureau" has a backspace in it
        return Located(Place(file, place.line, inside), text=text)
    if isinstance(node, SequenceNode):
        return Located(place, items=[_located(file, item, faults) for item in node.value], kind="list")
    entries: dict[str, Located] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in entries:
            mark = key_node.start_mark
            faults.add(Place(file, mark.line + 1, mark.column + 1), "yaml.duplicate_key", name=key)
        entries[key] = _located(file, value_node, faults)
    return Located(place, entries=entries, kind="mapping")
