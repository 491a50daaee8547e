"""读入: three tables become a county, or every bad row is named. Nothing is guessed and nothing is dropped.

Columns may be typed or text (as a file gives them):

  households  household_id, area_code, lon, lat, difficulty (1-3)[, demand (>= 1, default 1)]
  helpers     helper_id, role (cadre | member), body, lon, lat, places (>= 0)
  eligible    household_id, helper_id, cost (integer, lower is better; a pair that is absent is not eligible)

``lon`` and ``lat`` (degrees) may be empty: they only order households and measure distances for the fairness figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from yixian.engines.pairing.county import ROLES, County, Floats, Helpers, Households, Ints, Ties
from yixian.engines.pairing.errors import HEADER, Fault, InputInvalid

MAX_COST = 10**12
MAX_PLACES = 10**6
MAX_DEMAND = 100

HOUSEHOLDS = "households"
HELPERS = "helpers"
ELIGIBLE = "eligible"
COLUMNS = {
    HOUSEHOLDS: ("household_id", "area_code", "lon", "lat", "difficulty", "demand"),
    HELPERS: ("helper_id", "role", "body", "lon", "lat", "places"),
    ELIGIBLE: ("household_id", "helper_id", "cost"),
}
OPTIONAL = {"demand"}


@dataclass
class _Reader:
    """One table being read; faults gather until the end."""

    name: str
    table: pa.Table
    faults: list[Fault] = field(default_factory=list)

    def check_columns(self) -> None:
        """Exactly the documented columns must be there; names each that is missing or unknown."""
        present, known = list(self.table.column_names), COLUMNS[self.name]
        for column in known:
            if column not in present and column not in OPTIONAL:
                self._fault(HEADER, column, "", "column_missing", f"column {column} is missing: add it")
        for place, column in enumerate(present):
            if column not in known or column in present[:place]:
                self._fault(
                    HEADER, column, column, "column_unknown", f"column {column} is not known: remove it"
                )

    def _fault(self, row: int, column: str, value: str, key: str, message: str) -> None:
        self.faults.append(Fault(self.name, row, column, value, f"pairing.{key}", message))

    def refuse(self, bad: npt.NDArray[np.bool_], column: str, key: str, say: Callable[[str], str]) -> None:
        """Name every row where ``bad``."""
        rows = np.flatnonzero(bad)
        if len(rows):
            values = self.texts(column).take(pa.array(rows)).to_pylist()
            for row, value in zip(rows.tolist(), values, strict=True):
                self._fault(row, column, value, key, say(value))

    def texts(self, column: str) -> pa.Array:
        """The column as text; what is empty is ""."""
        text = pc.fill_null(self.table[column].cast(pa.string()), "")
        return text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text

    def ids(self, column: str) -> pa.Array:
        """A column of names, each present and unique."""
        text = self.texts(column)
        empty = _flags(pc.equal(text, ""))
        self.refuse(empty, column, "id_missing", lambda _: f"{column} is empty: give every row its id")
        codes = _codes(text)
        first = np.full(len(text), len(text), np.int64)
        np.minimum.at(first, codes, np.arange(len(text)))
        repeated = (first[codes] < np.arange(len(text))) & ~empty
        self.refuse(
            repeated, column, "id_repeated", lambda v: f"{column} {v} stands there twice: keep one row"
        )
        return text

    def filled(self, column: str) -> pa.Array:
        """A column of texts, each present."""
        text = self.texts(column)
        self.refuse(
            _flags(pc.equal(text, "")), column, "value_missing", lambda _: f"{column} is empty: fill it in"
        )
        return text

    def integers(self, column: str, low: int, high: int) -> Ints:
        """A column of integers within bounds (1 where it is not)."""
        text = self.texts(column)
        written = _flags(pc.match_substring_regex(text, r"^-?[0-9]{1,18}$"))
        values = pc.if_else(pa.array(written), text, "1").cast(pa.int64()).to_numpy(zero_copy_only=False)
        inside = written & (values >= low) & (values <= high)
        self.refuse(
            ~inside,
            column,
            "not_an_integer_within",
            lambda v: f"{column} is {v!r}: it must be a whole number from {low} to {high}",
        )
        return np.where(inside, values, 1).astype(np.int64)

    def degrees(self, column: str, limit: int) -> Floats:
        """A column of degrees; empty is unknown (nan)."""
        text = self.texts(column)
        written = _flags(pc.match_substring_regex(text, r"^-?[0-9]{1,3}(\.[0-9]+)?(e-[0-9]{1,3})?$"))
        known = pc.if_else(pa.array(written), text, pa.scalar(None, pa.string()))
        values: Floats = known.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)
        unknown = _flags(pc.equal(text, ""))
        self.refuse(
            ~unknown & ~(written & (np.abs(np.nan_to_num(values)) <= limit)),
            column,
            "not_degrees",
            lambda v: f"{column} is {v!r}: it must be degrees from -{limit} to {limit}, or empty",
        )
        return values

    def positions(self, column: str, ids: pa.Array, of_table: str) -> Ints:
        """Where each id stands in another table's ids (0 where it does not)."""
        found = pc.index_in(self.texts(column), value_set=ids)
        self.refuse(
            _flags(pc.is_null(found)),
            column,
            "id_unknown",
            lambda v: f"{column} {v!r} is not among the {of_table}: correct it or add it there",
        )
        positions: Ints = pc.fill_null(found, 0).to_numpy(zero_copy_only=False).astype(np.int64)
        return positions


def read_county(households: pa.Table, helpers: pa.Table, eligible: pa.Table) -> County:
    """Check the three tables and bring them into canonical order.

    Raises `InputInvalid` with every bad value: missing or unknown columns, empty or repeated ids, numbers that are
    not integers or out of bounds, roles that do not exist, unknown ids and repeated pairs in ``eligible``.
    """
    readers = [
        _Reader(HOUSEHOLDS, households),
        _Reader(HELPERS, helpers),
        _Reader(ELIGIBLE, eligible),
    ]
    for reader in readers:
        reader.check_columns()
    _refuse_faults(readers)
    people, those_who_help, pairs = readers
    house = _households(people)
    help_ = _helpers(those_who_help)
    ties = _ties(pairs, house, help_)
    _refuse_faults(readers)
    return _in_canonical_order(house, help_, ties)


def _refuse_faults(readers: list[_Reader]) -> None:
    faults = [fault for reader in readers for fault in reader.faults]
    if faults:
        raise InputInvalid(faults)


def _households(reader: _Reader) -> Households:
    asked = "demand" in reader.table.column_names
    return Households(
        ids=reader.ids("household_id"),
        area_code=reader.filled("area_code"),
        lon=reader.degrees("lon", 180),
        lat=reader.degrees("lat", 90),
        difficulty=reader.integers("difficulty", 1, 3),
        demand=reader.integers("demand", 1, MAX_DEMAND) if asked else np.ones(len(reader.table), np.int64),
    )


def _helpers(reader: _Reader) -> Helpers:
    ids = reader.ids("helper_id")
    role = pc.index_in(reader.texts("role"), value_set=pa.array(ROLES))
    reader.refuse(
        _flags(pc.is_null(role)),
        "role",
        "role_unknown",
        lambda v: f"role is {v!r}: it must be {' or '.join(ROLES)}",
    )
    return Helpers(
        ids=ids,
        role=pc.fill_null(role, 0).to_numpy(zero_copy_only=False).astype(np.int64),
        body=reader.texts("body"),
        lon=reader.degrees("lon", 180),
        lat=reader.degrees("lat", 90),
        places=reader.integers("places", 0, MAX_PLACES),
    )


def _ties(reader: _Reader, households: Households, helpers: Helpers) -> Ties:
    household = reader.positions("household_id", households.ids, HOUSEHOLDS)
    helper = reader.positions("helper_id", helpers.ids, HELPERS)
    cost = reader.integers("cost", -MAX_COST, MAX_COST)
    if not reader.faults:
        pair = household * max(len(helpers), 1) + helper
        order = np.argsort(pair, kind="stable")
        again = np.zeros(len(pair), np.bool_)
        again[order[1:]] = pair[order[1:]] == pair[order[:-1]]
        reader.refuse(
            again,
            "helper_id",
            "pair_repeated",
            lambda v: f"this household and helper {v} stand there twice: keep one row",
        )
    return Ties(household, helper, cost)


def _in_canonical_order(households: Households, helpers: Helpers, ties: Ties) -> County:
    geographic = _sorted_positions(
        area=households.area_code, lon=households.lon, lat=households.lat, id=households.ids
    )
    by_id = _sorted_positions(id=helpers.ids)
    household, helper = _rank(geographic)[ties.household], _rank(by_id)[ties.helper]
    order = np.argsort(household * max(len(helpers), 1) + helper, kind="stable")
    return County(
        Households(
            households.ids.take(pa.array(geographic)),
            households.area_code.take(pa.array(geographic)),
            households.lon[geographic],
            households.lat[geographic],
            households.difficulty[geographic],
            households.demand[geographic],
        ),
        Helpers(
            helpers.ids.take(pa.array(by_id)),
            helpers.role[by_id],
            helpers.body.take(pa.array(by_id)),
            helpers.lon[by_id],
            helpers.lat[by_id],
            helpers.places[by_id],
        ),
        Ties(household[order], helper[order], ties.cost[order]),
    )


def _sorted_positions(**columns: pa.Array | Floats) -> Ints:
    keys = [(name, "ascending") for name in columns]
    positions = pc.sort_indices(pa.table(dict(columns)), sort_keys=keys)
    result: Ints = positions.to_numpy(zero_copy_only=False).astype(np.int64)
    return result


def _rank(order: Ints) -> Ints:
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _codes(text: pa.Array) -> Ints:
    codes: Ints = text.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    flags: npt.NDArray[np.bool_] = array.to_numpy(zero_copy_only=False).astype(np.bool_)
    return flags
