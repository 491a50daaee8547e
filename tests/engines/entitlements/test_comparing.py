"""Two packs beside each other: nothing made up, nothing lost, and the sums of every table agree."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.engines.entitlements.invented import DAYS, invent
from tests.engines.entitlements.test_invented_packs import _facts
from yixian.engines.entitlements import compare, compute
from yixian.engines.entitlements.pack_files import read_pack

ON = date(2024, 6, 1)


def _tables(homes, items):
    return pa.Table.from_pylist(homes), pa.Table.from_pylist(items)


@pytest.mark.proof(cases=48, slice=5)
def test_every_table_agrees_with_calculation_each_pack_alone(cases):
    """Two invented packs of the same form and other numbers, with a rule paid otherwise and some households held."""
    for seed in cases:
        tables_agree(seed)


def tables_agree(seed):
    old, new = invent(seed), invent(seed + 100)
    sources = new.sources | {"pack.yaml": old.sources["pack.yaml"]}
    sources["rules.yaml"] = sources["rules.yaml"].replace("paid: monthly", "paid: yearly")
    packs = read_pack(old.sources), read_pack(sources)
    rnd = random.Random(seed)
    homes, items = _facts(rnd, old.scale)
    for place, home in enumerate(homes):
        home["area_code"] = f"A{place % 7}"
    homes[3]["persons"] = None
    items[5]["quantity"] = None
    facts = _tables(homes, items)
    found = compare(*packs, *facts, DAYS[1])
    results = [compute(pack, *facts, DAYS[1]) for pack in packs]
    held = {row["household_id"] for result in results for row in result.problems.to_pylist()}
    own = [
        {
            (row["household_id"], row["line_id"], row["rule"], row["paid"]): row["amount_fen"]
            for row in result.lines.to_pylist()
            if row["household_id"] not in held and row["paid"] != "counted"
        }
        for result in results
    ]
    expected = {
        key: (own[0].get(key), own[1].get(key))
        for key in own[0].keys() | own[1].keys()
        if own[0].get(key) != own[1].get(key)
    }
    got = {
        (row["household_id"], row["line_id"], row["rule"], row["paid"]): (row["old_fen"], row["new_fen"])
        for row in found.lines.to_pylist()
    }
    assert got == expected
    assert {
        row["household_id"] for row in found.households.to_pylist() if row["status"] != "compared"
    } == held
    assert len(found.households) == len(homes)
    sums = defaultdict(int)
    for row in found.lines.to_pylist():
        sums[row["paid"]] += row["difference_fen"]
    assert found.manifest["gained_fen"] - found.manifest["lost_fen"] == sums["once"]
    assert found.manifest["monthly_difference_fen"] == sums["monthly"]
    assert found.manifest["yearly_difference_fen"] == sums["yearly"]
    for table, keys in ((found.items, ("paid",)), (found.heads, ("paid",))):
        by_paid = defaultdict(int)
        for row in table.to_pylist():
            by_paid[row[keys[0]]] += row["difference_fen"]
        assert {paid: total for paid, total in by_paid.items() if total} == {
            paid: total for paid, total in sums.items() if total
        }
    assert sum(row["difference_fen"] for row in found.areas.to_pylist()) == sums["once"]
    assert sum(row["gaining"] for row in found.areas.to_pylist()) == found.manifest["gaining"]
    assert found.manifest["checksums"] == [result.manifest["checksum"] for result in results]


def _county(pack):
    homes = [
        {"household_id": "H1", "zone": "rural", "persons": 1, "area_code": "V1"},
        {"household_id": "H2", "zone": "rural", "persons": 4, "area_code": "V1"},
        {"household_id": "H3", "zone": "rural", "persons": 2, "area_code": "V2"},
    ]
    items = [
        {"line_id": "L1", "household_id": "H1", "item_code": "house.main.timber", "quantity": Decimal("100")},
        {"line_id": "L2", "household_id": "H2", "item_code": "house.main.timber", "quantity": Decimal("50")},
        {"line_id": "L3", "household_id": "H3", "item_code": "facility.cellar", "quantity": Decimal("2")},
    ]
    return _tables(homes, items)


def test_a_price_raised_in_a_draft_helps_one_and_shortens_anothers_top_up(pack):
    """Timber rises from 394 to 400 yuan: H1 gains 600.00, H2's 300.00 more of house is 300.00 less of top-up."""
    sources = pack.sources | {
        "prices.csv": pack.sources["prices.csv"].replace(",394,", ",400,"),
        "pack.yaml": pack.sources["pack.yaml"].replace("jurisdiction: CN", "jurisdiction: CN\nstatus: draft"),
    }
    found = compare(pack, read_pack(sources), *_county(pack), ON)
    assert [
        (row["household_id"], row["old_fen"], row["new_fen"], row["difference_fen"])
        for row in found.households.to_pylist()
    ] == [
        ("H1", 39_400_00, 40_000_00, 600_00),
        ("H2", 50_880_00, 50_880_00, 0),
        ("H3", 25_800_00, 25_800_00, 0),
    ]
    assert {
        (row["household_id"], row["line_id"]): row["difference_fen"] for row in found.lines.to_pylist()
    } == {("H1", "L1"): 600_00, ("H2", "L2"): 300_00, ("H2", "hardship_topup"): -300_00}
    assert found.manifest["new_is_draft"] is True
    assert (found.manifest["gaining"], found.manifest["losing"], found.manifest["unchanged"]) == (1, 0, 2)
    assert [
        (row["area_code"], row["households"], row["gaining"], row["difference_fen"])
        for row in found.areas.to_pylist()
    ] == [("V1", 2, 1, 600_00), ("V2", 1, 0, 0)]


def test_a_household_that_only_one_pack_can_calculate_is_said_and_not_compared(pack):
    rows = pack.sources["prices.csv"].splitlines(keepends=True)
    without = "".join(row for row in rows if not row.startswith("facility.cellar"))
    items = "".join(
        row
        for row in pack.sources["items.csv"].splitlines(keepends=True)
        if not row.startswith("facility.cellar")
    )
    naming = {"vocabulary.yaml", "survey.yaml"}  # what names the items, which are fewer here
    sources = {key: value for key, value in pack.sources.items() if key not in naming}
    smaller = read_pack(sources | {"prices.csv": without, "items.csv": items})
    for packs, status, count in (
        ((pack, smaller), "newly_withheld", "newly_withheld"),
        ((smaller, pack), "no_longer_withheld", "no_longer_withheld"),
        ((smaller, smaller), "withheld_in_both", None),
    ):
        found = compare(*packs, *_county(pack), ON)
        (row,) = [row for row in found.households.to_pylist() if row["household_id"] == "H3"]
        assert (row["status"], row["difference_fen"]) == (status, None)
        assert found.manifest["compared"] == 2
        assert count is None or found.manifest[count] == 1
        assert found.lines.num_rows == 0


def test_a_pack_compared_with_itself_changes_nothing(pack):
    found = compare(pack, pack, *_county(pack), ON)
    assert found.lines.num_rows == 0
    assert found.manifest["unchanged"] == 3
    assert found.manifest["old_fen"] == found.manifest["new_fen"] > 0
