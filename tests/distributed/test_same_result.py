"""Under Ray and under Spark the same kernel gives the same accounts, at ten times a county. Run by ``make test-distributed``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.entitlements import write_facts
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.distributed import compute_distributed
from yixian.engines.entitlements.file_run import FILES, compute_files

pytestmark = pytest.mark.distributed
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
ON = date(2024, 6, 1)
HOUSEHOLDS = 120_000
SAME = (
    *("households", "withheld", "lines", "problems", "total_fen", "monthly_fen", "yearly_fen"),
    *("checksum", "facts", "pack", "on"),
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts")
    write_facts(folder, HOUSEHOLDS)
    return folder / "households.parquet", folder / "items.parquet"


@pytest.fixture(scope="module")
def alone(facts, tmp_path_factory):
    return compute_files(load_pack(PACK), *facts, ON, tmp_path_factory.mktemp("alone"), checked=False)


@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_the_checksum_of_ten_counties_is_the_same(engine, facts, alone, tmp_path):
    manifest = compute_distributed(load_pack(PACK), *facts, ON, tmp_path, engine=engine, checked=False)
    assert {name: manifest[name] for name in SAME} == {name: alone[name] for name in SAME}
    assert manifest["households"] == HOUSEHOLDS
    rows = [pq.read_table(tmp_path / name).num_rows for name in FILES]
    assert rows == [manifest["lines"], HOUSEHOLDS, 0]


@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_problems_come_through_and_whoever_has_one_is_withheld(engine, facts, tmp_path):
    households, items = facts
    table = pq.read_table(items).slice(0, 60_000)
    codes = table.column("item_code").to_pylist()
    codes[7] = codes[-1] = "castle"
    own = tmp_path / "items.parquet"
    pq.write_table(table.set_column(2, "item_code", [codes]), own)
    few = tmp_path / "households.parquet"
    pq.write_table(pq.read_table(households).slice(0, 5_000), few)
    pack = load_pack(PACK)
    expected = compute_files(pack, few, own, ON, tmp_path / "alone", size=1_000)
    manifest = compute_distributed(pack, few, own, ON, tmp_path / engine, engine=engine, size=1_000)
    assert (manifest["withheld"], manifest["problems"], manifest["checked"]) == (2, 2, True)
    assert {name: manifest[name] for name in SAME} == {name: expected[name] for name in SAME}
