"""埋下的缺陷: faults that a tired colleague could write, as data (`tests/planted/*.toml`), and what is wrong with the data.

Mutation testing with mutants chosen by hand: each defect replaces one passage of one file, and names the tests that must
find it. `scripts/planted.py` plants them one after another.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gate.commands import ROOT

FOLDER = ROOT / "tests" / "planted"
KINDS = ("security", "money", "pages")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect. ``what`` says what would go wrong for whom; ``find`` stands in ``file`` exactly once; ``tests`` are
    paths or node ids of pytest, as narrow as sensible, that run on SQLite.
    """

    kind: str
    id: str
    what: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]

    def planted_in(self, text: str) -> str:
        """The file's text with the defect in it. Raises ValueError unless its passage stands there exactly once."""
        count = text.count(self.find)
        if count != 1:
            raise ValueError(f"{self.id}: its passage stands {count} times in {self.file}, not once")
        return text.replace(self.find, self.replace)


def defects(folder: Path = FOLDER) -> list[Defect]:
    """All defects, kind by kind, in the order in which they are written down."""
    return [
        Defect(kind, **(entry | {"tests": tuple(entry["tests"])}))
        for kind in KINDS
        for entry in tomllib.loads((folder / f"{kind}.toml").read_text(encoding="utf-8"))["defect"]
    ]


def faults_of(defect: Defect) -> Iterator[str]:
    """What is wrong with a defect, so that it would prove nothing."""
    if not _ID.fullmatch(defect.id):
        yield "its id is not in small letters with hyphens"
    if not defect.what.endswith("."):
        yield "what it does is not said in a sentence"
    path = ROOT / defect.file
    if not path.is_file():
        yield f"{defect.file} is not there"
        return
    text = path.read_text(encoding="utf-8")
    try:
        planted = defect.planted_in(text)
    except ValueError as error:
        yield str(error)
        return
    if planted == text:
        yield "it changes nothing"
    if path.suffix == ".py" and not _parses(planted):
        yield "the file does not parse with it"
    if not defect.tests:
        yield "it names no test"
    for test in defect.tests:
        if not _exists(test):
            yield f"{test} is not there"


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _exists(test: str) -> bool:
    """Whether a path of tests is there, and the function that a node id names, whatever its parameters."""
    name, _, function = test.partition("::")
    path = ROOT / name
    if not function:
        return path.exists()
    wanted = function.partition("[")[0]
    return path.is_file() and any(
        isinstance(node, ast.FunctionDef) and node.name == wanted
        for node in ast.parse(path.read_text(encoding="utf-8")).body
    )
