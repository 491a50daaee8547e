"""证明: separate plain code that verifies a solution by its prices. It shares nothing with the solver.

A pairing is optimal when prices exist that nobody would act against (complementary slackness), and then the value of
the prices, which no pairing at all can go below, equals what the pairing costs: gap 0. Both are computed here anew
from the county, the pairs and the prices; also the seeded draws, from the recipe in `docs/pairing.md`.

"Served first, then least cost" makes every value a pair of numbers compared in that order: (units that go without,
cost). A price marked short has 1 in the first number, any other has 0.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.county import County, Flags, Ints

_PRICE_LIMIT = 2**60
_NAMED_AT_MOST = 20
_WORD = 2**64


@dataclass(frozen=True)
class RoleClaim:
    """What a solution claims of one role, by position in the county.

    ``chosen`` marks ties; ``missing``, ``household_price`` and ``household_short`` are per household; the helper
    arrays per helper of the county (those of the other role are not looked at).
    """

    role: str
    chosen: Flags
    missing: Ints
    household_price: Ints
    household_short: Flags
    helper_price: Ints
    helper_short: Flags


@dataclass(frozen=True)
class Bounds:
    """The claim's value and what its prices prove about every other pairing; see `RoleProof` for the meanings."""

    objective: int
    dual_bound: int
    demand: int
    served: int
    unserved: int
    unserved_bound: int


class RoleProver:
    """One role's claim beside its county; ``breaches`` gather what is wrong with it."""

    def __init__(self, county: County, claim: RoleClaim, *, seed: int, balance: int) -> None:
        self.breaches: list[Breach] = []
        self._county, self._claim, self._balance = county, claim, balance
        self._edges = county.ties_of_role(claim.role)
        self._helpers = county.helpers_of_role(claim.role)
        self._household = county.ties.household[self._edges]
        self._helper = county.ties.helper[self._edges]
        self._taken = claim.chosen[self._edges]
        self._load = np.bincount(self._helper[self._taken], minlength=len(county.helpers))[self._helpers]
        self._places = county.helpers.places[self._helpers]
        self._bits = 20 + int(county.households.demand.sum()).bit_length()
        self._step = balance << self._bits
        self._seed = seed

    def prove(self) -> Bounds | None:
        """Verify everything; None if the numbers are too large to be verified at all."""
        self._check_feasible()
        if not self._numbers_fit():
            return None
        cost = (self._county.ties.cost[self._edges] << self._bits) + self._draws()
        claim = self._claim
        level = claim.helper_short[self._helper].astype(np.int64) - claim.household_short[self._household]
        excess = cost + claim.helper_price[self._helper] - claim.household_price[self._household]
        self._check_pairs_slack(level, excess)
        self._check_places_slack()
        self._check_households_slack()
        return self._compare(cost, level, excess)

    def _check_feasible(self) -> None:
        county, claim = self._county, self._claim
        self._name(
            self._load > self._places, self._helpers, "helper_overloaded", "has more households than places"
        )
        served = np.bincount(self._household[self._taken], minlength=len(county.households))
        everybody = np.arange(len(county.households))
        wrong = served + claim.missing != county.households.demand
        self._name(
            wrong,
            everybody,
            "household_miscounted",
            "has not as many helpers and missing ones as it asked for",
        )

    def _numbers_fit(self) -> bool:
        claim, cost = self._claim, self._county.ties.cost[self._edges]
        largest = max(
            int(np.abs(cost).max(initial=0)) << self._bits,
            self._step * int(self._load.max(initial=0)),
            _largest(claim.household_price),
            _largest(claim.helper_price[self._helpers]),
        )
        if largest > _PRICE_LIMIT:
            self._breach("numbers_too_large", "", "costs or prices are too large to be verified")
        return largest <= _PRICE_LIMIT

    def _check_pairs_slack(self, level: Ints, excess: Ints) -> None:
        worth = (level < 0) | ((level == 0) & (excess < 0))
        too_dear = (level > 0) | ((level == 0) & (excess > 0))
        self._name(
            worth & ~self._taken, self._household, "cheaper_pair", "would gain from an eligible helper"
        )
        self._name(
            too_dear & self._taken, self._household, "dearer_pair", "has a helper dearer than its price"
        )

    def _check_places_slack(self) -> None:
        short, price = self._claim.helper_short[self._helpers], self._claim.helper_price[self._helpers]
        free = self._load < self._places
        dear_though_free = free & (short | (price > self._load * self._step))
        cheap_though_held = (self._load > 0) & ~short & (price < (self._load - 1) * self._step)
        self._name(
            dear_though_free, self._helpers, "free_place_priced", "has a free place yet a price above it"
        )
        self._name(
            cheap_though_held, self._helpers, "held_place_unpaid", "holds a place dearer than the price"
        )

    def _check_households_slack(self) -> None:
        claim, everybody = self._claim, np.arange(len(self._county.households))
        short, price = claim.household_short, claim.household_price
        unpaid = (claim.missing > 0) & ~(short & (price == 0))
        self._name(
            unpaid, everybody, "unserved_price", "goes without, yet its price is not that of going without"
        )
        self._name(short & (price > 0), everybody, "price_above_unserved", "pays more than going without")

    def _compare(self, cost: Ints, level: Ints, excess: Ints) -> Bounds:
        county, claim = self._county, self._claim
        demand = county.households.demand
        sharing = sum(n * (n - 1) // 2 for n in self._load.tolist())
        objective = _total(county.ties.cost[self._edges][self._taken]) + self._balance * sharing
        scaled = _total(cost[self._taken]) + self._step * sharing
        gained = (level < 0) | ((level == 0) & (excess < 0))
        bound = (
            _total(demand.astype(object) * claim.household_price.astype(object))
            - sum(self._rents())
            + _total(excess[gained])
        )
        unserved_bound = (
            int(demand[claim.household_short].sum())
            - int(self._places[claim.helper_short[self._helpers]].sum())
            - int((level < 0).sum())
        )
        unserved = int(claim.missing.sum())
        if (unserved, scaled) != (unserved_bound, bound):
            self._breach(
                "gap",
                "",
                f"{unserved} go without at cost {objective}, but the prices only prove "
                f"{unserved_bound} and {bound >> self._bits}",
            )
        return Bounds(
            objective,
            bound >> self._bits,
            int(demand.sum()),
            int(self._taken.sum()),
            unserved,
            unserved_bound,
        )

    def _rents(self) -> list[int]:
        """What each helper's places earn at its price: the price above the place's own cost, wherever positive."""
        rents = []
        prices = self._claim.helper_price[self._helpers].tolist()
        shorts = self._claim.helper_short[self._helpers].tolist()
        for places, price, short in zip(self._places.tolist(), prices, shorts, strict=True):
            earning = places
            if not short:
                earning = min(places, -(-price // self._step) if self._step else places) if price > 0 else 0
            rents.append(earning * price - self._step * (earning * (earning - 1) // 2))
        return rents

    def _draws(self) -> Ints:
        """The seeded draw of every edge, 20 bits, by the published recipe."""
        homes = self._keys("household", self._county.households.ids.to_pylist())
        people = self._keys("helper", self._county.helpers.ids.to_pylist())
        golden = np.array([key * 0x9E3779B97F4A7C15 % _WORD for key in people], dtype=np.uint64)
        word = np.array(homes, dtype=np.uint64)[self._household] + golden[self._helper]
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            word = np.bitwise_xor(word, np.right_shift(word, np.uint64(shift))) * np.uint64(factor)
        word = np.bitwise_xor(word, np.right_shift(word, np.uint64(31)))
        drawn: Ints = np.right_shift(word, np.uint64(44)).astype(np.int64)
        return drawn

    def _keys(self, kind: str, ids: list[str]) -> list[int]:
        secret = self._seed.to_bytes(8, byteorder="little")
        return [
            int.from_bytes(
                hashlib.blake2b(f"{kind}\n{each}".encode(), digest_size=8, key=secret).digest(), "little"
            )
            for each in ids
        ]

    def _name(self, wrong: Flags, positions: Ints, key: str, says: str) -> None:
        """A breach for each of the first few wrong ones, and how many there are."""
        of_helper = positions is self._helpers
        ids = self._county.helpers.ids if of_helper else self._county.households.ids
        found = positions[np.flatnonzero(wrong)]
        for position in found[:_NAMED_AT_MOST].tolist():
            subject = str(ids[position])
            noun = "helper" if of_helper else "household"
            self._breach(key, subject, f"{noun} {subject} {says} ({len(found)} such)")

    def _breach(self, key: str, subject: str, message: str) -> None:
        self.breaches.append(
            Breach(f"pairing.{key}", self._claim.role, subject, f"{self._claim.role}: {message}")
        )


def _largest(prices: Ints) -> int:
    return max(abs(int(prices.max(initial=0))), abs(int(prices.min(initial=0))))


def _total(values: npt.NDArray[np.generic]) -> int:
    """The exact sum, however large."""
    return int(sum(values.tolist()))
