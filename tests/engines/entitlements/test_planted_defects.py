"""Defects planted in sound packs: each is found under its own key, at the very line and column, in both languages."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from yixian.engines.entitlements import PackErrors, load_pack
from yixian.engines.entitlements import pack_fault_texts as words
from yixian.engines.entitlements.examples import check_examples, examples_of
from yixian.engines.entitlements.pack_files import read_pack

ROOT = Path(__file__).parents[3]
PACKS = ROOT / "packs"
SOURCES = ROOT / "src" / "yixian" / "engines" / "entitlements"

DEFECTS = YAML(typ="base").load(Path(__file__).with_name("planted_defects.yaml").read_text(encoding="utf-8"))


def _planted(defect):
    sources = load_pack(PACKS / defect["pack"]).sources
    text, old = sources[defect["file"]], defect["old"]
    assert old in text
    return sources | {defect["file"]: text.replace(old, defect["new"], 1)}


def _pointed_at(sources, problem):
    """The text from the place on, of a YAML line, or the cell of a CSV line."""
    row = sources[problem.file].splitlines()[problem.line - 1]
    if problem.file.endswith(".csv"):
        cells = re.findall(r'"[^"]*"|[^,]+|(?<=,)(?=,)', row)
        return cells[problem.column - 1].strip('"')
    return row[problem.column - 1 :] + "\n"


@pytest.mark.parametrize("defect", DEFECTS["packs"], ids=lambda defect: defect["what"])
def test_a_planted_defect_is_found_at_its_place(defect):
    sources = _planted(defect)
    with pytest.raises(PackErrors) as caught:
        read_pack(sources)
    _found(sources, caught.value.problems, defect)


@pytest.mark.slow
@pytest.mark.parametrize("defect", DEFECTS["examples"], ids=lambda defect: defect["what"])
def test_a_wrong_example_is_found_at_its_number(defect):
    sources = {
        name: text
        for name, text in _planted(defect).items()
        if not name.startswith("tests/") or name == defect["file"]
    }
    try:
        problems = check_examples(read_pack(sources))
    except PackErrors as errors:
        problems = errors.problems
    assert _found(sources, problems, defect).file == defect["file"]


def _found(sources, problems, defect):
    """The first problem with the defect's key, pointing at what it says."""
    found = [problem for problem in problems if problem.key == defect["key"]]
    assert found, problems
    assert all(problem.line > 0 and problem.column > 0 for problem in found)
    assert any(_pointed_at(sources, problem).startswith(defect.get("at", "")) for problem in found), found
    return found[0]


def test_at_least_twenty_five_kinds_are_planted_and_ten_of_them_pointed_at():
    planted = [*DEFECTS["packs"], *DEFECTS["examples"]]
    assert len({defect["key"] for defect in planted}) >= 25
    assert len({defect["key"] for defect in planted if "at" in defect}) >= 10


@pytest.mark.parametrize(
    ("what", "row", "column"),
    [
        ("a name nobody declared", "persons * building\n", len("  formula: persons * ") + 1),
        ("words where a factor's number belongs", ",about 290,", 5),
        ("a thousands mark in a price", '"3,400"', 6),
    ],
)
def test_lines_and_columns_are_those_a_person_counts(what, row, column):
    (defect,) = [defect for defect in DEFECTS["packs"] if defect["what"] == what]
    sources = _planted(defect)
    with pytest.raises(PackErrors) as caught:
        read_pack(sources)
    (problem,) = caught.value.problems
    before = sources[defect["file"]].split(row)[0]
    assert (problem.line, problem.column) == (before.count("\n") + 1, column)


def test_a_draft_pack_may_rest_on_a_draft_and_owes_nothing():
    sources = load_pack(PACKS / "lai-chau-2010").sources
    documents = sources["documents.yaml"].replace("status: decided", "status: draft")
    head = sources["pack.yaml"] + "status: draft\n"
    pack = read_pack(sources | {"pack.yaml": head, "documents.yaml": documents})
    assert pack.is_draft
    assert pack.rules_on(examples_of(pack)[0].on) == [rule for rule in pack.rules if not rule.document]


def _keys_in_the_code():
    """Every key that the source gives to a fault, found in its syntax tree."""
    calls, tuples = [], []
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node.func) in {"add", "problem_at", "FormulaError"}:
                calls += node.args
            if isinstance(node, ast.Tuple):
                tuples += node.elts
            if isinstance(node, ast.Dict):
                tuples += node.values
    named = [text for node in calls for text in _texts(node) if _KEY.fullmatch(text)]
    listed = [
        text for node in tuples for text in _texts(node) if text.startswith(("example.", "note.", "pack."))
    ]
    return {
        *named,
        *(text for text in listed if _KEY.fullmatch(text) and text not in {"pack.yaml", "pack.json"}),
    }


def _name_of(function):
    return getattr(function, "attr", getattr(function, "id", ""))


_KEY = re.compile(r"[a-z]+\.[a-z_]+")


def _texts(node):
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_key_has_a_chinese_and_an_english_sentence_with_the_same_blanks():
    for key, (zh, en) in words.WORDS.items():
        blanks = [
            sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in (zh, en)
        ]
        assert blanks[0] == blanks[1], key
        assert re.search(r"[\u4e00-\u9fff]", zh), key
        assert not re.search(r"[\u4e00-\u9fff]", en), key


def test_no_fault_is_without_words_and_no_words_without_a_fault():
    doubles = {f"{what}.twice" for what in ("input", "document", "item", "rule")}
    assert _keys_in_the_code() - words.WORDS.keys() == set()
    assert words.WORDS.keys() - _keys_in_the_code() - doubles == set()
