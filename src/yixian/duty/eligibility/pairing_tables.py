"""结对三表: households, the helpers who could take them and every eligible pair, as the pairing engine takes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from yixian.domain.areas import path_chain
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.distances import point
from yixian.duty.eligibility.edges import Edges
from yixian.duty.eligibility.excluded import excluded_pairs
from yixian.duty.eligibility.offers import Offer, offers, stations
from yixian.lazy_imports import pa
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


@dataclass(frozen=True, slots=True)
class PairingTables:
    """The engine's three tables (columns as in docs/pairing.md), by household and helper number; the rows they stand for."""

    households: pa.Table
    helpers: pa.Table
    edges: pa.Table
    by_household_no: dict[str, Household]
    by_helper_no: dict[str, Helper]


def pairing_tables(
    households: Sequence[Household],
    role: HelperKind,
    days: Days,
    *,
    beyond: int = 0,
    standing_in: bool = False,
    without: Collection[int] = (),
) -> PairingTables:
    """These households, everybody of a role with a place left for them, and every eligible pair (no pruning).

    ``households`` need ``area`` loaded; the rest is as for `yixian.duty.eligibility.offers.offers`.
    """
    found = offers(households, role, days, beyond=beyond, standing_in=standing_in, without=without)
    return tables_of(households, found, days)


def tables_of(households: Sequence[Household], found: Sequence[Offer], days: Days) -> PairingTables:
    """The tables for these offers."""
    places = {place for path in {row.area_path for row in households} for place in path_chain(path)}
    excluded = excluded_pairs([offer.helper for offer in found], {row.pk for row in households}, days)
    edges = Edges(households, found, stations(days.first, places), excluded)
    return PairingTables(
        _household_table(households),
        _helper_table(found),
        edges.table(),
        {row.household_no: row for row in households},
        {offer.helper.helper_no: offer.helper for offer in found},
    )


def _household_table(rows: Sequence[Household]) -> pa.Table:
    points = [point(row) for row in rows]
    return pa.table(
        {
            "household_id": pa.array([row.household_no for row in rows], pa.string()),
            "area_code": pa.array([row.area.code for row in rows], pa.string()),
            "lon": pa.array([point[0] for point in points], pa.float64(), from_pandas=True),
            "lat": pa.array([point[1] for point in points], pa.float64(), from_pandas=True),
            "difficulty": pa.array([row.difficulty for row in rows], pa.int64()),
        }
    )


def _helper_table(rows: Sequence[Offer]) -> pa.Table:
    points = [point(row.helper) for row in rows]
    return pa.table(
        {
            "helper_id": pa.array([row.helper.helper_no for row in rows], pa.string()),
            "role": pa.array([row.helper.kind for row in rows], pa.string()),
            "body": pa.array([row.helper.organisation.code for row in rows], pa.string()),
            "lon": pa.array([point[0] for point in points], pa.float64(), from_pandas=True),
            "lat": pa.array([point[1] for point in points], pa.float64(), from_pandas=True),
            "places": pa.array([row.places for row in rows], pa.int64()),
        }
    )
