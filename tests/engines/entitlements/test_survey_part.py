"""survey.yaml: a slip is named where it stands, and every item of a sheet is measured in exactly one way."""

from __future__ import annotations

from pathlib import Path

import pytest

from yixian.domain.policy import PackErrors
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.examples import run_examples
from yixian.engines.entitlements.formula import FormulaError, Name, parse
from yixian.engines.entitlements.formula.xpath import check_exact, decimal_text
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.pack_notes import notes_of

FOLDER = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"
SOURCES = load_pack(FOLDER).sources
TEXT = SOURCES["survey.yaml"]

SLIPS = [
    ("unit: storey", "unit: floor", "item.unit"),
    ("round(length * width * storeys, 2)", "length * width * length", "survey.decimals"),
    ("round(length * width * storeys, 2)", "round(length * breadth * storeys, 2)", "formula.unknown_name"),
    ("round(length * width * storeys, 2)", "pow(length, 2, 2)", "survey.formula"),
    ("round(length * width * storeys, 2)", "round(length * width - 5000, 2)", "survey.negative"),
    ("round(length * height, 2)", "0 - count", "formula.unknown_name"),
    ("round(length * height, 2)", "round(length * height * 1000000000, 2)", "survey.inexact"),
    (
        'quantity: count\n        photographs: {least: "1", of: {zh: 墓碑',
        'quantity: count - 2\n        photographs: {least: "1", of: {zh: 墓碑',
        "survey.range",
    ),
    ("categories: [tree]", "categories: [trees]", "survey.category"),
    ("categories: [tree]", "categories: [facility]", "survey.twice"),
    ("facility.masonry_wall, facility.earth_wall", "facility.masonry_wall", "survey.unmeasured"),
    ("items: [facility.cistern]", "items: [facility.cistern, facility.pen]", "survey.measured_twice"),
    ("items: [facility.cistern]", "items: [tree.fruit, facility.cistern]", "survey.not_here"),
    ("items: [facility.cistern]", "items: [facility.cistern]\n        categories: [facility]", "survey.both"),
    ("id: basin", "id: wall", "survey.twice"),
    ("id: basin", "id: Basin", "survey.id"),
    ("id: basin", "id: item", "survey.id"),
    ("name: built_on", "name: length", "survey.twice"),
    ("name: built_on", "name: household_id", "input.name"),
    ('least: "0.50", most: "100"', 'least: "200", most: "100"', "input.range"),
    ('digits: "2"', 'digits: "9"', "pack.scale"),
    ("[measurer, second, household, village]", "[measurer, household]", "survey.must_be_present"),
    ("[measurer, second, household, village]", "[measurer, second, household, mayor]", "survey.present"),
    ("[measurer, second, household, village]", "[measurer, second, household, second]", "survey.twice"),
    ("list: land", "list: fields", "survey.list"),
    ('days: "3", unit: calendar_days', 'days: "3", unit: weeks', "survey.unit"),
    ('days: "3"', 'days: "0"', "pack.whole"),
    ('days: "3"', 'days: "３"', "pack.whole"),
    ('recheck_days: "15"', 'recheck_days: "367"', "pack.whole"),
    ("clause: art-53", "clause: art-530", "citation.clause"),
    ("document: CN-471", "document: CN-472", "citation.document"),
    ('total: "0.02"', 'total: "2"', "survey.share"),
    ('total: "0.02"', 'totals: "0.02"', "survey.tolerance"),
    ('least: "1", of: {zh: 整段', 'least: "none", of: {zh: 整段', "pack.whole"),
    ("sheets:", "sheet:", "pack.unknown_key"),
]


def faults(text: str) -> set[str]:
    try:
        read_pack(SOURCES | {"survey.yaml": text})
    except PackErrors as errors:
        return {problem.key for problem in errors.problems}
    return set()


@pytest.mark.parametrize(
    ("right", "wrong", "key"), SLIPS, ids=[f"{key}-{wrong[:24]}" for _r, wrong, key in SLIPS]
)
def test_a_slip_is_named(right: str, wrong: str, key: str) -> None:
    assert right in TEXT
    assert key in faults(TEXT.replace(right, wrong, 1))


def test_an_attribute_of_the_packs_own_is_only_named() -> None:
    tuoba = load_pack(FOLDER.parent / "tuoba")
    text = tuoba.sources["survey.yaml"]
    for wrong, key in (
        ("attributes: [land_use, colour]", "survey.fact"),
        ("attributes: [unit_price]", "survey.not_of"),
        (
            "attributes: [{name: scope, title: {zh: 范围, en: scope}, choices: {a: {zh: 甲, en: a}}}]",
            "survey.is_fact",
        ),
    ):
        with pytest.raises(PackErrors) as raised:
            read_pack(tuoba.sources | {"survey.yaml": text.replace("attributes: [land_use, scope]", wrong)})
        assert key in {problem.key for problem in raised.value.problems}


def test_an_item_that_no_sheet_asks_for_is_pointed_out() -> None:
    pack = read_pack(
        SOURCES
        | {"survey.yaml": TEXT.replace("categories: [land, stand, crop]", "categories: [land, stand]")}
    )
    notes = [note for note in notes_of(pack, run_examples(pack).proven) if note.key == "note.unsurveyed"]
    assert [note.file for note in notes] == ["items.csv"]
    assert "crop.standing" in str(notes[0])


def test_a_pack_without_a_survey_has_none() -> None:
    pack = read_pack({name: text for name, text in SOURCES.items() if name != "survey.yaml"})
    assert not pack.survey


def test_every_shipped_item_is_surveyed_in_one_way() -> None:
    for folder in sorted(FOLDER.parent.iterdir()):
        pack = load_pack(folder)
        for item in pack.items.values():
            assert len(list(pack.survey.kinds_of(item))) == 1, (pack.id, item.code)


NAMES = {"a": Name("a", 2, 0, 10_000), "b": Name("b", 0, 0, 100)}


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("b", "../b"),
        ("b * 3", "(../b * 3)"),
        ("max(b, 4)", "if(../b > 4, ../b, 4)"),
        ("if(b > 3, b, 0)", "if(../b > 3, ../b, 0)"),
        ("trunc(a, 0)", "int((round(../a * 100) + 0) div 100)"),
    ],
)
def test_formulas_stand_in_forms_as_whole_numbers(formula: str, text: str) -> None:
    node = parse(formula, NAMES)
    check_exact(node)
    assert decimal_text(node, lambda name: f"../{name}") == text


def test_what_a_phone_would_write_with_an_exponent_is_refused() -> None:
    with pytest.raises(FormulaError):
        check_exact(parse("b * 100000000", NAMES))
