"""方案: what a run hands back. The tables are the files of `docs/pairing.md`, column for column."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

PAIRS = pa.schema(
    [
        ("household_id", pa.string()),
        ("helper_id", pa.string()),
        ("role", pa.string()),
        ("cost", pa.int64()),
    ]
)
UNSERVED = pa.schema(
    [
        ("household_id", pa.string()),
        ("role", pa.string()),
        ("shortage_id", pa.string()),
        ("missing", pa.int64()),
    ]
)
SHORTAGES = pa.schema(
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
SHORTAGE_MEMBERS = pa.schema([("shortage_id", pa.string()), ("kind", pa.string()), ("id", pa.string())])
PRICES = pa.schema(
    [
        ("role", pa.string()),
        ("kind", pa.string()),
        ("id", pa.string()),
        ("short", pa.bool_()),
        ("price", pa.int64()),
    ]
)
HOUSEHOLD = "household"
HELPER = "helper"


@dataclass(frozen=True)
class RoleProof:
    """证明 of one role, computed by `yixian.engines.pairing.proof`, which shares no code with the solver.

    ``objective`` is the sum of the pairs' costs plus ``balance`` times (j - 1) for each helper's j-th household;
    ``dual_bound`` is what no pairing serving as many can go below; ``gap`` their difference, 0 when optimal.
    ``demand`` = ``served`` + ``unserved`` counts units (a household that asks for two counts two), and
    ``unserved_bound`` is the least number that must go without. ``solver_seconds`` is None if nobody timed it.
    """

    objective: int
    dual_bound: int
    gap: int
    households: int
    demand: int
    served: int
    unserved: int
    unserved_bound: int
    seed: int
    balance: int
    solver_seconds: float | None = None


@dataclass(frozen=True)
class Solution:
    """Everything a run found, in canonical order.

    ``pairs``             who stands beside whom, and the pair's cost
    ``unserved``          households that go without, how many helpers they miss, and the shortage they belong to
    ``shortages``         per shortage: households, the helpers they still need, helpers eligible, their places, short
    ``shortage_members``  the households and helpers of each shortage (``kind`` is household or helper)
    ``prices``            the certificate: dual prices, ``short`` ones counted from the price of going unserved
    ``proof``             per role `RoleProof`
    ``fairness``          per role the figures of `yixian.engines.pairing.fairness`
    """

    pairs: pa.Table
    unserved: pa.Table
    shortages: pa.Table
    shortage_members: pa.Table
    prices: pa.Table
    proof: dict[str, RoleProof]
    fairness: dict[str, dict[str, Any]]

    def proof_document(self) -> dict[str, dict[str, Any]]:
        """The proof as plain values, as ``proof.json`` holds it."""
        return {role: asdict(proof) for role, proof in self.proof.items()}
