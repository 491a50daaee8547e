"""Every bad value is named with its table, row and column; nothing is solved."""

from __future__ import annotations

import pyarrow as pa
import pytest

from yixian.engines.pairing import InputInvalid, solve

GOOD = {
    "households": [
        {"household_id": "H1", "area_code": "530625101201", "lon": "103.5", "lat": "28.1", "difficulty": "1"},
        {"household_id": "H2", "area_code": "530625101201", "lon": "", "lat": "", "difficulty": "3"},
    ],
    "helpers": [{"helper_id": "P1", "role": "cadre", "body": "B", "lon": "103", "lat": "28", "places": "2"}],
    "eligible": [
        {"household_id": "H1", "helper_id": "P1", "cost": "7"},
        {"household_id": "H2", "helper_id": "P1", "cost": "-7"},
    ],
}

BAD = [
    ("households", 1, "household_id", "H1", "id_repeated"),
    ("households", 1, "household_id", "", "id_missing"),
    ("households", 0, "area_code", "", "value_missing"),
    ("households", 0, "lon", "103,5", "not_degrees"),
    ("households", 0, "lon", "180.5", "not_degrees"),
    ("households", 0, "lat", "北", "not_degrees"),
    ("households", 0, "difficulty", "4", "not_an_integer_within"),
    ("households", 0, "difficulty", "", "not_an_integer_within"),
    ("households", 0, "difficulty", "１", "not_an_integer_within"),
    ("households", 0, "demand", "0", "not_an_integer_within"),
    ("helpers", 0, "helper_id", "", "id_missing"),
    ("helpers", 0, "role", "leader", "role_unknown"),
    ("helpers", 0, "places", "-3", "not_an_integer_within"),
    ("helpers", 0, "places", "2.0", "not_an_integer_within"),
    ("helpers", 0, "places", "1000001", "not_an_integer_within"),
    ("eligible", 0, "household_id", "H7", "id_unknown"),
    ("eligible", 1, "helper_id", "P7", "id_unknown"),
    ("eligible", 1, "household_id", "H1", "pair_repeated"),
    ("eligible", 0, "cost", "7.5", "not_an_integer_within"),
    ("eligible", 0, "cost", "9999999999999999999999", "not_an_integer_within"),
]


def tables(changes=()):
    rows = {name: [dict(row) for row in rows] for name, rows in GOOD.items()}
    for table, row, column, value in changes:
        for each in rows[table]:
            each.setdefault(column, "1")
        rows[table][row][column] = value
    return [pa.Table.from_pylist(rows[name]) for name in ("households", "helpers", "eligible")]


def test_text_columns_are_read():
    solution = solve(*tables(), seed=1, balance=0)
    assert [(r["household_id"], r["cost"]) for r in solution.pairs.to_pylist()] == [("H1", 7), ("H2", -7)]


@pytest.mark.parametrize(("table", "row", "column", "value", "key"), BAD)
def test_a_bad_value_is_named(table, row, column, value, key):
    with pytest.raises(InputInvalid) as caught:
        solve(*tables([(table, row, column, value)]), seed=1)
    (fault,) = [
        fault for fault in caught.value.faults if fault.key != "pairing.id_unknown" or key == "id_unknown"
    ]
    assert (fault.table, fault.row, fault.key) == (table, row, f"pairing.{key}")
    assert fault.column == ("helper_id" if key == "pair_repeated" else column)


def test_all_bad_values_are_named_at_once():
    changes = [("households", 0, "lat", "x"), ("helpers", 0, "places", "x"), ("eligible", 0, "cost", "x")]
    with pytest.raises(InputInvalid, match="3 bad values") as caught:
        solve(*tables(changes), seed=1)
    assert [(f.table, f.column) for f in caught.value.faults] == [
        ("eligible", "cost"),
        ("helpers", "places"),
        ("households", "lat"),
    ]


def test_columns_missing_unknown_or_twice_are_named():
    households, helpers, eligible = tables()
    twice = pa.table([eligible["cost"], *eligible.columns], names=["cost", *eligible.column_names])
    with pytest.raises(InputInvalid) as caught:
        solve(households.drop(["lon"]), helpers.append_column("age", helpers["places"]), twice, seed=1)
    assert [(f.table, f.row, f.column, f.key) for f in caught.value.faults] == [
        ("eligible", -1, "cost", "pairing.column_unknown"),
        ("helpers", -1, "age", "pairing.column_unknown"),
        ("households", -1, "lon", "pairing.column_missing"),
    ]


def test_an_empty_cell_of_a_typed_column_is_named():
    households, helpers, eligible = tables()
    nobody = pa.table({"household_id": ["H1"], "helper_id": ["P1"], "cost": pa.array([None], pa.int64())})
    with pytest.raises(InputInvalid, match="cost is ''"):
        solve(households, helpers, nobody, seed=1)
    assert eligible.num_rows == 2
