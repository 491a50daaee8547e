"""证明: separate plain code that verifies a solution by its prices. It shares nothing with the solver.

A pairing is optimal when prices exist that nobody would act against (complementary slackness), and then the value of
the prices, which no pairing at all can go below, equals what the pairing costs: gap 0. Both are computed here anew
from the county, the pairs and the prices; also the seeded draws, from the recipe in `docs/pairing.md`.

"Served first, then fewest broken pairs, then least cost" makes every value three numbers compared in that order:
(units that go without, broken pairs, cost). A previous pair is worth -1 in the second; a price marked short has 1 in
the first, any other 0. A helper's places are nested tiers; each unit passes every tier from its household's own to
the first, so a tier earns what its price exceeds the next easier one's.
"""

from __future__ import annotations

from dataclasses import dataclass

from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.county import TIERS, County, Flags, Ints
from yixian.engines.pairing.recipe import DRAW_BITS, scaled_costs
from yixian.engines.pairing.values import Digits, total
from yixian.lazy_imports import np

_PRICE_LIMIT = 2**60
_MOVES_LIMIT = 2**40
_MAX_NAMED = 20


@dataclass(frozen=True)
class RoleClaim:
    """What a solution claims of one role, by position in the county.

    ``chosen`` marks ties; ``missing`` and ``household`` (prices) are per household; ``tiers`` are the prices of each
    helper of the county at each tier (those of the other role are not looked at).
    """

    role: str
    chosen: Flags
    missing: Ints
    household: Digits
    tiers: tuple[Digits, ...]


@dataclass(frozen=True)
class Bounds:
    """The claim's value and what its prices prove about every other pairing; see `RoleProof` for the meanings."""

    objective: int
    dual_bound: int
    demand: int
    served: int
    unserved: int
    unserved_bound: int
    kept: int
    kept_bound: int


class RoleProver:
    """One role's claim beside its county; ``breaches`` gather what is wrong with it.

    ``previous`` marks the county's ties that were pairs before.
    """

    def __init__(
        self, county: County, claim: RoleClaim, *, seed: int, balance: int, previous: Flags | None = None
    ) -> None:
        self.breaches: list[Breach] = []
        self._county, self._claim, self._balance, self._seed = county, claim, balance, seed
        self._edges = county.ties_of_role(claim.role)
        self._helpers = county.helpers_of_role(claim.role)
        self._household = county.ties.household[self._edges]
        self._helper = county.ties.helper[self._edges]
        self._taken = claim.chosen[self._edges]
        self._kept = np.zeros(len(self._edges), np.bool_) if previous is None else previous[self._edges]
        self._tier = county.households.difficulty - 1
        self._places = county.helpers.tier_places[self._helpers]
        self._bits = DRAW_BITS + int(county.households.demand.sum()).bit_length()
        self._step = balance << self._bits
        self._loads = self._loads_by_tier()

    def prove(self) -> Bounds | None:
        """Verify everything; None if the numbers are too large to be verified at all."""
        self._check_feasible()
        if not self._numbers_fit():
            return None
        cost = scaled_costs(self._county, self._edges, self._bits, self._seed)
        excess = self._excess(cost)
        self._check_pairs_slack(excess)
        for tier in range(TIERS):
            self._check_places_slack(tier)
        self._check_households_slack()
        return self._compare(cost, excess)

    def _loads_by_tier(self) -> Ints:
        """Per helper of the role, how many of their households stand at each tier or a harder one."""
        helper, tier = self._helper[self._taken], self._tier[self._household[self._taken]]
        loads = np.zeros((len(self._county.helpers), TIERS), np.int64)
        for each in range(TIERS):
            loads[:, each] = np.bincount(helper[tier >= each], minlength=len(loads))
        return loads[self._helpers]

    def _check_feasible(self) -> None:
        county, claim = self._county, self._claim
        over: Flags = np.any(self._loads > self._places, axis=1)
        self._name(over, self._helpers, "helper_overloaded", "has more households than places")
        served = np.bincount(self._household[self._taken], minlength=len(county.households))
        wrong = served + claim.missing != county.households.demand
        says = "has not as many helpers and missing ones as it asked for"
        self._name(wrong, np.arange(len(county.households)), "household_miscounted", says)

    def _numbers_fit(self) -> bool:
        claim, cost = self._claim, self._county.ties.cost[self._edges]
        prices = [claim.household, *(tier.at(self._helpers) for tier in claim.tiers)]
        largest = max(
            abs(int(cost.max(initial=0))) << self._bits,
            abs(int(cost.min(initial=0))) << self._bits,
            self._step * int(self._loads.max(initial=0)),
            *(_largest(price.number) for price in prices),
        )
        fits = largest <= _PRICE_LIMIT and max(_largest(price.moves) for price in prices) <= _MOVES_LIMIT
        if not fits:
            self._breach("numbers_too_large", "", "costs or prices are too large to be verified")
        return fits

    def _excess(self, cost: Ints) -> Digits:
        """What each eligible pair costs beyond its household's price."""
        claim, tier = self._claim, self._tier[self._household]
        entered = [
            np.choose(tier, [digit[self._helper] for digit in digits]) if len(tier) else tier
            for digits in zip(
                *((price.short, price.moves, price.number) for price in claim.tiers), strict=True
            )
        ]
        paid = claim.household.at(self._household)
        return Digits(
            entered[0] - paid.short, entered[1] - paid.moves - self._kept, entered[2] - paid.number + cost
        )

    def _check_pairs_slack(self, excess: Digits) -> None:
        worth, dear = excess.below_zero() & ~self._taken, excess.above_zero() & self._taken
        self._name(worth, self._household, "cheaper_pair", "would gain from an eligible helper")
        self._name(dear, self._household, "dearer_pair", "has a helper dearer than its price")

    def _earned(self, tier: int) -> Digits:
        """By how much each helper's price at a tier exceeds the next easier one's (nothing lies before the first)."""
        here = self._claim.tiers[tier].at(self._helpers)
        return here - self._claim.tiers[tier - 1].at(self._helpers) if tier else here

    def _check_places_slack(self, tier: int) -> None:
        earned, load, places = self._earned(tier), self._loads[:, tier], self._places[:, tier]
        dear_though_free = (load < places) & (earned.less(load * self._step).above_zero())
        cheap_though_held = (load > 0) & earned.less((load - 1) * self._step).below_zero()
        says = "has a free place yet a price above it"
        self._name(dear_though_free, self._helpers, "free_place_priced", says)
        says = "holds a place dearer than the price"
        self._name(cheap_though_held, self._helpers, "held_place_unpaid", says)

    def _check_households_slack(self) -> None:
        price, everybody = self._claim.household, np.arange(len(self._county.households))
        going_without = (price.short == 1) & (price.moves == 0) & (price.number == 0)
        unpaid = (self._claim.missing > 0) & ~going_without
        says = "goes without, yet its price is not that of going without"
        self._name(unpaid, everybody, "unserved_price", says)
        above = (price.short == 1) & Digits(price.short - 1, price.moves, price.number).above_zero()
        self._name(above, everybody, "price_above_unserved", "pays more than going without")

    def _compare(self, cost: Ints, excess: Digits) -> Bounds:
        county, claim = self._county, self._claim
        demand = county.households.demand
        sharing = sum(n * (n - 1) // 2 for n in self._loads.ravel().tolist())
        objective = total(county.ties.cost[self._edges][self._taken]) + self._balance * sharing
        kept = int((self._kept & self._taken).sum())
        unserved = int(claim.missing.sum())
        value = unserved, -kept, total(cost[self._taken]) + self._step * sharing
        gained = excess.at(np.flatnonzero(excess.below_zero()))
        rents = [self._rent(tier) for tier in range(TIERS)]
        bound = tuple(
            total(demand.astype(object) * price.astype(object))
            - sum(rent[digit] for rent in rents)
            + total(lost)
            for digit, (price, lost) in enumerate(zip(claim.household.all(), gained.all(), strict=True))
        )
        if value != bound:
            self._breach(
                "gap",
                "",
                f"{unserved} go without and {kept} pairs are kept at cost {objective}, but the prices only prove "
                f"{bound[0]}, {-bound[1]} and {bound[2] >> self._bits}",
            )
        return Bounds(
            objective,
            bound[2] >> self._bits,
            int(demand.sum()),
            int(self._taken.sum()),
            unserved,
            bound[0],
            kept,
            -bound[1],
        )

    def _rent(self, tier: int) -> tuple[int, int, int]:
        """What the places of a tier earn at its prices: the price above each place's own cost, wherever positive."""
        earned, rent = self._earned(tier), [0, 0, 0]
        digits = zip(*(digit.tolist() for digit in earned.all()), strict=True)
        for places, (short, moves, number) in zip(self._places[:, tier].tolist(), digits, strict=True):
            if (short, moves) > (0, 0):
                count = places
            elif (short, moves) == (0, 0) and number > 0:
                count = min(places, -(-number // self._step)) if self._step else places
            else:
                continue
            rent[0] += count * short
            rent[1] += count * moves
            rent[2] += count * number - self._step * (count * (count - 1) // 2)
        return rent[0], rent[1], rent[2]

    def _name(self, wrong: Flags, positions: Ints, key: str, says: str) -> None:
        """A breach for each of the first few wrong ones, and how many there are."""
        of_helper = positions is self._helpers
        ids = self._county.helpers.ids if of_helper else self._county.households.ids
        found = positions[np.flatnonzero(wrong)]
        for position in found[:_MAX_NAMED].tolist():
            subject = str(ids[position])
            noun = "helper" if of_helper else "household"
            self._breach(key, subject, f"{noun} {subject} {says} ({len(found)} such)")

    def _breach(self, key: str, subject: str, message: str) -> None:
        self.breaches.append(
            Breach(f"pairing.{key}", self._claim.role, subject, f"{self._claim.role}: {message}")
        )


def _largest(prices: Ints) -> int:
    return max(abs(int(prices.max(initial=0))), abs(int(prices.min(initial=0))))
