"""The checksum of the lines: the recipe that the guide prints gives it from the written lines, and every change shows."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.entitlements import compute, load_pack
from yixian.engines.entitlements.checksum import checksum
from yixian.engines.entitlements.file_run import compute_files

DOCS = Path(__file__).parents[3] / "docs"
PACKS = Path(__file__).parents[3] / "packs"
ON = date(2024, 6, 1)
NAMES = ("household_id", "line_id", "rule", "result")

texts = st.text(st.characters(codec="utf-8"), max_size=26)
results = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-3, 3))
lines = st.tuples(texts, texts, texts, results)


def _recipe(name="entitlements.md"):
    (code,) = re.findall(r"```python\n(def line_digest.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)
    found = {}
    exec(code, found)  # noqa: S102 — it is the very text that the guide prints
    return found


RECIPE = _recipe()


def _table(rows):
    kinds = dict.fromkeys(NAMES, pa.string()) | {"result": pa.int64()}
    return pa.table({name: pa.array([row[n] for row in rows], kinds[name]) for n, name in enumerate(NAMES)})


def test_both_guides_print_the_same_recipe():
    codes = [
        re.findall(r"```python\n(.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)
        for name in ("entitlements.md", "entitlements.zh.md")
    ]
    assert codes[0] == codes[1]


@pytest.mark.slow
@given(rows=st.lists(lines, max_size=30), cut=st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_it_is_what_the_recipe_gives_in_any_order_in_any_parts_and_encoding(rows, cut):
    table = _table(rows)
    expected = RECIPE["checksum"](rows)
    assert f"{checksum(table):032x}" == expected
    assert f"{checksum(_table(rows[::-1])):032x}" == expected
    halves = [table.slice(0, cut), table.slice(cut)]
    assert f"{sum(map(checksum, halves)) % 2**128:032x}" == expected
    assert f"{checksum(pa.concat_tables(halves[::-1])):032x}" == expected
    words = table.set_column(0, "household_id", table.column("household_id").dictionary_encode())
    assert f"{checksum(words):032x}" == expected


def test_tables_of_many_blocks_and_repeated_households():
    rows = [(f"H{n // 7:05}", f"L{n}" * (n % 3), f"rule{n % 2}", n * 10**9 - 2**62) for n in range(20_000)]
    table = _table(rows)
    assert f"{checksum(table):032x}" == RECIPE["checksum"](rows)
    assert f"{checksum(table.slice(3, 9000)):032x}" == RECIPE["checksum"](rows[3:9003])


@given(line=lines, other=lines, place=st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_a_change_of_any_part_of_a_line_changes_it(line, other, place):
    changed = tuple(other[n] if n == place else part for n, part in enumerate(line))
    assert (checksum(_table([line])) == checksum(_table([changed]))) == (line == changed)


@given(first=lines, second=lines)
@settings(max_examples=100, deadline=None)
def test_two_lines_that_swap_any_part_are_other_lines(first, second):
    for place in range(4):
        swapped = [list(first), list(second)]
        swapped[0][place], swapped[1][place] = second[place], first[place]
        same = sorted(map(tuple, swapped)) == sorted([first, second])
        assert (checksum(_table(swapped)) == checksum(_table([first, second]))) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b", "r", 1), ("b", "a", "r", 1)),
        (("ab", "c", "r", 1), ("a", "bc", "r", 1)),
        (("a", "b", "r", 1), ("a\0", "b", "r", 1)),
        (("12345678", "", "r", 1), ("", "12345678", "r", 1)),
        (("a", "b", "r", 1), ("a", "b", "r", -1)),
        (("a", "", "b", 1), ("a", "b", "", 1)),
    ],
)
def test_texts_do_not_run_into_each_other(one, other):
    assert checksum(_table([one])) != checksum(_table([other]))


def test_an_auditor_makes_it_again_from_the_written_files(pack, tmp_path):
    homes = {"household_id": ["甲一", "H2"], "zone": ["rural", "town"], "persons": [4, 9]}
    items = {
        "line_id": ["L1", "L2", "长长的行号-0001"],
        "household_id": ["甲一", "甲一", "H2"],
        "item_code": ["house.main.earth_timber", "facility.cistern", "grave.single"],
        "quantity": pa.array([Decimal("60.5"), Decimal("0.0101"), Decimal(2)], pa.decimal128(18, 4)),
    }
    for name, table in (("households", homes), ("items", items)):
        pq.write_table(pa.table(table), tmp_path / f"{name}.parquet")
    paths = tmp_path / "households.parquet", tmp_path / "items.parquet"
    manifest = compute_files(pack, *paths, ON, tmp_path / "out")
    names = ["household_id", "line_id", "rule", "amount_fen"]
    rows = pq.read_table(tmp_path / "out" / "lines.parquet", columns=names).to_pylist()
    assert manifest["checksum"] == RECIPE["checksum"]([tuple(row[name] for name in names) for row in rows])


def test_a_count_goes_in_by_its_smallest_part():
    pack = load_pack(PACKS / "tuoba")
    if pack.is_draft:
        pack = pack.as_if_decided()
    measures = {rule.id: rule.measure for rule in pack.rules if rule.measure}
    homes, items = [], []
    for number, code in enumerate(pack.items):
        home = {"household_id": f"H{number}", "zone": next(iter(pack.zones), "")}
        homes.append(home | _some(pack.household_inputs))
        item = {"line_id": "L", "household_id": f"H{number}", "item_code": code}
        items.append(item | _some(pack.item_inputs))
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), ON)
    rows = [
        (row["household_id"], row["line_id"], row["rule"], _result(row, measures))
        for row in result.lines.to_pylist()
    ]
    assert any(row["paid"] == "counted" for row in result.lines.to_pylist())
    assert result.manifest["checksum"] == RECIPE["checksum"](rows)


def _some(inputs):
    return {
        name: next(iter(declared.choices)) if declared.choices else str(min(declared.low + 1, declared.high))
        for name, declared in inputs.items()
    }


def _result(row, measures):
    measure = measures.get(row["rule"])
    return row["amount_fen"] if measure is None else int(row[measure.name].scaleb(measure.decimals))
