"""核对: a solution's tables beside the county they were solved from; whatever does not hold is named.

Part of the separate proof: nothing here is used by, or uses, the solver.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.county import ROLES, County, Flags, Ints
from yixian.engines.pairing.proof import Bounds, RoleClaim, RoleProver
from yixian.engines.pairing.solution import HELPER, HOUSEHOLD


@dataclass
class SolutionChecker:
    """The tables of a solution (columns as in `Solution`) against its county. ``breaches`` gather."""

    county: County
    pairs: pa.Table
    unserved: pa.Table
    shortages: pa.Table
    shortage_members: pa.Table
    prices: pa.Table
    breaches: list[Breach] = field(default_factory=list)

    def check(self, *, seed: int, balance: int) -> dict[str, Bounds]:
        """Verify pairs, prices and shortages of both roles; the bounds of each role that could be computed."""
        self._check_roles()
        bounds = {}
        for role in ROLES:
            claim = self._claim(role)
            prover = RoleProver(self.county, claim, seed=seed, balance=balance)
            proven = prover.prove()
            self.breaches += prover.breaches
            if proven is not None:
                bounds[role] = proven
            self._check_shortages(claim)
        return bounds

    def _check_roles(self) -> None:
        for name, table in (
            ("pairs", self.pairs),
            ("unserved", self.unserved),
            ("shortages", self.shortages),
            ("prices", self.prices),
        ):
            for role in pc.unique(table["role"]).to_pylist():
                if role not in ROLES:
                    self._breach("role_unknown", "", str(role), f"{name}: there is no role {role!r}")

    def _claim(self, role: str) -> RoleClaim:
        county = self.county
        unserved = _of_role(self.unserved, role)
        who = self._positions(unserved["household_id"], HOUSEHOLD, role)
        missing = np.zeros(len(county.households), np.int64)
        np.add.at(missing, who[who >= 0], _integers(unserved["missing"])[who >= 0])
        if len(np.unique(who)) < len(who) or (_integers(unserved["missing"]) < 1).any():
            self._breach(
                "unserved_rows", role, "", "unserved: a household stands there twice or misses nobody"
            )
        household_price, household_short = self._priced(role, HOUSEHOLD, len(county.households))
        helper_price, helper_short = self._priced(role, HELPER, len(county.helpers))
        return RoleClaim(
            role, self._chosen(role), missing, household_price, household_short, helper_price, helper_short
        )

    def _chosen(self, role: str) -> Flags:
        """Which ties the pairs are; names pairs that are not eligible, in the wrong role, repeated or mispriced."""
        county, pairs = self.county, _of_role(self.pairs, role)
        chosen = np.zeros(len(county.ties), np.bool_)
        household = self._positions(pairs["household_id"], HOUSEHOLD, role)
        helper = self._positions(pairs["helper_id"], HELPER, role)
        known = (household >= 0) & (helper >= 0)
        household, helper, cost = household[known], helper[known], _integers(pairs["cost"])[known]
        width = max(len(county.helpers), 1)
        eligible = county.ties.household * width + county.ties.helper
        wanted = household * width + helper
        place = np.searchsorted(eligible, wanted)
        found = place < len(eligible)
        found[found] = eligible[place[found]] == wanted[found]
        found &= county.helpers.role[helper] == ROLES.index(role)
        tie = place[found]
        self._name_pairs(
            role, household[~found], helper[~found], "pair_not_eligible", "is not eligible in this role"
        )
        wrong = county.ties.cost[tie] != cost[found]
        self._name_pairs(role, household[found][wrong], helper[found][wrong], "pair_cost", "has another cost")
        again = np.flatnonzero(np.bincount(tie, minlength=len(eligible)) > 1)
        self._name_pairs(
            role,
            county.ties.household[again],
            county.ties.helper[again],
            "pair_repeated",
            "stands there twice",
        )
        chosen[tie] = True
        return chosen

    def _priced(self, role: str, kind: str, size: int) -> tuple[Ints, Flags]:
        """Prices and short marks by position; names whoever has none, or more than one."""
        rows = _of_role(self.prices, role)
        rows = rows.filter(pc.equal(rows["kind"], kind))
        position = self._positions(rows["id"], kind, role)
        known = position >= 0
        price, short = np.zeros(size, np.int64), np.zeros(size, np.bool_)
        price[position[known]] = _integers(rows["price"])[known]
        short[position[known]] = rows["short"].to_numpy()[known].astype(np.bool_)
        due = np.arange(size) if kind == HOUSEHOLD else self.county.helpers_of_role(role)
        if not np.array_equal(np.sort(position[known]), due):
            self._breach("prices_incomplete", role, "", f"prices: not exactly one for every {kind}")
        return price, short

    def _check_shortages(self, claim: RoleClaim) -> None:
        """Each shortage must be closed and full, and its figures must be what its members add up to."""
        role = claim.role
        table = _of_role(self.shortages, role)
        ids = table["shortage_id"].combine_chunks()
        if len(pc.unique(ids)) < len(ids):
            self._breach("shortage_repeated", role, "", "shortages: an id stands there twice")
            return
        household, helper = self._members(ids, HOUSEHOLD, role), self._members(ids, HELPER, role)
        self._check_unserved_belong(claim, ids, household)
        ties, count = self.county.ties_of_role(role), len(ids)
        own = household[self.county.ties.household[ties]]
        others = helper[self.county.ties.helper[ties]]
        taken = claim.chosen[ties]
        if ((own >= 0) & ~taken & (others != own)).any() or ((others >= 0) & taken & (others != own)).any():
            self._breach(
                "shortage_open", role, "", "a shortage leaves out a helper who could serve its households"
            )
        outside = (own >= 0) & taken & (others != own)
        figures = {
            "households": _sums(household, np.ones(len(household), np.int64), count),
            "demand": _sums(household, self.county.households.demand, count) - _sums(own, outside, count),
            "helpers": _sums(helper, np.ones(len(helper), np.int64), count),
            "places": _sums(helper, self.county.helpers.places, count),
            "short": _sums(household, claim.missing, count),
        }
        for column, values in figures.items():
            if not np.array_equal(_integers(table[column]), values):
                self._breach(
                    "shortage_figures", role, "", f"shortages: {column} is not what the members add up to"
                )
        if (figures["demand"] - figures["places"] != figures["short"]).any() or (figures["short"] < 1).any():
            self._breach("shortage_sum", role, "", "a shortage is not its demand less its places")

    def _check_unserved_belong(self, claim: RoleClaim, ids: pa.Array, household: Ints) -> None:
        unserved = _of_role(self.unserved, claim.role)
        named = _integers(pc.fill_null(pc.index_in(unserved["shortage_id"], value_set=ids), -1))
        who = self._positions(unserved["household_id"], HOUSEHOLD, claim.role)
        if (named < 0).any() or (household[who] != named)[who >= 0].any():
            self._breach(
                "unserved_shortage", claim.role, "", "unserved: a household is not in the shortage it names"
            )

    def _members(self, ids: pa.Array, kind: str, role: str) -> Ints:
        """The shortage (by row) each household or helper belongs to, -1 for none."""
        table = self.shortage_members
        shortage = _integers(pc.fill_null(pc.index_in(table["shortage_id"], value_set=ids), -1))
        wanted = (shortage >= 0) & pc.equal(table["kind"], kind).to_numpy().astype(np.bool_)
        position = self._positions(table["id"].filter(pa.array(wanted)), kind, role)
        labels = np.full(
            len(self.county.households if kind == HOUSEHOLD else self.county.helpers), -1, np.int64
        )
        labels[position[position >= 0]] = shortage[wanted][position >= 0]
        if len(np.unique(position)) < len(position):
            self._breach("shortage_members", role, "", f"a {kind} belongs to two shortages")
        return labels

    def _positions(self, ids: pa.ChunkedArray, kind: str, role: str) -> Ints:
        known = self.county.households.ids if kind == HOUSEHOLD else self.county.helpers.ids
        positions = _integers(pc.fill_null(pc.index_in(ids, value_set=known), -1))
        for place in np.flatnonzero(positions < 0)[:1].tolist():
            self._breach("id_unknown", role, str(ids[place]), f"there is no {kind} {ids[place]}")
        return positions

    def _name_pairs(self, role: str, households: Ints, helpers: Ints, key: str, says: str) -> None:
        for household, helper in zip(households[:20].tolist(), helpers[:20].tolist(), strict=True):
            who, whom = str(self.county.helpers.ids[helper]), str(self.county.households.ids[household])
            self._breach(key, role, whom, f"pair of household {whom} with helper {who} {says}")

    def _breach(self, key: str, role: str, subject: str, message: str) -> None:
        self.breaches.append(
            Breach(f"pairing.{key}", role, subject, f"{role}: {message}" if role else message)
        )


def _of_role(table: pa.Table, role: str) -> pa.Table:
    return table.filter(pc.equal(table["role"], role))


def _integers(column: pa.ChunkedArray) -> Ints:
    integers: Ints = column.to_numpy().astype(np.int64)
    return integers


def _sums(labels: Ints, values: Ints | Flags, count: int) -> Ints:
    totals = np.zeros(count, np.int64)
    np.add.at(totals, labels[labels >= 0], values[labels >= 0])
    return totals
