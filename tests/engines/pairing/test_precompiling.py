"""What set-up compiles is all there is to compile: nobody meets a cold engine later."""

from __future__ import annotations

import pytest

from yixian.engines.pairing import ActivePairs, explain, flow, remedies, residual, shortages, solve
from yixian.engines.pairing.precompiling import precompile
from yixian.lazy_imports import numba


@pytest.mark.parametrize("seed", range(5))
def test_after_it_nothing_is_compiled_any_more(random_county, random_before, seed: int) -> None:
    precompile()
    before = _compiled()
    tables = random_county(seed, households=30, helpers=20)
    household = tables.households["household_id"][0].as_py()
    previous = random_before(tables, seed)
    for pairs in (None, previous):
        solution = solve(*tables, seed=seed, previous=pairs)
        explain(solution, *tables, household=household, previous=pairs)
        remedies(solution, *tables)
    active = ActivePairs(*tables, previous, seed=seed, balance=100)
    active.remove_household(household)
    active.leave(tables.helpers["helper_id"][0].as_py())
    assert _compiled() == before


def _compiled() -> dict[str, int]:
    """How often each function was compiled in this process rather than taken from the cache, or again for other types."""
    return {
        f"{module.__name__}.{name}": sum(function.stats.cache_misses.values())
        for module in (flow, residual, shortages)
        for name, function in vars(module).items()
        if isinstance(function, numba.core.registry.CPUDispatcher)
    }
