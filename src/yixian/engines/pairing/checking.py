"""核对: a solution's tables beside the county they were solved from; whatever does not hold is named.

Part of the separate proof: nothing here is used by, or uses, the solver.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.county import ROLES, TIERS, County, Flags, Ints
from yixian.engines.pairing.previous import Previous
from yixian.engines.pairing.proof import Bounds, RoleClaim, RoleProver
from yixian.engines.pairing.solution import HELPER, HELPER_TIERS, HOUSEHOLD
from yixian.engines.pairing.values import Digits
from yixian.lazy_imports import np, pa, pc


@dataclass
class SolutionChecker:
    """The tables of a solution (columns as in `Solution`) against its county and the pairing there was before.

    ``breaches`` gather.
    """

    county: County
    previous: Previous | None
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
            before = self.previous.tie if self.previous else None
            prover = RoleProver(self.county, claim, seed=seed, balance=balance, previous=before)
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
        return RoleClaim(
            role,
            self._chosen(role),
            missing,
            self._priced(role, HOUSEHOLD, len(county.households)),
            tuple(self._priced(role, kind, len(county.helpers)) for kind in HELPER_TIERS),
        )

    def _chosen(self, role: str) -> Flags:
        """Which ties the pairs are; names pairs that are not eligible, in the wrong role, repeated or mispriced."""
        county, pairs = self.county, _of_role(self.pairs, role)
        chosen = np.zeros(len(county.ties), np.bool_)
        household = self._positions(pairs["household_id"], HOUSEHOLD, role)
        helper = self._positions(pairs["helper_id"], HELPER, role)
        known = (household >= 0) & (helper >= 0)
        household, helper, rows = household[known], helper[known], np.flatnonzero(known)
        place = county.ties.find(household, helper)
        found = (place >= 0) & (county.helpers.role[helper] == ROLES.index(role))
        tie, rows = place[found], rows[found]
        self._name_pairs(
            role, household[~found], helper[~found], "pair_not_eligible", "is not eligible in this role"
        )
        cost = _integers(pairs["cost"])[rows]
        wrong = county.ties.cost[tie] != cost
        self._name_pairs(role, household[found][wrong], helper[found][wrong], "pair_cost", "has another cost")
        again = np.flatnonzero(np.bincount(tie, minlength=1) > 1)
        self._name_pairs(
            role,
            county.ties.household[again],
            county.ties.helper[again],
            "pair_repeated",
            "stands there twice",
        )
        before = self.previous.tie[tie] if self.previous else np.zeros(len(tie), np.bool_)
        untrue = _flags(pairs["kept"])[rows] != before
        self._name_pairs(
            role, household[found][untrue], helper[found][untrue], "pair_kept", "is wrongly told kept or new"
        )
        chosen[tie] = True
        return chosen

    def _priced(self, role: str, kind: str, size: int) -> Digits:
        """Prices by position; names whoever has none, or more than one."""
        rows = _of_role(self.prices, role)
        rows = rows.filter(pc.equal(rows["kind"], kind))
        position = self._positions(rows["id"], kind, role)
        known = position >= 0
        digits = []
        for values in (_flags(rows["short"]), _integers(rows["moves"]), _integers(rows["price"])):
            digit = np.zeros(size, np.int64)
            digit[position[known]] = values[known]
            digits.append(digit)
        due = np.arange(size) if kind == HOUSEHOLD else self.county.helpers_of_role(role)
        if not np.array_equal(np.sort(position[known]), due):
            self._breach("prices_incomplete", role, "", f"prices: not exactly one for every {kind}")
        return Digits(*digits)

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
        nodes = self._short_tiers(claim, helper)
        own = household[self.county.ties.household[ties]]
        tier = self.county.households.difficulty[self.county.ties.household[ties]] - 1
        others = nodes[self.county.ties.helper[ties], tier]
        taken = claim.chosen[ties]
        if ((own >= 0) & ~taken & (others != own)).any() or ((others >= 0) & taken & (others != own)).any():
            self._breach(
                "shortage_open", role, "", "a shortage leaves out a helper who could serve its households"
            )
        self._check_tiers_closed(claim, nodes)
        outside = (own >= 0) & taken & (others != own)
        figures = {
            "households": _sums(household, np.ones(len(household), np.int64), count),
            "demand": _sums(household, self.county.households.demand, count) - _sums(own, outside, count),
            "helpers": _sums(helper, np.ones(len(helper), np.int64), count),
            "places": _sums(helper, _places_out(nodes, self.county.helpers.tier_places), count),
            "short": _sums(household, claim.missing, count),
        }
        for column, values in figures.items():
            if not np.array_equal(_integers(table[column]), values):
                self._breach(
                    "shortage_figures", role, "", f"shortages: {column} is not what the members add up to"
                )
        if (figures["demand"] - figures["places"] != figures["short"]).any() or (figures["short"] < 1).any():
            self._breach("shortage_sum", role, "", "a shortage is not its demand less its places")

    def _short_tiers(self, claim: RoleClaim, helper: Ints) -> Ints:
        """The shortage of each helper's every tier that has a short price, else -1."""
        short = np.column_stack([tier.short for tier in claim.tiers]) > 0
        if ((helper >= 0) != short.any(axis=1)).any():
            self._breach(
                "shortage_members", claim.role, "", "a helper of a shortage is not short, or one is left out"
            )
        return np.where(short, helper[:, None], -1)

    def _check_tiers_closed(self, claim: RoleClaim, nodes: Ints) -> None:
        """No unit of a shortage may pass to a tier outside, and no tier outside hold what passes through one inside."""
        ties = self.county.ties_of_role(claim.role)
        taken = ties[claim.chosen[ties]]
        helper, tier = (
            self.county.ties.helper[taken],
            self.county.households.difficulty[self.county.ties.household[taken]],
        )
        for each in range(TIERS):
            load = np.bincount(helper[tier > each], minlength=len(nodes))
            easier = nodes[:, each - 1] if each else np.full(len(nodes), -1)
            inside, outside = nodes[:, each] >= 0, easier < 0
            leaks = inside & outside & (load < self.county.helpers.tier_places[:, each])
            if (leaks | (~inside & ~outside & (load > 0))).any():
                self._breach(
                    "shortage_open", claim.role, "", "a shortage leaves out places of its own helpers"
                )

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
        noun = HOUSEHOLD if kind == HOUSEHOLD else HELPER
        positions = _integers(pc.fill_null(pc.index_in(ids, value_set=known), -1))
        for place in np.flatnonzero(positions < 0)[:1].tolist():
            self._breach("id_unknown", role, str(ids[place]), f"there is no {noun} {ids[place]}")
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


def _flags(column: pa.ChunkedArray) -> Flags:
    flags: Flags = column.to_numpy().astype(np.bool_)
    return flags


def _places_out(nodes: Ints, places: Ints) -> Ints:
    """Per helper, the places through which units can leave the shortage's tiers."""
    easier = np.column_stack([np.full(len(nodes), -1), nodes[:, :-1]])
    out: Ints = np.where((nodes >= 0) & (easier < 0), places, 0).sum(axis=1)
    return out


def _sums(labels: Ints, values: Ints | Flags, count: int) -> Ints:
    totals = np.zeros(count, np.int64)
    np.add.at(totals, labels[labels >= 0], values[labels >= 0])
    return totals
