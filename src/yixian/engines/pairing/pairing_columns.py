"""列: one table's columns read and checked; every bad value is named, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from yixian.engines.pairing.county import Floats, Ints
from yixian.engines.pairing.pairing_errors import HEADER, InputInvalid, PairingFault
from yixian.lazy_imports import np, npt, pa, pc

HOUSEHOLDS = "households"
HELPERS = "helpers"
ELIGIBLE = "eligible"
PREVIOUS = "previous"
POSSIBLE = "possible"
MAX_COST = 10**12
MAX_PLACES = 10**6
MAX_DEMAND = 100
TIER_COLUMNS = ("places_hard", "places_hardest")
COLUMNS = {
    HOUSEHOLDS: ("household_id", "area_code", "lon", "lat", "difficulty", "demand"),
    HELPERS: ("helper_id", "role", "body", "lon", "lat", "places", *TIER_COLUMNS),
    ELIGIBLE: ("household_id", "helper_id", "cost"),
    PREVIOUS: ("household_id", "helper_id", "role", "cost", "kept"),
    POSSIBLE: ("household_id", "helper_id", "cost", "remedy"),
}
_OPTIONAL = {
    HOUSEHOLDS: {"demand"},
    HELPERS: {*TIER_COLUMNS},
    PREVIOUS: {"role", "cost", "kept"},
}


@dataclass
class TableReader:
    """One table being read; faults gather until the end."""

    name: str
    table: pa.Table
    faults: list[PairingFault] = field(default_factory=list)

    def check_columns(self) -> None:
        """Exactly the documented columns must be there (a previous pairing may have more); names every other."""
        present, known = list(self.table.column_names), COLUMNS[self.name]
        for column in known:
            if column not in present and column not in _OPTIONAL.get(self.name, set()):
                self._fault(HEADER, column, "", "column_missing", f"column {column} is missing: add it")
        for place, column in enumerate(present if self.name != PREVIOUS else ()):
            if column not in known or column in present[:place]:
                self._fault(
                    HEADER, column, column, "column_unknown", f"column {column} is not known: remove it"
                )

    def _fault(self, row: int, column: str, value: str, key: str, message: str) -> None:
        self.faults.append(PairingFault(self.name, row, column, value, f"pairing.{key}", message))

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
        empty = flags(pc.equal(text, ""))
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
            flags(pc.equal(text, "")), column, "value_missing", lambda _: f"{column} is empty: fill it in"
        )
        return text

    def integers_or(self, column: str, low: int, high: int, empty: Ints) -> Ints:
        """A column of integers within bounds, with another value wherever it is empty."""
        filled = pc.equal(self.texts(column), "")
        values = self._integers(pc.if_else(filled, "1", self.texts(column)), column, low, high)
        return np.where(flags(filled), empty, values).astype(np.int64)

    def integers(self, column: str, low: int, high: int) -> Ints:
        """A column of integers within bounds (1 where it is not)."""
        return self._integers(self.texts(column), column, low, high)

    def _integers(self, text: pa.Array, column: str, low: int, high: int) -> Ints:
        written = flags(pc.match_substring_regex(text, r"^-?[0-9]{1,18}$"))
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
        written = flags(pc.match_substring_regex(text, r"^-?[0-9]{1,3}(\.[0-9]+)?(e-[0-9]{1,3})?$"))
        known = pc.if_else(pa.array(written), text, pa.scalar(None, pa.string()))
        values: Floats = known.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)
        unknown = flags(pc.equal(text, ""))
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
            flags(pc.is_null(found)),
            column,
            "id_unknown",
            lambda v: f"{column} {v!r} is not among the {of_table}: correct it or add it there",
        )
        positions: Ints = pc.fill_null(found, 0).to_numpy(zero_copy_only=False).astype(np.int64)
        return positions


def refuse_faults(readers: list[TableReader]) -> None:
    """Raise `InputInvalid` with the faults of all readers, if there are any."""
    faults = [fault for reader in readers for fault in reader.faults]
    if faults:
        raise InputInvalid(faults)


def _codes(text: pa.Array) -> Ints:
    codes: Ints = text.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    flags: npt.NDArray[np.bool_] = array.to_numpy(zero_copy_only=False).astype(np.bool_)
    return flags
