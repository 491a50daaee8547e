"""句中的单位: what a rule's sentence gives its numbers in is the same in both languages, and the pack's."""

from __future__ import annotations

from pathlib import Path

import pytest

from yixian.engines.entitlements import Pack, load_pack
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.pack_notes import notes_of
from yixian.engines.entitlements.sentence_units import unit_faults

ROOT = Path(__file__).parents[3]
PACKS = sorted(
    path.parent for folder in ("packs", "tests/packs") for path in (ROOT / folder).glob("*/pack.yaml")
)
TOPUP = 'words:\n    zh: "{title}：{persons} 人'

ALIKE = (
    ("{persons} 人 × 300 元", "persons {persons} × 300 yuan"),
    ("{persons} 口人，每人 {house_price} 元", "{persons} people, {house_price} yuan a head"),
    ("{persons} 人 × {house_price} 元/平方米", "{persons} persons × {house_price} yuan per square metre"),
    ("{house_price} 元/㎡", "{house_price} RMB/m2"),
    ("{house_price} 元每亩", "{house_price} yuan per mu"),
    ("每月 {house_price} 元", "{house_price} yuan a month"),
    ("{house_price} 元/年", "{house_price} yuan per annum"),
    ("发 50 年", "for 50 years"),
    ("{persons} 户", "{persons} families"),
    ("不超过 3 万元", "up to 30,000 yuan"),
    ("不超过3万元", "up to 30 thousand yuan"),
    ("不超过 {house_price} 万元", "up to {house_price} ten thousand yuan"),
    ("{persons} 公里", "{persons} km"),
    ("{persons} 千米", "{persons} kilometres"),
    ("{persons} 公斤", "{persons} kg"),
    ("{persons} 公顷", "{persons} hectares"),
    ("1993年3月核定，{house_price} 元", "set in March 1993, {house_price} yuan"),
    ("上年指数 {persons}，分得 {house_price} 元", "index of last year {persons}, share {house_price} yuan"),
    ("按 {persons}/{house_price} 分得", "{persons}/{house_price} of it"),
    ("{persons} × {house_price} = {amount}", "{persons} × {house_price} = {amount}"),
    ("满 60 周岁的 {persons} 人", "{persons} persons of 60 years or more"),
)
OTHERWISE = (
    (
        "{persons} 人 × {house_price} 元/亩",
        "{persons} persons × {house_price} yuan per square metre",
        "differs",
    ),
    ("{house_price} 元/亩", "{house_price} yuan/ha", "differs"),
    ("{persons} 公顷", "{persons} mu", "differs"),
    ("{persons} 亩", "{persons} acres", "differs"),
    ("{persons} 里", "{persons} km", "differs"),
    ("{persons} 斤", "{persons} kg", "differs"),
    ("{house_price} 万元", "{house_price} yuan", "differs"),
    ("不超过 {house_price} 元", "up to {house_price} thousand yuan", "differs"),
    ("{persons} 户", "{persons} persons", "differs"),
    ("{persons} 户", "persons {persons}", "missing"),
    ("{persons} 亩", "area {persons}", "missing"),
    ("{persons}", "{persons} months", "missing"),
    ("每月 {house_price} 元", "{house_price} yuan a year", "missing"),
    ("{house_price} 元/月", "{house_price} yuan/year", "differs"),
    ("{persons} 天", "{persons} months", "differs"),
    ("发 50 月", "for 50 years", "differs"),
    ("{house_price} 元", "{house_price} dollars", "differs"),
    ("{house_price} 美元", "{house_price} dollars", "currency"),
    ("{house_price} 盾", "{house_price} dong", "currency"),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "packs" / "danjiangkou-2009")


def with_words(pack: Pack, rule: str, zh: str, en: str) -> Pack:
    """The pack in which a rule's sentences are these."""
    sources = dict(pack.sources)
    above, rest = sources["rules.yaml"].split(f"- id: {rule}\n", 1)
    lines = rest.split("\n")
    for number, line in enumerate(lines):
        for lang, words in (("zh", zh), ("en", en)):
            if line.startswith(f'    {lang}: "'):
                lines[number] = f'    {lang}: "{{title}}: {words}"'
        if line.startswith("- id:"):
            break
    sources["rules.yaml"] = f"{above}- id: {rule}\n" + "\n".join(lines)
    return read_pack(sources)


def kinds(pack: Pack, zh: str, en: str, rule: str = "hardship_topup") -> set[str]:
    changed = with_words(pack, rule, zh, en)
    return {fault.kind for one in changed.rules if one.id == rule for fault in unit_faults(changed, one)}


@pytest.mark.parametrize(("zh", "en"), ALIKE)
def test_what_says_the_same_raises_nothing(pack: Pack, zh: str, en: str) -> None:
    assert kinds(pack, zh, en) == set()


@pytest.mark.parametrize(("zh", "en", "kind"), OTHERWISE)
def test_what_says_another_unit_is_named(pack: Pack, zh: str, en: str, kind: str) -> None:
    assert kind in kinds(pack, zh, en)


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("{quantity} {unit} × {price} 元/{unit}", "{quantity} {units} × {price} yuan/{unit}", set()),
        ("{quantity} 吨 × {price} 元/吨", "{quantity} tonnes × {price} yuan per tonne", {"item"}),
        ("{quantity} {unit} × {price} 元/{unit}", "{quantity} m² × {price} yuan/m²", {"differs"}),
    ],
)
def test_a_line_is_in_its_items_unit(pack: Pack, zh: str, en: str, expected: set[str]) -> None:
    assert kinds(pack, zh, en, "item_price") == expected


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_no_pack_gives_a_false_alarm(path: Path) -> None:
    pack = load_pack(path)
    assert [fault for rule in pack.rules for fault in unit_faults(pack, rule)] == []


def test_the_check_names_sentence_language_and_unit(pack: Pack) -> None:
    changed = with_words(pack, "hardship_topup", "{persons} 亩 {amount} 盾", "{persons} m² {amount} yuan")
    told = {
        (note.key, note.message_zh, note.message)
        for note in notes_of(changed, [(rule.id, rule.valid_from) for rule in changed.rules])
        if note.key in {"note.unit_differs", "note.currency_in_words"}
    }
    zh = "\n".join(words for _key, words, _en in told)
    en = "\n".join(words for _key, _zh, words in told)
    for words in ("hardship_topup", "persons", "亩", "m²", "盾", "CNY", "中文"):
        assert words in zh
    for words in ("hardship_topup", "persons", "亩", "m²", "盾", "CNY", "Chinese"):
        assert words in en
