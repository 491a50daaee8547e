"""原结对: the pairs there were before, as marks on what may be paired now.

A pair that is not eligible any more is lost. A row that names somebody who is not there any more is lost too, and is
named; if its household is still there, it counts among the moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from yixian.engines.pairing.county import ROLES, County, Flags, Ints
from yixian.engines.pairing.pairing_columns import PREVIOUS, TableReader, flags, refuse_faults
from yixian.engines.pairing.solution import gone_columns
from yixian.lazy_imports import np, pa, pc

_NOBODY = -1


@dataclass(frozen=True)
class Previous:
    """``tie`` marks the county's ties that were pairs; ``pairs`` counts, per role, those whose household still exists.

    ``gone`` has the rows (``row`` from 0, ``household_id``, ``helper_id``) whose household or helper is gone.
    """

    tie: Flags
    pairs: dict[str, int]
    gone: pa.Table


def read_previous(county: County, table: pa.Table) -> Previous:
    """Check the rows of a previous pairing and find them in the county.

    Columns ``household_id, helper_id[, role]``; others are not looked at. Without ``role`` a pair has its helper's.
    Raises `InputInvalid` for missing columns, empty ids, roles that do not exist and pairs that stand there twice.
    """
    reader = TableReader(PREVIOUS, table)
    reader.check_columns()
    refuse_faults([reader])
    household = _known(reader, "household_id", county.households.ids)
    helper = _known(reader, "helper_id", county.helpers.ids)
    role = _roles(reader, county, helper)
    _refuse_repeated(reader)
    refuse_faults([reader])
    gone = np.flatnonzero((household == _NOBODY) | (helper == _NOBODY))
    rows = pa.array(gone)
    return Previous(
        _ties(county, household, helper, role),
        {name: int(((household >= 0) & (role == place)).sum()) for place, name in enumerate(ROLES)},
        pa.table(
            [rows, reader.texts("household_id").take(rows), reader.texts("helper_id").take(rows)],
            schema=gone_columns(),
        ),
    )


def _known(reader: TableReader, column: str, ids: pa.Array) -> Ints:
    """Where each id stands among those who are there, or -1."""
    found = pc.fill_null(pc.index_in(reader.filled(column), value_set=ids), _NOBODY)
    positions: Ints = found.to_numpy(zero_copy_only=False).astype(np.int64)
    return positions


def _roles(reader: TableReader, county: County, helper: Ints) -> Ints:
    """The role each row states, or its helper's (-1 if the helper is gone)."""
    own = np.where(helper >= 0, county.helpers.role[helper], _NOBODY) if len(county.helpers) else helper
    if "role" not in reader.table.column_names:
        return own.astype(np.int64)
    stated = pc.index_in(reader.texts("role"), value_set=pa.array(ROLES))
    reader.refuse(
        flags(pc.is_null(stated)),
        "role",
        "role_unknown",
        lambda v: f"role is {v!r}: it must be {' or '.join(ROLES)}",
    )
    roles: Ints = pc.fill_null(stated, _NOBODY).to_numpy(zero_copy_only=False).astype(np.int64)
    return roles


def _refuse_repeated(reader: TableReader) -> None:
    pair = pc.binary_join_element_wise(reader.texts("household_id"), reader.texts("helper_id"), "\n")
    codes = pair.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    first = np.full(len(codes), len(codes), np.int64)
    np.minimum.at(first, codes, np.arange(len(codes)))
    reader.refuse(
        first[codes] < np.arange(len(codes)),
        "helper_id",
        "pair_repeated",
        lambda v: f"this household and helper {v} stand there twice: keep one row",
    )


def _ties(county: County, household: Ints, helper: Ints, role: Ints) -> Flags:
    """Marks the ties that the rows are, where they still are eligible and of the role."""
    marks = np.zeros(len(county.ties), np.bool_)
    there = np.flatnonzero((household >= 0) & (helper >= 0))
    there = there[county.helpers.role[helper[there]] == role[there]]
    found = county.ties.find(household[there], helper[there])
    marks[found[found >= 0]] = True
    return marks
