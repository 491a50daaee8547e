"""读入: three tables become a county, or every bad row is named. Nothing is guessed and nothing is dropped.

Columns may be typed or text (as a file gives them):

  households  household_id, area_code, lon, lat, difficulty (1-3)[, demand (>= 1, default 1)]
  helpers     helper_id, role (cadre | member), body, lon, lat, places (>= 0)[, places_hard][, places_hardest]
  eligible    household_id, helper_id, cost (integer, lower is better; a pair that is absent is not eligible)

``places_hard`` is the most households of difficulty 2 or 3, ``places_hardest`` of difficulty 3; empty is no such limit.
``lon`` and ``lat`` (degrees) may be empty: they only order households and measure distances for the fairness figures.
"""

from __future__ import annotations

from yixian.engines.pairing.county import ROLES, County, Floats, Helpers, Households, Ints, Ties
from yixian.engines.pairing.pairing_columns import (
    ELIGIBLE,
    HELPERS,
    HOUSEHOLDS,
    MAX_COST,
    MAX_DEMAND,
    MAX_PLACES,
    TIER_COLUMNS,
    TableReader,
    flags,
    refuse_faults,
)
from yixian.lazy_imports import np, pa, pc


def read_county(households: pa.Table, helpers: pa.Table, eligible: pa.Table) -> County:
    """Check the three tables and bring them into canonical order.

    Raises `InputInvalid` with every bad value: missing or unknown columns, empty or repeated ids, numbers that are
    not integers or out of bounds, roles that do not exist, unknown ids and repeated pairs in ``eligible``.
    """
    readers = [
        TableReader(HOUSEHOLDS, households),
        TableReader(HELPERS, helpers),
        TableReader(ELIGIBLE, eligible),
    ]
    for reader in readers:
        reader.check_columns()
    refuse_faults(readers)
    people, those_who_help, pairs = readers
    house = _households(people)
    help_ = _helpers(those_who_help)
    ties = read_ties(pairs, house, help_, MAX_COST)
    refuse_faults(readers)
    return _in_canonical_order(house, help_, ties)


def _households(reader: TableReader) -> Households:
    asked = "demand" in reader.table.column_names
    return Households(
        ids=reader.ids("household_id"),
        area_code=reader.filled("area_code"),
        lon=reader.degrees("lon", 180),
        lat=reader.degrees("lat", 90),
        difficulty=reader.integers("difficulty", 1, 3),
        demand=reader.integers("demand", 1, MAX_DEMAND) if asked else np.ones(len(reader.table), np.int64),
    )


def _helpers(reader: TableReader) -> Helpers:
    ids = reader.ids("helper_id")
    role = pc.index_in(reader.texts("role"), value_set=pa.array(ROLES))
    reader.refuse(
        flags(pc.is_null(role)),
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
        tier_places=_tier_places(reader),
    )


def _tier_places(reader: TableReader) -> Ints:
    places = reader.integers("places", 0, MAX_PLACES)
    tiers = [places]
    for column in TIER_COLUMNS:
        given = column in reader.table.column_names
        tiers.append(reader.integers_or(column, 0, MAX_PLACES, places) if given else places)
    return np.column_stack(tiers)


def read_ties(reader: TableReader, households: Households, helpers: Helpers, max_cost: int) -> Ties:
    """Pairs with a cost, in the rows' order; names unknown ids, costs that are none, and repeated pairs."""
    household = reader.positions("household_id", households.ids, HOUSEHOLDS)
    helper = reader.positions("helper_id", helpers.ids, HELPERS)
    cost = reader.integers("cost", -max_cost, max_cost)
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
            helpers.tier_places[by_id],
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
