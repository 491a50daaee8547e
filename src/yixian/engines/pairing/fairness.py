"""公平: how evenly the load lies and how far people are from each other, published with every solution.

Per role: the share of helpers' places that are taken, the load weighted by difficulty (a household of difficulty 1,
2, 3 counts 1, 2, 3), the Gini coefficient of weighted load over places, and the distance from helper to household in
km (great circle), overall and by township. Percentiles are nearest-rank, so each is a value that occurs.
"""

from __future__ import annotations

from typing import Any

from yixian.domain.areas import CODE_LENGTH, AreaLevel
from yixian.engines.pairing.county import County, Floats, Ints
from yixian.lazy_imports import np

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""

_DIGITS = 4


def fairness(county: County, helpers: Ints, pair_household: Ints, pair_helper: Ints) -> dict[str, Any]:
    """The figures of one role. ``helpers`` are the role's positions in the county; pairs are positions as well.

    Helpers without places are left out of utilisation and Gini; pairs with an unknown position out of distances. A
    figure nobody falls under is None.
    """
    size = len(county.helpers)
    places = county.helpers.places[helpers]
    load = np.bincount(pair_helper, minlength=size)[helpers]
    weights = county.households.difficulty[pair_household]
    weighted: Floats = np.bincount(pair_helper, weights=weights, minlength=size)[helpers].astype(np.float64)
    open_ = places > 0
    kilometres = _distances(county, pair_household, pair_helper)
    return {
        "helpers": len(helpers),
        "places": int(places.sum()),
        "pairs": len(pair_household),
        "utilisation": _spread(load[open_] / places[open_], (10, 50, 90)),
        "weighted_load": _spread(weighted, (10, 50, 90)),
        "gini_of_weighted_load_over_places": _gini(weighted[open_] / places[open_]),
        "distance_km": _spread(kilometres, (50, 90, 99)),
        "distance_km_by_township": _by_township(county, pair_household, kilometres),
    }


def _distances(county: County, household: Ints, helper: Ints) -> Floats:
    """Great-circle distances in km (haversine); nan where a position is unknown."""
    lon_a, lat_a = np.radians(county.households.lon[household]), np.radians(county.households.lat[household])
    lon_b, lat_b = np.radians(county.helpers.lon[helper]), np.radians(county.helpers.lat[helper])
    across = np.sin((lat_b - lat_a) / 2) ** 2
    across += np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    distances: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(across, 1)))
    return distances


def _by_township(county: County, household: Ints, kilometres: Floats) -> dict[str, dict[str, float | None]]:
    length = CODE_LENGTH[AreaLevel.TOWNSHIP]
    codes = np.array([str(code)[:length] for code in county.households.area_code.to_pylist()], dtype=np.str_)
    townships, index = np.unique(codes, return_inverse=True)
    order = np.argsort(index[household], kind="stable")
    bounds = np.searchsorted(index[household][order], np.arange(len(townships) + 1))
    return {
        str(code): _spread(kilometres[order[bounds[i] : bounds[i + 1]]], (50, 90))
        for i, code in enumerate(townships)
    }


def _spread(values: Floats, percentiles: tuple[int, ...]) -> dict[str, float | None]:
    """Nearest-rank percentiles and the maximum of the known values."""
    known = np.sort(values[~np.isnan(values)])
    ranks = {f"p{p}": -(-p * len(known) // 100) - 1 for p in percentiles} | {"max": len(known) - 1}
    return {name: round(float(known[rank]), _DIGITS) if len(known) else None for name, rank in ranks.items()}


def _gini(values: Floats) -> float | None:
    """0 when all carry the same, towards 1 when one carries everything; None if nobody carries anything."""
    total = float(values.sum())
    if total == 0:
        return None
    ranks = np.arange(1, len(values) + 1)
    return round(float((2 * ranks - len(values) - 1) @ np.sort(values)) / (len(values) * total), _DIGITS)
