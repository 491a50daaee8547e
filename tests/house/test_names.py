"""命名: one term has one meaning; no name of before comes back (`docs/renamed.md`), and a file's name says its subject."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "yixian"
SAME_IN_EVERY_ROOM = {
    "__init__",
    "access",
    "apps",
    "choices",
    "jobs",
    "limits",
    "models",
    "permissions",
    "queries",
    "steps",
    "urls",
}
MOST_OF_ONE_NAME = 2

BANNED = {
    "bod(y|ies)": "organisation",
    "beside": "assigned helpers",
    "chorus|voices": "household count, similar matters",
    "clockwork|edition": "effective procedure, procedure version, document version",
    "desks?": "helpdesk, organisation metrics",
    "doors?": "channel, entry point",
    "happening": "new event",
    "reckon(s|ed|er|ers|ing|ings)?|unreckoned": "calculate",
    "rungs?": "escalation level",
    "sounds?": "voice note, valid",
    "standings?": "one of the seven statuses",
    "stretch(es)?": "period, section, highlight",
    "told": "notified, described, recorded",
    "ticks|ticking|tidy|tidying": "scheduled task, clean up",
    "trying": "what-if",
    "typeset|typesetting": "render PDF",
}
"""Words that no module, class, function, constant or field is named with, and what to say instead."""

BANNED_OF_LIMITS = re.compile(r"_?(MOST|LONGEST|LARGEST|FEWEST|LEAST|SMALLEST)(_.*)?|.*_(LONGEST|AT_MOST)")
"""A limit is MAX or MIN."""

MEANT = {
    ("api/schemas.py", "beside"),  # keys of the API are a contract
    ("api/schemas.py", "body"),
    ("api/schemas.py", "body_name"),
    ("domain/mail/mail_parser.py", "_Body"),  # of an e-mail
    ("engines/pairing/county.py", "body"),  # a column of the engine's files
    ("kernel/models/search.py", "body"),  # of a search document
    ("kernel/search/person_names.py", "_body"),
}
"""Names with such a word in its technical sense."""


@cache
def sources() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            found[str(path.relative_to(PACKAGE))] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def defined(tree: ast.Module) -> Iterator[str]:
    """What a module names at its top: classes with their fields and methods, functions, constants."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (part.name for part in node.body if isinstance(part, ast.FunctionDef))
            yield from assigned(node.body)
    yield from assigned(tree.body)


def assigned(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def tops(tree: ast.Module) -> set[str]:
    """The classes, functions and constants of a module."""
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return names | set(assigned(tree.body))


def words(name: str) -> set[str]:
    """A name's words: `LimitView` is limit and view."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {part.lower() for part in apart.split("_") if part}


def table(heading: str) -> list[list[str]]:
    """The rows of a table of `docs/renamed.md`, below a heading."""
    text = (ROOT / "docs" / "renamed.md").read_text(encoding="utf-8")
    part = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if "`" in line
    ]
    assert rows
    return rows


def test_a_file_says_its_subject() -> None:
    counted = Counter(Path(path).stem for path in sources())
    same = {name: n for name, n in counted.items() if n > MOST_OF_ONE_NAME}
    assert {name for name in same if name not in SAME_IN_EVERY_ROOM} == set()


@pytest.mark.parametrize("banned", sorted(BANNED))
def test_a_private_word_does_not_come_back(banned: str) -> None:
    pattern = re.compile(banned)
    found = {
        (path, name)
        for path, tree in sources().items()
        for name in (*defined(tree), Path(path).stem)
        if any(pattern.fullmatch(word) for word in words(name))
    }
    assert found - MEANT == set(), f"say {BANNED[banned]}"


def test_limits_are_max_and_min() -> None:
    found = {(path, name) for path, tree in sources().items() for name in tops(tree)}
    assert {(path, name) for path, name in found if BANNED_OF_LIMITS.fullmatch(name)} == set()


def moved() -> dict[str, str]:
    """Old modules and where they are now, without ``yixian.``."""
    found = {}
    for row in table("Modules"):
        old, new = (cell.strip("`") for cell in row)
        found[old] = new if "." in new else f"{old.rpartition('.')[0]}.{new}".lstrip(".")
    return found


def file_of(module: str) -> str:
    """The path of a module below the package; "" if there is none."""
    path = module.replace(".", "/")
    return next((one for one in (f"{path}.py", f"{path}/__init__.py") if one in sources()), "")


def test_no_module_of_before_comes_back() -> None:
    assert [old for old in moved() if file_of(old)] == []


def test_no_class_or_function_of_before_comes_back() -> None:
    where, found = moved(), []
    for module, pairs in table("Classes, functions and constants"):
        old = module.strip("`")
        parent = next((one for one in sorted(where, key=len, reverse=True) if old.startswith(f"{one}.")), "")
        now = where.get(old) or (where[parent] + old[len(parent) :] if parent else old)
        known = tops(sources()[file_of(now)]) if file_of(now) else set()
        names = dict(re.findall(r"`(\w+)` → `(\w+)`", pairs))
        found += [f"{now}.{name}" for name in names if name in known and name not in names.values()]
    assert found == []


def glossary() -> list[list[str]]:
    """The rows of the glossary: 中文, English, identifiers, meaning."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][
        1:
    ]


@cache
def known() -> set[str]:
    """Everything that the package names: modules, classes with their parts, functions with their parameters, constants."""
    names: set[str] = set()
    for path, tree in sources().items():
        names |= {Path(path).stem, *Path(path).parts}
        for node in ast.walk(tree):
            match node:
                case ast.ClassDef() | ast.FunctionDef():
                    names.add(node.name)
                case ast.arg():
                    names.add(node.arg)
                case ast.Name(ctx=ast.Store()):
                    names.add(node.id)
                case ast.Attribute(ctx=ast.Store()):
                    names.add(node.attr)
    return names


def test_the_glossary_has_each_term_once() -> None:
    for column in (0, 1):
        counted = Counter(row[column] for row in glossary())
        assert [term for term, n in counted.items() if n > 1] == []


def test_the_glossary_names_what_is_there() -> None:
    missing = [
        (row[0], name)
        for row in glossary()
        for name in re.findall(r"`([\w./]+)`", row[2])
        if "." not in name.rpartition("/")[2] or not (ROOT / "src/yixian" / name).exists()
        for part in re.split(r"[./]", name)
        if part not in known() | {"py", "yaml", "duty", "indicators", "hardship_topup"}
    ]
    assert missing == []


def test_a_class_stands_for_one_term() -> None:
    counted = Counter(
        name for row in glossary() for name in re.findall(r"`([A-Z][\w]*)`", row[2]) if name in classes()
    )
    assert {name for name, n in counted.items() if n > 1} <= TWO_TERMS


TWO_TERMS = {"Stationing"}
"""Classes that the work has two words for."""


@cache
def classes() -> set[str]:
    return {
        node.name for tree in sources().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }
