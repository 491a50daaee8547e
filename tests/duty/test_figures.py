"""Figures that pages work out in plain Python are those that the array library gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from yixian.duty.eligibility.distances import metres, places_of, ways
from yixian.duty.queries.loads import Spread, spread
from yixian.registry.models import Area, Helper, Household, Person

DEGREES = st.none() | st.tuples(st.integers(102_000_000, 105_000_000), st.integers(26_000_000, 29_000_000))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60))
def test_spread(values: list[int]) -> None:
    p50, p90 = np.percentile(values, [50, 90], method="inverted_cdf")
    assert spread(values) == Spread(int(p50), int(p90), max(values))


@given(DEGREES, st.lists(DEGREES, min_size=1, max_size=20))
def test_ways(home: tuple[int, int] | None, bases: list[tuple[int, int] | None]) -> None:
    """Of places known to a tenth of a metre; sine and cosine of the two may differ in the last binary digit, metres do not."""
    household = Household(area=Area(), **_at(home))
    helpers = [Helper(person=Person(), home_area=None, **_at(base)) for base in bases]
    assert ways(household, helpers) == metres(places_of([household]), places_of(helpers))[0].tolist()


def _at(point: tuple[int, int] | None) -> dict[str, float | None]:
    return {"lon": point[0] / 1e6, "lat": point[1] / 1e6} if point else {"lon": None, "lat": None}
