"""The compiled part: where its code is kept, and that prices stop before they overflow."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

import yixian
from yixian.engines.pairing.compiling import compiled
from yixian.engines.pairing.flow import solve_flow
from yixian.engines.pairing.flow_state import empty_flow
from yixian.engines.pairing.network import COST_LIMIT, Network


def chain(length: int, cost: int) -> Network:
    """Each new household wants the place of the one before, which must move on at great cost: prices climb."""
    households, helpers, costs, first = [], [], [], [0]
    for h in range(length):
        for p, c in ((h, -cost), (h + 1, cost)):
            households.append(h)
            helpers.append(p)
            costs.append(c)
        first.append(len(costs))
    households.append(length)
    helpers.append(0)
    costs.append(0)
    first.append(len(costs))
    places = np.ones(length + 1, np.int64)
    return Network(
        first_edge=np.array(first, np.int64),
        household=np.array(households, np.int32),
        node=np.array(helpers, np.int32),
        cost=np.array(costs, np.int64),
        kept=None,
        demand=np.ones(length + 1, np.int64),
        tier=np.zeros(length + 1, np.int32),
        places=places,
        first_slot=np.arange(length + 2, dtype=np.int64),
        tiers=1,
        step=0,
    )


def test_a_long_chain_of_moves_is_priced_exactly():
    network = chain(50, 1000)
    found = empty_flow(network)
    assert solve_flow(network, found)
    assert network.cost[found.slot >= 0].sum() == 50 * 1000


def test_prices_that_outgrow_the_limit_stop_the_run():
    network = chain(50, COST_LIMIT - 1)
    assert not solve_flow(network, empty_flow(network))


def test_without_a_writable_cache_the_code_is_compiled_in_memory(monkeypatch):
    plain = numba.njit

    def refuses_to_cache(*args, **options):
        if options.get("cache"):
            raise RuntimeError("no locator available")
        return plain(*args, **options)

    monkeypatch.setattr(numba, "njit", refuses_to_cache)

    @compiled
    def twice(x: int) -> int:
        return 2 * x

    assert twice(21) == 42


@pytest.mark.slow
def test_an_installation_nobody_can_write_to_still_compiles(tmp_path):
    """From another folder, with a plain file where the package's and the user's cache folders would have to be.

    One function is called, which takes its whole file through the compiler's door.
    """
    package, blocked = tmp_path / "site" / "yixian", tmp_path / "file"
    shutil.copytree(Path(yixian.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    blocked.touch()
    (package / "engines" / "pairing" / "__pycache__").touch()
    code = """
import numpy as np
from yixian.engines.pairing import flow
slot, kept = np.array([0, -1, 4], np.int32), np.array([True, True, False])
print(flow.changed_pairs(slot, kept).tolist(), kept.tolist(), flow.__file__)
"""
    ran = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd="/",
        env={"PYTHONPATH": str(package.parent), "HOME": str(blocked), "XDG_CACHE_HOME": str(blocked)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = f"[1, 2] [True, False, True] {package / 'engines/pairing/flow.py'}"
    assert (ran.returncode, ran.stdout.strip()) == (0, told), ran.stderr
