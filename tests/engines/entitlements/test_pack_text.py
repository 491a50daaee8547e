"""Texts of a pack that are not what they look like: each is named where it stands, none is lost, and none stops the check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yixian.domain.policy import PackErrors
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.located import Faults, read_yaml
from yixian.engines.entitlements.pack_files import read_pack

PACK = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"
THING = "names: [偏房, 偏屋,"
RETURN = "  - id: return\n"


@pytest.fixture(scope="module")
def sources():
    return load_pack(PACK).sources


def _problems(sources, file, old, new):
    assert old in sources[file]
    with pytest.raises(PackErrors) as caught:
        read_pack(sources | {file: sources[file].replace(old, new, 1)})
    return [(one.line, one.key) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "column", "key"),
    [
        ("a: b\nc: d\x07e", 2, 5, "pack.hidden"),
        ("a: \ufffe", 1, 4, "pack.hidden"),
        ('a: "D:\\bureau\\new"', 1, 4, "pack.hidden"),
        ('a: "\\ud800"', 1, 4, "pack.hidden"),
        ("a: !urgent", 1, 4, "yaml.tag"),
        ("a: b\nc: !!int 5", 2, 4, "yaml.tag"),
        ("a: " + "[" * 3000 + "]" * 3000, 1, 1, "yaml.depth"),
        ("- " * 3000, 1, 1, "yaml.depth"),
    ],
)
def test_yaml_that_would_lose_a_text_or_cannot_be_taken_apart_is_named(text, line, column, key):
    faults = Faults()
    read_yaml("pack.yaml", text, faults)
    assert [(one.line, one.column, one.key) for one in faults.problems] == [(line, column, key)]


def test_days_signs_and_empty_values_need_no_quotes():
    faults = Faults()
    found = read_yaml("pack.yaml", 'a: 2010-01-01\nb: ~\nc:\nd: "!x"\ne: 1!\nf: |\n  !x\n', faults)
    assert faults.problems == []
    assert [value.text for value in found.entries.values()] == ["2010-01-01", "~", "", "!x", "1!", "!x\n"]


@pytest.mark.parametrize("name", ["vocabulary.yaml", "items.csv"])
def test_a_hidden_character_is_named_where_it_stands(tmp_path, name):
    copy = shutil.copytree(PACK, tmp_path / PACK.name)
    text = (copy / name).read_text(encoding="utf-8")
    at = text.index("房")
    (copy / name).write_text(f"{text[:at]}\u200b{text[at:]}", encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        load_pack(copy)
    (one,) = caught.value.problems
    assert (one.key, one.file, one.line) == ("pack.hidden", name, text.count("\n", 0, at) + 1)
    assert one.column == at - text.rfind("\n", 0, at)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules.yaml", "  from: 2009-10-01\n", "  from: 2009-10-01\n  until: [2012-01-01]\n"),
        ("rules.yaml", 'keep_zero: "no"', "keep_zero: [no]"),
        ("vocabulary.yaml", 'general: "yes"', "general: {a: b}"),
    ],
)
def test_a_list_where_a_text_belongs_is_named_also_where_it_could_be_left_out(sources, file, old, new):
    assert [key for _line, key in _problems(sources, file, old, new)] == ["pack.text"]


@pytest.mark.parametrize("name", ["  ", "?!", "……", "’"])
def test_a_name_of_signs_only_is_no_name(sources, name):
    """Every question holds it, so that every question would be about that thing."""
    line = sources["vocabulary.yaml"].split(THING)[0].count("\n") + 1
    assert _problems(sources, "vocabulary.yaml", THING, f'names: ["{name}", 偏屋,') == [
        (line, "vocabulary.thing")
    ]


@pytest.mark.parametrize("name", ["偏屋", "Side House", "ｓｉｄｅ　ｈｏｕｓｅ", "框 架"])
def test_a_name_that_is_read_alike_stands_twice(sources, name):
    assert [key for _line, key in _problems(sources, "vocabulary.yaml", THING, f'{THING} "{name}",')] == [
        "vocabulary.twice"
    ]


@pytest.mark.parametrize("words", ["？", ".", "搬 ＆ 几时", "搬｜迁", "搬 @when", "@When", "搬||迁", "搬 &"])
def test_a_pattern_that_finds_nothing_or_everything_is_named(sources, words):
    own = f'  - id: return\n    zh: [搬回去, "{words}"]\n'
    assert [key for _line, key in _problems(sources, "vocabulary.yaml", RETURN, own)] == [
        "vocabulary.pattern"
    ]
