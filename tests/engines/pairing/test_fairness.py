"""The published figures, worked by hand."""

from __future__ import annotations

import pyarrow as pa
import pytest

from yixian.engines.pairing import solve


def test_figures_of_a_county_worked_by_hand():
    """P0 takes difficulties 1 and 3, P1 takes 2, P2 (4 places) nobody; one degree of latitude is 111.195 km."""
    households = pa.table(
        {
            "household_id": ["H0", "H1", "H2"],
            "area_code": ["530625101201", "530625102201", "530625102202"],
            "lon": ["103", "103", ""],
            "lat": ["29", "30", ""],
            "difficulty": [1, 3, 2],
        }
    )
    helpers = pa.table(
        {
            "helper_id": ["P0", "P1", "P2", "P3"],
            "role": ["cadre"] * 4,
            "body": ["B"] * 4,
            "lon": ["103"] * 4,
            "lat": ["28"] * 4,
            "places": [2, 2, 4, 0],
        }
    )
    eligible = pa.table(
        {"household_id": ["H0", "H1", "H2"], "helper_id": ["P0", "P0", "P1"], "cost": [1, 1, 1]}
    )
    figures = solve(households, helpers, eligible, seed=1).fairness["cadre"]
    assert (figures["helpers"], figures["places"], figures["pairs"]) == (4, 8, 3)
    assert figures["utilisation"] == {"p10": 0.0, "p50": 0.5, "p90": 1.0, "max": 1.0}
    assert figures["weighted_load"] == {"p10": 0.0, "p50": 0.0, "p90": 4.0, "max": 4.0}
    # weighted load per place: 0, 1, 2; mean absolute difference (1 + 2 + 1) * 2 / 9 over twice the mean 1
    assert figures["gini_of_weighted_load_over_places"] == pytest.approx(8 / 9 / 2, abs=1e-4)
    assert figures["distance_km"]["p50"] == pytest.approx(111.195, abs=1e-3)
    assert figures["distance_km"]["max"] == pytest.approx(222.390, abs=1e-3)
    assert figures["distance_km_by_township"]["530625102"]["p50"] == pytest.approx(222.390, abs=1e-3)


def test_figures_nobody_falls_under_are_none(county_of):
    figures = solve(*county_of([1], [0], {}), seed=1).fairness["cadre"]
    assert figures["utilisation"] == {"p10": None, "p50": None, "p90": None, "max": None}
    assert figures["gini_of_weighted_load_over_places"] is None
