"""Published standards of nine countries as packs, written the natural way: sound, and every example to the coin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.engines.entitlements.test_language_packs import amounts_of
from yixian.engines.entitlements import compute, load_pack
from yixian.engines.entitlements.examples import run_examples
from yixian.engines.entitlements.fact_files import FactFilesError, fact_files
from yixian.engines.entitlements.pack_notes import notes_of

STANDARDS = sorted(path for path in (Path(__file__).parents[2] / "packs").iterdir() if path.is_dir())
MEANT = {("jingling-exchange", "note.below_zero")}
"""There the household pays for the dearer house."""


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.name)
def test_a_standard_comes_out_as_it_was_worked_by_hand(path: Path) -> None:
    pack = load_pack(path)
    outcome = run_examples(pack)
    assert outcome.problems == ()
    assert outcome.count
    assert pack.documents["LAW"].source
    notes = [note for note in notes_of(pack, outcome.proven) if (pack.id, note.key) not in MEANT]
    assert notes == []


def test_three_thirds_of_ten_thousand_lose_nothing() -> None:
    """72C: the cent that is left goes to the first of three equal owners, however they stand in the file."""
    pack = load_pack(STANDARDS[0].parent / "nz-home-loss")
    owners = [(line, "owner", {"quantity": "1"}) for line in ("b", "c", "a")]
    found = amounts_of(pack, {"land_value": "100000"}, owners, date(2020, 1, 1))
    assert found == {("a", "home_loss"): 333334, ("b", "home_loss"): 333333, ("c", "home_loss"): 333333}


def test_a_pack_without_zones_needs_no_zone_in_its_files(tmp_path: Path) -> None:
    """A household of days, choices and a sum below zero, from CSV; where there are zones an empty one is named."""
    pack = load_pack(STANDARDS[0].parent / "jingling-exchange")
    header = "household_id,zone,persons,own_value,new_area,floor,out,handed"
    row = "H,,3,200000,100,high,2024-01-01,2024-02-29"
    (tmp_path / "households.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (tmp_path / "items.csv").write_text("line_id,household_id,item_code\n", encoding="utf-8")
    made = tmp_path / "made"
    made.mkdir()
    households, items = fact_files(tmp_path, pack, made)
    result = compute(pack, pq.read_table(households), pq.read_table(items), date(2024, 5, 31))
    assert result.statements.to_pylist()[0]["total_fen"] == -9355000
    zoned = replace(pack, zones={"near": ("近", "near")})
    with pytest.raises(FactFilesError, match="“zone” is empty"):
        fact_files(tmp_path, zoned, made)


_YEAR_LAST = "the year stands last, so that day and month may be either way round"


def test_a_day_that_is_none_is_named_by_its_line(tmp_path: Path) -> None:
    pack = load_pack(STANDARDS[0].parent / "jingling-exchange")
    header = "household_id,zone,persons,own_value,new_area,floor,out,handed"
    row = "H,,3,200000,100,high,09/10/2024,2024-02-30"
    (tmp_path / "households.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (tmp_path / "items.csv").write_text("line_id,household_id,item_code\n", encoding="utf-8")
    with pytest.raises(FactFilesError) as caught:
        fact_files(tmp_path, pack, tmp_path)
    assert caught.value.problems == [
        f"households.csv:2: “out” is no day, YYYY-MM-DD ({_YEAR_LAST}): “09/10/2024”",
        "households.csv:2: “handed” is no day, YYYY-MM-DD (there is no such day): “2024-02-30”",
    ]
