"""方案: what a run hands back. The tables are the files of `docs/pairing.md`, column for column."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from yixian.lazy_imports import pa


@cache
def pair_columns() -> pa.Schema:
    """Columns of the pairs."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("helper_id", pa.string()),
            ("role", pa.string()),
            ("cost", pa.int64()),
            ("kept", pa.bool_()),
        ]
    )


@cache
def unserved_columns() -> pa.Schema:
    """Columns of who goes without."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("role", pa.string()),
            ("shortage_id", pa.string()),
            ("missing", pa.int64()),
        ]
    )


@cache
def shortage_columns() -> pa.Schema:
    """Columns of the shortages."""
    return pa.schema(
        [
            ("shortage_id", pa.string()),
            ("role", pa.string()),
            ("households", pa.int64()),
            ("demand", pa.int64()),
            ("helpers", pa.int64()),
            ("places", pa.int64()),
            ("short", pa.int64()),
        ]
    )


@cache
def shortage_member_columns() -> pa.Schema:
    """Columns of whom a shortage holds."""
    return pa.schema([("shortage_id", pa.string()), ("kind", pa.string()), ("id", pa.string())])


@cache
def price_columns() -> pa.Schema:
    """Columns of the prices that prove it."""
    return pa.schema(
        [
            ("role", pa.string()),
            ("kind", pa.string()),
            ("id", pa.string()),
            ("short", pa.bool_()),
            ("moves", pa.int64()),
            ("price", pa.int64()),
        ]
    )


@cache
def gone_columns() -> pa.Schema:
    """Columns of previous pairs of which one side is no more."""
    return pa.schema([("row", pa.int64()), ("household_id", pa.string()), ("helper_id", pa.string())])


HOUSEHOLD = "household"
HELPER = "helper"
HELPER_TIERS = (HELPER, "helper_hard", "helper_hardest")
"""The kinds of a helper's prices: for all households, for difficulty 2 and above, for difficulty 3."""


@dataclass(frozen=True)
class RoleProof:
    """证明 of one role, computed by `yixian.engines.pairing.proof`, which shares no code with the solver.

    ``objective`` is the sum of the pairs' costs plus ``balance`` times (j - 1) for each helper's j-th household, again
    for its j-th of difficulty 2 or 3, and again for its j-th of difficulty 3; ``dual_bound`` is what no pairing that
    serves as many and breaks as few can go below; ``gap`` their difference, 0 when optimal.
    ``demand`` = ``served`` + ``unserved`` counts units (a household that asks for two counts two), and
    ``unserved_bound`` is the least number that must go without. ``moved`` counts the previous pairs of this role whose
    household is still there and which are not kept, for whatever reason; ``minimum_moves`` is proven: no pairing that
    serves as many can break fewer. Both are 0 without a previous pairing. ``solver_seconds`` is None if nobody timed it.
    """

    objective: int
    dual_bound: int
    gap: int
    households: int
    demand: int
    served: int
    unserved: int
    unserved_bound: int
    moved: int
    minimum_moves: int
    seed: int
    balance: int
    solver_seconds: float | None = None


@dataclass(frozen=True)
class Solution:
    """Everything a run found, in canonical order.

    ``pairs``             who stands beside whom, the pair's cost, and whether it is kept from the previous pairing
    ``unserved``          households that go without, how many helpers they miss, and the shortage they belong to
    ``shortages``         per shortage: households, the helpers they still need, helpers eligible, their places, short
    ``shortage_members``  the households and helpers of each shortage (``kind`` is household or helper)
    ``prices``            the certificate: dual prices, ``short`` ones counted from the price of going unserved
    ``gone``              rows of the previous pairing that name somebody who is not there any more
    ``proof``             per role `RoleProof`
    ``fairness``          per role the figures of `yixian.engines.pairing.fairness`
    """

    pairs: pa.Table
    unserved: pa.Table
    shortages: pa.Table
    shortage_members: pa.Table
    prices: pa.Table
    gone: pa.Table
    proof: dict[str, RoleProof]
    fairness: dict[str, dict[str, Any]]

    def proof_document(self) -> dict[str, dict[str, Any]]:
        """The proof as plain values, as ``proof.json`` holds it."""
        return {role: asdict(proof) for role, proof in self.proof.items()}
