"""缺口: who goes without, and the households and helpers among whom the shortage lies.

Walk from every unserved household to each eligible helper who is not already beside it, and from there to the
households that helper stands beside, and so on. Every helper met is full (otherwise the flow would have used the
place), and every place met is held by a household met. So the households met, whatever they are told, can only be
served by the helpers met or by those they already have outside, and ``demand - places`` of them go without. Connected
parts are separate shortages; households for whom nobody at all is eligible form one of their own.

A helper may be full for difficult households only: then the walk stops at that tier, and the places that count are
those of the tier. ``places`` is the sum over the tiers met whose next easier tier was not met (a minimum cut).
"""

from __future__ import annotations

from dataclasses import dataclass

from yixian.engines.pairing.compiling import compiled
from yixian.engines.pairing.county import Flags, Ints
from yixian.engines.pairing.flow_state import Flow
from yixian.engines.pairing.network import Network, SmallInts
from yixian.lazy_imports import np

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
    households, helpers = len(network.demand), len(network.places) // network.tiers
    short_nodes = flow.node_short.reshape(helpers, network.tiers)
    root = np.arange(households + helpers)
    alone = np.flatnonzero((np.diff(network.first_edge) == 0) & flow.household_short)
    root[alone] = alone[:1].repeat(len(alone))
    inside = np.flatnonzero(flow.household_short[network.household] & flow.node_short[network.node])
    helper = network.node[inside] // np.int32(network.tiers)
    _connect(root, network.household[inside], helper + np.int32(households))
    short = np.concatenate([flow.household_short, short_nodes.any(axis=1)])
    labels, count = _labels(root, short)
    household_label, helper_label = labels[:households], labels[households:]
    elsewhere = np.flatnonzero(
        (flow.slot >= 0) & flow.household_short[network.household] & ~flow.node_short[network.node]
    )
    holders = household_label[network.household[elsewhere]]
    return Shortages(
        household_label,
        helper_label,
        demand=_sums(household_label, network.demand, count) - np.bincount(holders, minlength=count),
        places=_sums(helper_label, _places_out(network, short_nodes), count),
        short=_sums(household_label, flow.missing, count),
    )


def _places_out(network: Network, short: Flags) -> Ints:
    """Per helper, how many units can pass from its short nodes to nodes that are not, or be placed."""
    easier_short = np.zeros_like(short)
    easier_short[:, 1:] = short[:, :-1]
    out: Ints = np.where(short & ~easier_short, network.places.reshape(short.shape), 0).sum(axis=1)
    return out


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


def _labels(root: Ints, short: Flags) -> tuple[Ints, int]:
    """Number the sets of the short ones by their first household; everything else is ``OUTSIDE``."""
    roots = np.unique(root[short])
    return np.where(short, np.searchsorted(roots, root), OUTSIDE).astype(np.int64), len(roots)


def _sums(labels: Ints, values: Ints, count: int) -> Ints:
    totals = np.zeros(count, np.int64)
    np.add.at(totals, labels[labels >= 0], values[labels >= 0])
    return totals
