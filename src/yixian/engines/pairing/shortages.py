"""缺口: who goes without, and the households and helpers among whom the shortage lies.

Walk from every unserved household to each eligible helper who is not already beside it, and from there to the
households that helper stands beside, and so on. Every helper met is full (otherwise the flow would have used the
place), and every place met is held by a household met. So the households met, whatever they are told, can only be
served by the helpers met or by those they already have outside, and ``demand - places`` of them go without. Connected
parts are separate shortages; households for whom nobody at all is eligible form one of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yixian.engines.pairing.county import Ints
from yixian.engines.pairing.flow import Flow, compiled
from yixian.engines.pairing.network import Network, SmallInts

OUTSIDE = -1
"""The label of households and helpers that no shortage touches."""


@dataclass(frozen=True)
class Shortages:
    """Shortage labels 0, 1, ... of each household and helper (``OUTSIDE`` if none), in canonical order.

    Per label: ``demand`` units its households still need from its helpers, ``places`` those have, ``short`` the
    difference, which is the number of units its households go without.
    """

    household: Ints
    helper: Ints
    demand: Ints
    places: Ints
    short: Ints


def find_shortages(network: Network, flow: Flow) -> Shortages:
    """The shortages of a finished flow: its short set, taken apart into connected parts."""
    households = len(network.demand)
    root = np.arange(households + len(network.places))
    alone = np.flatnonzero((np.diff(network.first_edge) == 0) & flow.household_short)
    root[alone] = alone[:1].repeat(len(alone))
    inside = np.flatnonzero(flow.household_short[network.household] & flow.helper_short[network.helper])
    _connect(root, network.household[inside], network.helper[inside] + np.int32(households))
    household, helper, count = _labels(root, flow)
    held = flow.slot >= 0
    elsewhere = held & (household[network.household] != helper[network.helper])
    holders = household[network.household[elsewhere]]
    demand = _sums(household, network.demand, count)
    demand -= np.bincount(holders[holders >= 0], minlength=count)
    return Shortages(
        household,
        helper,
        demand,
        places=_sums(helper, network.places, count),
        short=_sums(household, flow.missing, count),
    )


@compiled
def _connect(root: Ints, left: SmallInts, right: SmallInts) -> None:
    """Merge the sets of both ends of every edge; in the end ``root`` names each node's set by its first node."""
    for i in range(len(left)):
        a, b = left[i], right[i]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a < b:
            root[b] = a
        else:
            root[a] = b
    for node in range(len(root)):
        root[node] = root[root[node]]


def _labels(root: Ints, flow: Flow) -> tuple[Ints, Ints, int]:
    """Number the sets of the short nodes by their first household; everything else is ``OUTSIDE``."""
    short = np.concatenate([flow.household_short, flow.helper_short])
    roots = np.unique(root[short])
    labels = np.where(short, np.searchsorted(roots, root), OUTSIDE).astype(np.int64)
    households = len(flow.household_short)
    return labels[:households], labels[households:], len(roots)


def _sums(labels: Ints, values: Ints, count: int) -> Ints:
    totals = np.zeros(count, np.int64)
    np.add.at(totals, labels[labels >= 0], values[labels >= 0])
    return totals
