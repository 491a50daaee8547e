"""The seeded draw follows its published recipe, in the solver's code and in the proof's."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from yixian.engines.pairing.pairing_reader import read_county
from yixian.engines.pairing.recipe import scaled_costs
from yixian.engines.pairing.ties import DRAW_BITS, draws, keys, scale_bits

MASK = 2**64 - 1


def draw_by_recipe(household: str, helper: str, seed: int) -> int:
    """The recipe of docs/pairing.md in plain integers."""

    def key(text: str) -> int:
        return int.from_bytes(
            blake2b(text.encode(), digest_size=8, key=seed.to_bytes(8, "little")).digest(), "little"
        )

    x = (key(f"household\n{household}") + 0x9E3779B97F4A7C15 * key(f"helper\n{helper}")) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return (x ^ (x >> 31)) >> 44


def test_both_implementations_follow_the_recipe(random_county):
    for seed in (0, 1, 2**63 - 1):
        county = read_county(*random_county(5, households=20, helpers=20))
        homes = county.households.ids.take(county.ties.household).to_pylist()
        people = county.helpers.ids.take(county.ties.helper).to_pylist()
        recipe = [draw_by_recipe(h, p, seed) for h, p in zip(homes, people, strict=True)]
        assert draws(keys("household", homes, seed), keys("helper", people, seed)).tolist() == recipe
        edges = county.ties_of_role("cadre")
        proven = scaled_costs(county, edges, 20, seed) - (county.ties.cost[edges] << 20)
        assert proven.tolist() == [recipe[i] for i in edges.tolist()]


def test_draws_are_spread_evenly():
    ids = [str(i) for i in range(200)]
    one, other = np.repeat(keys("household", ids, 3), 200), np.tile(keys("helper", ids, 3), 200)
    counts = np.bincount(draws(one, other) >> (DRAW_BITS - 4), minlength=16)
    assert counts.sum() == 40_000
    assert (abs(counts - 2500) < 250).all()


def test_no_number_of_draws_outweighs_one_unit_of_cost():
    for units in (1, 2, 3, 7, 8, 12_000, 1_200_000):
        assert units * (2**DRAW_BITS - 1) < 2 ** scale_bits(units) <= units * 2 ** (DRAW_BITS + 1)
