"""Packs: the shipped ones are sound, and every kind of fault is named with its place."""

from __future__ import annotations

import csv
import io
import re
import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from yixian.engines.entitlements import PackErrors, compute, load_pack
from yixian.engines.entitlements.examples import check_examples, examples_of
from yixian.engines.entitlements.pack_files import read_pack

PACKS = sorted(path for path in (Path(__file__).parents[3] / "packs").iterdir() if path.is_dir())


@pytest.mark.slow
@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_a_shipped_pack_is_sound_and_its_examples_come_out(path):
    pack = load_pack(path)
    assert examples_of(pack)
    assert check_examples(pack) == []
    assert all(document.source for document in pack.documents.values())


_ENDED = "facility.cellar,,each,2009-10-01,2010-01-01,180,D2009-215,table-facilities\n"
_GAP = f"{_ENDED}facility.cellar,,each,2010-01-02,,"


def _faulty(pack, file, old, new):
    text = pack.sources[file]
    assert old in text
    with pytest.raises(PackErrors) as caught:
        read_pack(pack.sources | {file: text.replace(old, new, 1)})
    return caught.value.problems


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("pack.yaml", "id: danjiangkou-2009", "id: danjiangkou-2009\nid: other", "yaml.duplicate_key"),
        ("pack.yaml", "jurisdiction: CN", "jurisdiction: CN\ncolour: red", "pack.unknown_key"),
        ("pack.yaml", "jurisdiction: CN\n", "", "pack.missing"),
        ("pack.yaml", "  digits: 2", "  digits: 9", "pack.digits"),
        ("pack.yaml", "zones:", "zones: [", "yaml.syntax"),
        ("pack.yaml", "jurisdiction: CN", "jurisdiction: &place CN", "yaml.anchor"),
        ("pack.yaml", "name: persons", "name: price", "input.name"),
        ("pack.yaml", "name: persons", "name: 'a\" OR 1'", "input.name"),
        ("pack.yaml", "name: persons", "name: quantity", "input.twice"),
        ("pack.yaml", 'low: "0"', 'low: "101"', "input.range"),
        ("pack.yaml", 'high: "100"', 'high: "1000000000000"', "input.large"),
        ("pack.yaml", "scale: 4", "scale: 7", "pack.scale"),
        ("pack.yaml", 'high: "99999999"', 'high: "999999999"', "formula.line_too_large"),
        ("documents.yaml", "status: decided", "status: rumoured", "document.status"),
        ("documents.yaml", "decided_on: 2009-10-01\n", "decided_on: 2013-02-30\n", "pack.date"),
        ("documents.yaml", "  decided_on: 2009-10-01\n", "", "document.decided_on"),
        (
            "documents.yaml",
            "  from: 2009-10-01\n",
            "  from: 2009-10-01\n  until: 2009-10-01\n",
            "document.dates",
        ),
        (
            "documents.yaml",
            "  from: 2009-10-01\n",
            "  from: 2009-10-01\n  superseded_by: X\n",
            "document.superseded",
        ),
        (
            "documents.yaml",
            "  from: 2009-10-01\n",
            "  from: 2009-10-01\n  superseded_by: W2-LAND\n",
            "document.superseded_until",
        ),
        ("documents.yaml", "- id: W2-LAND", "- id: T5-LOCAL", "document.twice"),
        ("documents.yaml", "  from: 2009-10-01\n", "  from: 2009-11-01\n", "citation.dates"),
        ("documents.yaml", "    - id: table-town", "    - id: table-rural", "clause.twice"),
        ("items.csv", ",m2,", ",acre,", "item.unit"),
        ("items.csv", "house.main.frame,", "house.main.timber,", "item.twice"),
        ("items.csv", "item_code,category", "code,category", "csv.header"),
        ("items.csv", "Double grave,each,", "Double grave,each,grave.mass", "item.parent"),
        ("items.csv", "grave.double,", "grave.triple,", "item.unpriced"),
        ("prices.csv", "facility.cellar,,each", "facility.vault,,each", "price.item"),
        ("prices.csv", "facility.cellar,,each", "facility.cellar,,m2", "price.unit"),
        ("prices.csv", "facility.cellar,,each", "facility.cellar,moon,each", "price.zone"),
        ("prices.csv", ",180,", ",-180,", "price.negative"),
        ("prices.csv", ",180,", ",1.80000,", "pack.decimals"),
        ("prices.csv", ",180,", ",1e3,", "pack.number"),
        ("prices.csv", ",180,", ",many,", "pack.number"),
        ("prices.csv", "2009-10-01,,180", "2009-10-01,2009-10-01,180", "dates.order"),
        ("prices.csv", "facility.cellar,,each", "facility.pen,,each", "price.overlap"),
        (
            "prices.csv",
            "facility.cellar,,each,2009-10-01,,",
            _GAP,
            "price.gap",
        ),
        ("prices.csv", "W2-LAND,crops", "W2-LAND,weather", "citation.clause"),
        ("prices.csv", "W2-LAND,crops", "W9-LAND,crops", "citation.document"),
        ("prices.csv", "W2-LAND,crops", "W2-LAND", "csv.cells"),
        ("rules.yaml", "quantity * price", "quantity * cost", "formula.unknown_name"),
        ("rules.yaml", "quantity * price", "quantity * * price", "formula.syntax"),
        ("rules.yaml", "quantity * price", "quantity / price", "formula.slash"),
        ("rules.yaml", "quantity * price", "div(price, quantity, 2)", "formula.may_be_zero"),
        ("rules.yaml", "applies_to: items", "applies_to: everybody", "rule.applies_to"),
        ("rules.yaml", "applies_to: items\n", "applies_to: items\n  categories: [grave]\n", "item.unruled"),
        (
            "rules.yaml",
            "applies_to: households\n",
            "applies_to: households\n  categories: [grave]\n",
            "rule.of_items",
        ),
        (
            "rules.yaml",
            "applies_to: items\n",
            "applies_to: items\n  totals: {t: grave}\n",
            "rule.of_households",
        ),
        ("rules.yaml", "main_house: house.main", "persons: house.main", "rule.name"),
        ("rules.yaml", "formula: quantity", "steps: {quantity: price}\n  formula: quantity", "formula.name"),
        (
            "rules.yaml",
            "formula: quantity",
            "steps: {half: 'div(price, quantity, 2)'}\n  formula: quantity",
            "formula.may_be_zero",
        ),
        ("rules.yaml", "- id: hardship_topup", "- id: item_price", "rule.overlap"),
        ("rules.yaml", 'keep_zero: "no"', 'keep_zero: "never"', "pack.yes_or_no"),
        ("rules.yaml", "quantity * price", "quantity * price * price * price * price", "formula.too_large"),
        ("rules.yaml", "main_house: house.main", "main_house: castle", "rule.category"),
        ("rules.yaml", "house_price: house.main.brick_concrete", "house_price: castle", "rule.price"),
        ("rules.yaml", "{quantity} {unit} ×", "{quantity} {weather} ×", "rule.words"),
        ("rules.yaml", "clause: basic-house", "clause: other", "citation.clause"),
    ],
)
def test_every_fault_is_named_with_its_file_and_key(pack, file, old, new, key):
    problems = _faulty(pack, file, old, new)
    named = [problem for problem in problems if problem.key == key]
    assert named, problems
    assert named[0].file in {file, "items.csv", "prices.csv", "rules.yaml"}
    assert named[0].line > 0
    assert named[0].column > 0


def test_faults_carry_the_line_on_which_they_stand(pack):
    text = pack.sources["prices.csv"]
    line = next(
        number for number, row in enumerate(text.splitlines(), 1) if row.startswith("facility.cellar")
    )
    problems = _faulty(pack, "prices.csv", ",180,", ",many,")
    assert [(problem.line, problem.column) for problem in problems] == [(line, 6)]


def test_a_fault_in_a_formula_is_pointed_at(pack):
    text = pack.sources["rules.yaml"]
    line, row = next(
        (number, row) for number, row in enumerate(text.splitlines(), 1) if "persons * 24" in row
    )
    problems = _faulty(pack, "rules.yaml", "persons * 24", "peasants * 24")
    assert [(problem.line, problem.column) for problem in problems] == [(line, row.index("persons") + 1)]


def test_a_gap_in_prices_may_be_said(pack):
    row = "facility.cellar,,each,2009-10-01,,180,D2009-215,table-facilities"
    rows = (
        "facility.cellar,,each,2009-10-01,2010-01-01,180,D2009-215,table-facilities\n"
        "facility.cellar,,each,2010-01-01,2010-02-01,none,,\n"
        "facility.cellar,,each,2010-02-01,,200,D2009-215,table-facilities"
    )
    found = read_pack(pack.sources | {"prices.csv": pack.sources["prices.csv"].replace(row, rows)})
    days = (date(2009, 12, 31), date(2010, 1, 1), date(2010, 1, 31), date(2010, 2, 1))
    prices = [found.price_on("facility.cellar", "town", day) for day in days]
    assert [price and price.amount for price in prices] == [180, None, None, 200]


_CELLAR = "facility.cellar,rural,each,{},{},{}\n"
_DECIDED = ",D2009-215,table-facilities"


def test_no_price_in_a_zone_is_not_the_price_of_every_zone(pack):
    rows = [
        _CELLAR.format("2010-01-01", "2010-02-01", "none,,"),
        _CELLAR.format("2010-02-01", "", f"150{_DECIDED}"),
    ]
    found = read_pack(pack.sources | {"prices.csv": pack.sources["prices.csv"] + "".join(rows)})
    days = (date(2009, 12, 31), date(2010, 1, 1), date(2010, 2, 1))
    prices = [found.price_on("facility.cellar", "rural", day) for day in days]
    assert [price and price.amount for price in prices] == [180, None, 150]
    assert {found.price_on("facility.cellar", "town", day).amount for day in days} == {180}
    homes = pa.table({"household_id": ["H"], "zone": ["rural"], "persons": ["1"]})
    items = pa.table(
        {"line_id": ["L"], "household_id": ["H"], "item_code": ["facility.cellar"], "quantity": ["1"]}
    )
    held = compute(found, homes, items, date(2010, 1, 15))
    assert [row["code"] for row in held.problems.to_pylist()] == ["no_price"]


def test_a_zones_own_price_may_not_end_in_silence(pack):
    row = _CELLAR.format("2010-01-01", "2014-01-01", f"99{_DECIDED}")
    with pytest.raises(PackErrors) as caught:
        read_pack(pack.sources | {"prices.csv": pack.sources["prices.csv"] + row})
    assert [problem.key for problem in caught.value.problems] == ["price.zone_ends"]
    said = row + _CELLAR.format("2014-01-01", "", "none,,")
    found = read_pack(pack.sources | {"prices.csv": pack.sources["prices.csv"] + said})
    assert found.price_on("facility.cellar", "rural", date(2014, 1, 1)) is None


def test_the_examples_of_a_draft_are_reckoned(pack):
    draft = {"pack.yaml": pack.sources["pack.yaml"] + "status: draft\n"}
    assert check_examples(read_pack(pack.sources | draft)) == []
    name = next(name for name in pack.sources if name.startswith("tests/"))
    wrong = {name: re.sub(r"total: .*", 'total: "1.00"', pack.sources[name], count=1)}
    assert [one.key for one in check_examples(read_pack(pack.sources | draft | wrong))] == ["example.differs"]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_files_may_bear_a_byte_order_mark(pack, folder, tmp_path, mark):
    copy = shutil.copytree(folder, tmp_path / "pack")
    for path in copy.rglob("*.*"):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_pack(copy).sha256 == pack.sha256


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
@pytest.mark.parametrize("name", ["items.csv", "rules.yaml"])
def test_another_encoding_is_named_by_its_file(folder, tmp_path, name, encoding):
    copy = shutil.copytree(folder, tmp_path / "pack")
    path = copy / name
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    with pytest.raises(PackErrors) as caught:
        load_pack(copy)
    assert (name, "file.not_utf8") in {(one.file, one.key) for one in caught.value.problems}


def test_tables_as_spreadsheets_save_them_are_read(pack, folder, tmp_path):
    """Unicode text with tabs, semicolons below a line that says so, days in the forms that people write."""
    copy = shutil.copytree(folder, tmp_path / "pack")
    items, prices = copy / "items.csv", copy / "prices.csv"
    items.write_bytes(_parted(items.read_text(encoding="utf-8"), "\t").encode("utf-16"))
    days = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1年\2月\3日", _parted(prices.read_text(encoding="utf-8"), ";"))
    prices.write_text("sep=;\n" + days, encoding="utf-8")
    read = load_pack(copy)
    assert (read.items, read.prices) == (pack.items, pack.prices)


def _parted(text, separator):
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return written.getvalue()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("09-10-01", "年份只有两位"),
        ("01/10/2009", "年份在最后"),
        ("2009-13-01", "没有这一天"),
        ("明年", "看不出"),
    ],
)
def test_a_day_that_is_none_says_why_and_which_forms_are_known(pack, text, says):
    spoiled = pack.sources["documents.yaml"].replace("decided_on: 2009-10-01", f'decided_on: "{text}"')
    with pytest.raises(PackErrors) as caught:
        read_pack(pack.sources | {"documents.yaml": spoiled})
    told = next(one for one in caught.value.problems if one.key == "pack.date")
    assert text in told.message_zh
    assert says in told.message_zh
    assert "2024年9月10日" in told.message_zh


STRAYS = [
    *("tests/MORE.YAML", "tests/more.yml", "tests/more.json", "tests/worked.yaml.bak", "tests/old/more.yaml", "tests/more.txt"),
    *("tests/more", "prices.csv.bak", "prices.csv~", "Prices.CSV", "prices.xlsx", "tables/prices.csv", "rules.json"),
    *("rules.yaml.orig", "prices", "factors.tsv", "items.parquet", ".hidden/rules.yaml", "Tests/worked2.yaml"),
]  # fmt: skip
PAPERS = [
    *(
        "README.md",
        "LICENSE",
        "decree.pdf",
        "scans/page1.JPG",
        ".gitignore",
        ".git/config.yaml",
        "tests/notes.md",
    )
]


@pytest.mark.parametrize("name", STRAYS)
def test_a_file_that_nobody_reads_is_named(folder, tmp_path, name):
    copy = shutil.copytree(folder, tmp_path / "pack")
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(b"what nobody reads")
    with pytest.raises(PackErrors) as caught:
        load_pack(copy)
    assert [(one.file, one.key) for one in caught.value.problems] == [(name, "pack.stray_file")]


def test_papers_and_notes_beside_a_pack_are_no_part_of_it(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "pack")
    for name in PAPERS:
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes(b"\xff")
    assert load_pack(copy)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("documents.yaml", "月", "⽉"), ("items.csv", "土", "⼟"), ("documents.yaml", "里", "\uf9e9")],
)
def test_a_radical_in_place_of_a_character_is_named_where_it_stands(folder, tmp_path, name, old, new):
    copy = shutil.copytree(folder, tmp_path / "pack")
    text = (copy / name).read_text(encoding="utf-8")
    at = text.index(old)
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        load_pack(copy)
    (one,) = caught.value.problems
    line = text.count("\n", 0, at) + 1
    assert (one.file, one.line, one.column, one.key) == (
        name,
        line,
        at - text.rfind("\n", 0, at),
        "pack.radical",
    )
    assert f"写成“{old}”" in one.message_zh


def test_all_faults_are_told_at_once(pack):
    sources = pack.sources | {
        "prices.csv": pack.sources["prices.csv"].replace(",180,", ",many,", 1),
        "rules.yaml": pack.sources["rules.yaml"].replace("quantity * price", "quantity * cost", 1),
    }
    with pytest.raises(PackErrors) as caught:
        read_pack(sources)
    assert {problem.file for problem in caught.value.problems} == {"prices.csv", "rules.yaml"}


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PackErrors) as caught:
        load_pack(tmp_path)
    assert "pack.yaml" in str(caught.value)
