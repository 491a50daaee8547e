"""The guide to packs says what is so: its first price table is a sound pack, its screens are what the command prints."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from yixian.cli.policy import policy
from yixian.domain.policy.units import UNITS
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.formula import parsing
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.pack_parts import FACTOR_COLUMNS, ITEM_COLUMNS, PRICE_COLUMNS

ROOT = Path(__file__).parents[2]
GUIDES = {"en": ROOT / "docs" / "packs.md", "zh": ROOT / "docs" / "packs.zh.md"}
HEAD = """
id: ours
version: "1"
title: {zh: 例, en: example}
jurisdiction: CN
currency: {code: CNY, digits: 2}
inputs:
  items:
    - {name: quantity, title: {zh: 数量, en: quantity}, low: "0", high: "99999", scale: 2}
zones:
  rural: {zh: 农村, en: rural}
"""
RULES = """
- id: item_price
  title: {zh: 按单价补偿, en: Compensation at the unit price}
  applies_to: items
  from: 2024-03-01
  formula: quantity * price
  words: {zh: "{amount} 元", en: "{amount} yuan"}
"""


@pytest.fixture(params=["zh", "en"])
def lang(request):
    return request.param


@pytest.fixture
def guide(lang):
    return GUIDES[lang].read_text(encoding="utf-8")


def _table(guide, name):
    """A table of the guide as the text of the CSV file."""
    rows = [line for line in guide.splitlines() if line.startswith("|")]
    start = next(number for number, line in enumerate(rows) if re.match(rf"\| `{name}`[:：]", line))
    columns = [re.sub(r"`.*?`[:：]", "", cell).split()[0] for cell in rows[start].strip("|").split("|")]
    body = []
    for line in rows[start + 2 :]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != len(columns) or set(line) <= set("|-"):
            break
        body.append(",".join(cells))
    return "\n".join([",".join(columns), *body]) + "\n"


def _first(guide, language, starting):
    """The first block of code in a language that starts so."""
    blocks = re.findall(rf"```{language}\n(.*?)```", guide, flags=re.DOTALL)
    return next(block for block in blocks if block.startswith(starting))


def test_the_first_price_table_is_a_sound_pack(guide):
    pack = read_pack(
        {
            "pack.yaml": HEAD,
            "documents.yaml": _first(guide, "yaml", "- id: C2024-8"),
            "items.csv": _table(guide, "items.csv"),
            "prices.csv": _table(guide, "prices.csv"),
            "rules.yaml": RULES,
        }
    )
    assert [price.amount for price in pack.prices] == [620, 55]
    assert pack.documents["C2024-8"].clauses["table-1"].plain_zh


def test_the_proof_of_the_shipped_pack_is_what_the_command_prints(guide, lang):
    printed = CliRunner().invoke(policy, ["check", str(ROOT / "packs" / "danjiangkou-2009"), "--lang", lang])
    name, counts = printed.output.splitlines()
    assert re.sub(r"(sha256 [0-9a-f]{8})[0-9a-f]+", r"\1…", name) in guide
    assert counts in guide


def test_the_faults_on_the_screen_are_those_the_command_prints(guide, lang, tmp_path):
    copy = shutil.copytree(ROOT / "packs" / "tuoba", tmp_path / "pack")
    for file, old, new in (
        ("factors.csv", ",290,", ",about 290,"),
        ("rules.yaml", "persons * building_per_head", "persons * building"),
    ):
        text = (copy / file).read_text(encoding="utf-8")
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    printed = CliRunner().invoke(policy, ["check", str(copy), "--lang", lang]).output
    for line in filter(None, printed.splitlines()):
        assert line in guide


def test_every_word_of_the_formulas_and_every_unit_is_explained(guide):
    for word in parsing.WORDS | parsing.BEFORE_BRACKETS:
        assert re.search(rf"`[^`]*\b{word}\b[^`]*`", guide), word
    for unit in UNITS:
        assert re.search(rf"\b{unit}\b", guide), unit


KEYED = ("pack_parts.py", "pack_files.py", "examples.py", "vocabulary_part.py", "survey_part.py")
READ = re.compile(
    r'\b(?:(?:form|head|inner|inputs)\.(?:text|day|both|decimal|list|mapping|form|yes_or_no|whole)\(\s*)"([a-z_]+)"'
)


def test_every_key_that_is_read_stands_in_the_tables_and_no_other(guide):
    engine = ROOT / "src" / "yixian" / "engines" / "entitlements"
    read = {key for name in KEYED for key in READ.findall((engine / name).read_text(encoding="utf-8"))}
    read |= {*ITEM_COLUMNS, *PRICE_COLUMNS, *FACTOR_COLUMNS, "total", "monthly", "yearly", "low", "high"}
    assert len(read) > 60
    (part,) = re.findall(r"(?ms)^## (?:Every key|每个文件).*?(?=^## )", guide)
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| ")]
    told = {key for cell in rows for key in re.findall(r"`([a-z_]+)`", cell)}
    assert told <= read
    assert [key for key in sorted(read) if not re.search(rf"\b{key}\b", part)] == []


def test_every_shipped_pack_is_offered_to_begin_from(guide):
    for path in (ROOT / "packs").iterdir():
        assert f"packs/{path.name}" in guide


def test_the_twins_have_the_same_parts():
    counts = {
        tuple(
            len(re.findall(pattern, path.read_text(encoding="utf-8"), flags=re.MULTILINE))
            for pattern in PARTS
        )
        for path in GUIDES.values()
    }
    assert len(counts) == 1


PARTS = ("^## ", "^### ", "^```", "^\\|---")


def test_the_worked_example_comes_out(guide):
    pack = load_pack(ROOT / "packs" / "danjiangkou-2009")
    block = _first(guide, "yaml", "- name: earth-and-timber")
    assert block in pack.sources["tests/houses.yaml"]
