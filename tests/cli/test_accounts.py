"""`yixian policy` and `yixian entitlements` on plain files, as an auditor runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from yixian.cli.entitlements import entitlements
from yixian.cli.policy import policy

PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
HOUSEHOLDS = """household_id,area_code,zone,persons
530625101201-001,530625101201,rural,4
530625101201-002,530625101201,town,3
530625101201-003,530625101201,rural,2
"""
ITEMS = """line_id,household_id,item_code,quantity,surveyor
L1,530625101201-001,house.main.earth_timber,60.5,甲
L2,530625101201-001,facility.cistern,0.0101,甲
L3,530625101201-002,house.main.brick_concrete,100,乙
L4,530625101201-003,facility.spaceport,1,乙
"""


@pytest.fixture
def facts(tmp_path):
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "households.csv").write_text(HOUSEHOLDS, encoding="utf-8-sig")
    (folder / "items.csv").write_text(ITEMS, encoding="utf-8")
    return folder


def _compute(facts, *options):
    out = facts.parent / "out"
    arguments = ["compute", "--pack", PACK, "--facts", facts, "--on", "2024-06-01", "--out", out, *options]
    return CliRunner().invoke(entitlements, [str(argument) for argument in arguments]), out


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "items",
            "60.5",
            "６０．５",
            "items.csv:2: “quantity” is in full-width characters; write 60.5: “６０．５”",
        ),
        ("items", "60.5", "6_0", "items.csv:2: “quantity” is with marks between its digits; write 60: “6_0”"),
        (
            "items",
            "60.5",
            "6.05E1",
            "items.csv:2: “quantity” is in scientific notation; write 60.5: “6.05E1”",
        ),
        ("items", "60.5", "", "items.csv:2: “quantity” is empty"),
        ("items", "L1,53", 'L1,"53', "quotation mark is not closed"),
        (
            "items",
            "530625101201-002",
            '530625101201-002"',
            "items.csv:4: “household_id” holds a quotation mark",
        ),
        ("households", "-003", "-003'", "households.csv:4: “household_id” holds a quotation mark"),
        (
            "households",
            ",persons",
            ",people",
            "households.csv:1: missing or doubled columns: persons (there is “",
        ),
    ],
)
def test_a_cell_is_named_with_its_reason(facts, file, old, new, told):
    path = facts / f"{file}.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(old, new, 1), encoding="utf-8")
    result, out = _compute(facts)
    assert result.exit_code == 2
    assert told in result.output
    assert not out.exists()


def test_heads_are_known_however_they_were_typed(facts):
    for name in ("households", "items"):
        path = facts / f"{name}.csv"
        heads, rows = path.read_text(encoding="utf-8-sig").split("\n", 1)
        odd = heads.replace("household_id", " ｈousehold_id\u200b ").replace("quantity", "quantity\u3000")
        path.write_text(f"\ufeff{odd}\n{rows}", encoding="utf-8")
    assert "3 households, 4 lines, 1 withheld" in _compute(facts)[0].output


def test_an_unknown_zone_is_the_only_reason_told(facts):
    path = facts / "households.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("rural,4", "农村,4"), encoding="utf-8")
    result, _out = _compute(facts)
    told = [line for line in result.output.splitlines() if "530625101201-001" in line]
    assert told == ["withheld 530625101201-001 : The price zone is not one of the pack's. (农村)"]


def test_a_fact_out_of_its_range_is_named(facts):
    path = facts / "items.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("60.5", "-60.5"), encoding="utf-8")
    told = _compute(facts)[0].output
    assert (
        "L1: A quantity or another fact of the item is missing, no plain number, too precise or out" in told
    )
    assert "(house.main.earth_timber, quantity)" in told


@pytest.mark.parametrize("name", ["items", "households"])
def test_a_table_of_heads_only_is_told(facts, name):
    path = facts / f"{name}.csv"
    (facts / "items.csv").write_text(ITEMS.split("\n", 1)[0] + "\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8-sig").split("\n", 1)[0] + "\n", encoding="utf-8")
    assert f"note: {name}: the table has its heads only; no row of it was read" in _compute(facts)[0].output


def test_a_sound_pack_is_proven():
    result = CliRunner().invoke(policy, ["check", str(PACK), "--lang", "en"])
    assert result.exit_code == 0
    assert "all as written" in result.output


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("prices.csv", ",180,", ",many,", "prices.csv:30:6: "),
        (
            "tests/houses.yaml",
            '"45792.00"',
            '"45792.01"',
            "expected 45792.01, got 45792.00. [example.differs]",
        ),
        ("tests/houses.yaml", "lines:", "linen:", "[pack.unknown_key]"),
    ],
)
def test_a_faulty_pack_is_refused_with_the_place(tmp_path, file, old, new, told):
    copy = shutil.copytree(PACK, tmp_path / "pack")
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    result = CliRunner().invoke(policy, ["check", str(copy), "--lang", "en"])
    assert result.exit_code == 1
    assert f"{file}:" in result.output
    assert told in result.output


def test_accounts_from_files_with_one_household_withheld(facts):
    result, out = _compute(facts)
    assert result.exit_code == 1, result.output
    assert "3 households, 4 lines, 1 withheld" in result.output
    assert (
        "withheld 530625101201-003 L4: The policy pack has no such item. (facility.spaceport)"
        in result.output
    )
    statements = pq.read_table(out / "statements.parquet").to_pylist()
    assert [(row["total_fen"], row["lines"], row["status"]) for row in statements] == [
        (5_088_152, 3, "issued"),
        (5_710_000, 1, "issued"),
        (None, 0, "withheld"),
    ]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["total_fen"] == 10_798_152
    assert _compute(facts, "--no-strict")[0].exit_code == 0


def test_no_product_is_needed_beside_the_files(facts):
    """In a process of its own: the framework is not even loaded."""
    run = (
        "import sys; from yixian.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "sys.exit('django' in sys.modules)"
    )
    out = facts.parent / "out"
    given = f"--no-strict --pack {PACK} --facts {facts} --on 2024-06-01 --out {out}".split()
    command = [sys.executable, "-c", run, "entitlements", "compute", *given]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"}, check=False)
    assert (done.returncode, "checksum" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "zh",
            [
                "建房困难户补助：4 人 × 24 平方米 × 530.00 元/平方米 − 正房补偿 23,232.00 元 = 27,648.00 元",
                "水池（水窖），0.0101 立方米 × 150.00 元/立方米 = 1.52 元",
                "= 50,881.52 CNY",
            ],
        ),
        (
            "en",
            [
                "Main house, earth-and-timber, 60.50 m² × 384.00 yuan/m² = 23,232.00 yuan  [国调办征地〔2009〕215号, "
            ],
        ),
    ],
)
def test_an_account_is_explained_from_what_was_stored(facts, lang, told):
    _result, out = _compute(facts)
    arguments = [
        "explain",
        "--out",
        str(out),
        "--household",
        "530625101201-001",
        "--lang",
        lang,
    ]
    result = CliRunner().invoke(entitlements, arguments)
    assert result.exit_code == 0, result.output
    for sentence in told:
        assert sentence in result.output


def test_a_withheld_account_says_why_and_shows_no_sum(facts):
    _result, out = _compute(facts)
    arguments = [
        "explain",
        "--out",
        str(out),
        "--household",
        "530625101201-003",
        "--lang",
        "en",
    ]
    assert CliRunner().invoke(entitlements, arguments).output.splitlines() == [
        "! L4 The policy pack has no such item. (facility.spaceport)",
        "withheld",
    ]


def test_another_pack_cannot_explain_the_account(facts):
    _result, out = _compute(facts)
    sources = json.loads((out / "pack.json").read_text(encoding="utf-8"))
    sources["prices.csv"] = sources["prices.csv"].replace(",384,", ",385,")
    (out / "pack.json").write_text(json.dumps(sources), encoding="utf-8")
    result = CliRunner().invoke(
        entitlements, ["explain", "--out", str(out), "--household", "530625101201-001"]
    )
    assert result.exit_code == 1
    assert "not the pack" in result.output


def test_bad_rows_are_all_named_by_file_and_line_and_nothing_is_written(facts):
    (facts / "items.csv").write_text(
        ITEMS.replace("60.5", "sixty").replace("0.0101,甲", "0.0101").replace("L3,", ","), encoding="utf-8"
    )
    result, out = _compute(facts)
    assert result.exit_code == 2
    assert "items.csv:2: “quantity” is no number: “sixty”" in result.output
    assert "items.csv:3: 4 cells instead of 5" in result.output
    assert "items.csv:4: “line_id” is empty" in result.output
    assert not out.exists()


@pytest.mark.parametrize("name", ["households.csv", "items.csv"])
@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text.encode("gb18030"), "this is not UTF-8 text"),
        (lambda text: text.encode("utf-16-le"), "this is not UTF-8 text"),
        (lambda text: text.replace("\n,", '\n",', 1).encode(), "is not closed"),
    ],
    ids=["gbk", "utf16", "unclosed"],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(facts, name, damage, told):
    path = facts / name
    path.write_bytes(damage("备注," + path.read_text(encoding="utf-8-sig").replace("\n", "\n,").rstrip(",")))
    result, out = _compute(facts)
    assert (result.exit_code, out.exists()) == (2, False), result.output
    assert f"{name}:" in result.output
    assert told in result.output


def test_an_item_of_nobody_stops_the_run(facts):
    path = facts / "items.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("L3,530625101201-002", "L3,２"), encoding="utf-8"
    )
    result, out = _compute(facts, "--no-strict")
    assert (result.exit_code, (out / "lines.parquet").exists()) == (2, False)
    assert "L3 (household ２)" in result.output


def test_two_packs_are_set_beside_each_other(facts, tmp_path):
    draft = shutil.copytree(PACK, tmp_path / "draft")
    prices = (draft / "prices.csv").read_text(encoding="utf-8")
    (draft / "prices.csv").write_text(prices.replace(",571,", ",600,"), encoding="utf-8")
    head = (draft / "pack.yaml").read_text(encoding="utf-8")
    (draft / "pack.yaml").write_text(head + "status: draft\n", encoding="utf-8")
    out = tmp_path / "compared"
    options = {"--pack": PACK, "--with": draft, "--facts": facts, "--on": "2024-06-01", "--out": out}
    arguments = ["compare", *(str(part) for pair in options.items() for part in pair)]
    result = CliRunner().invoke(entitlements, arguments)
    assert result.exit_code == 0, result.output
    assert "2 of 3 households compared: 1 gain, 0 lose, 1 stay the same" in result.output
    assert "gained 2,900.00 CNY, lost 0.00 CNY" in result.output
    assert {path.name for path in out.iterdir()} == {
        "manifest.json",
        *(
            f"{name}.{kind}"
            for name in ("lines", "households", "areas", "items", "heads")
            for kind in ("csv", "parquet")
        ),
    }
    areas = (out / "areas.csv").read_text(encoding="utf-8").splitlines()
    assert len(areas) == 2
    assert areas[1].startswith('"530625101201",2,1,0,')
    arguments[arguments.index("--with") + 1] = str(tmp_path)
    assert CliRunner().invoke(entitlements, arguments).exit_code == 2


def test_a_draft_is_not_calculated_with(facts, tmp_path):
    draft = shutil.copytree(PACK, tmp_path / "draft")
    head = (draft / "pack.yaml").read_text(encoding="utf-8")
    (draft / "pack.yaml").write_text(head + "status: draft\n", encoding="utf-8")
    options = {"--pack": draft, "--facts": facts, "--on": "2024-06-01", "--out": tmp_path / "out"}
    result = CliRunner().invoke(
        entitlements, ["compute", *(str(part) for pair in options.items() for part in pair)]
    )
    assert result.exit_code == 2
    assert "is a draft: compare it" in result.output
    assert not (tmp_path / "out").exists()
