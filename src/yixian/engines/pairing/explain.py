"""说明一户: why this helper and not another, from a stored solution and the tables it was solved from."""

from __future__ import annotations

from yixian.engines.pairing.county import CADRE, County, Flags, Ints
from yixian.engines.pairing.explaining import Explanation, explained
from yixian.engines.pairing.flow_state import Flow, paired_flow
from yixian.engines.pairing.network import Network, role_network
from yixian.engines.pairing.pairing_errors import UnknownId
from yixian.engines.pairing.pairing_reader import read_county
from yixian.engines.pairing.previous import read_previous
from yixian.engines.pairing.role_state import RoleState
from yixian.engines.pairing.solution import HELPER_TIERS, HOUSEHOLD, Solution
from yixian.lazy_imports import np, pa, pc


def explain(
    solution: Solution,
    households: pa.Table,
    helpers: pa.Table,
    eligible: pa.Table,
    *,
    household: str,
    role: str = CADRE,
    instead: str | None = None,
    previous: pa.Table | None = None,
) -> Explanation:
    """Why the household has the helper it has, and what another would change, exactly.

    The tables are those the solution was solved from (and ``previous`` as well). ``instead`` is a helper's id; without
    it the nearest other eligible helpers are compared. The solution is taken as it is: `check` it if it is not your own.
    Raises `UnknownId` if there is no such household or helper, `InputInvalid` if a table is bad.
    """
    county = read_county(households, helpers, eligible)
    before = None if previous is None else read_previous(county, previous)
    state = solved_state(county, solution, role, None if before is None else before.tie)
    if household not in state.households:
        raise UnknownId(HOUSEHOLD, household)
    if instead is not None and instead not in helpers["helper_id"].cast(pa.string()).to_pylist():
        raise UnknownId("helper", instead)
    return explained(state, state.households.index(household), instead)


def solved_state(county: County, solution: Solution, role: str, previous: Flags | None) -> RoleState:
    """A role of a solution as a flow with the solution's prices."""
    proof = solution.proof[role]
    network, own_helpers, edges = role_network(
        county, role, seed=proof.seed, balance=proof.balance, previous=previous
    )
    pairs = _of_role(solution.pairs, role)
    taken = np.zeros(len(county.ties), np.bool_)
    taken[
        county.ties.find(
            _positions(pairs["household_id"], county.households.ids),
            _positions(pairs["helper_id"], county.helpers.ids),
        )
    ] = True
    flow = paired_flow(network, taken[edges])
    unserved = _of_role(solution.unserved, role)
    flow.missing[_positions(unserved["household_id"], county.households.ids)] = unserved["missing"].to_numpy()
    _set_prices(flow, network, _of_role(solution.prices, role))
    return RoleState(
        role,
        county.households.ids.to_pylist(),
        county.helpers.ids.take(pa.array(own_helpers)).to_pylist(),
        network,
        county.ties.cost[edges],
        flow,
        proof.balance,
    )


def _set_prices(flow: Flow, network: Network, prices: pa.Table) -> None:
    """Rows of a solution stand in canonical order, households first, then helpers tier by tier."""
    kinds = prices["kind"]
    for digit, of_households, of_nodes in (
        ("short", flow.household_short, flow.node_short),
        ("moves", flow.household_moves, flow.node_moves),
        ("price", flow.household_price, flow.node_price),
    ):
        if of_households is None or of_nodes is None:
            continue
        of_households[:] = prices.filter(pc.equal(kinds, HOUSEHOLD))[digit].to_numpy()
        for tier, kind in enumerate(HELPER_TIERS[: network.tiers]):
            of_nodes[tier :: network.tiers] = prices.filter(pc.equal(kinds, kind))[digit].to_numpy()


def _of_role(table: pa.Table, role: str) -> pa.Table:
    return table.filter(pc.equal(table["role"], role))


def _positions(ids: pa.ChunkedArray, known: pa.Array) -> Ints:
    positions: Ints = pc.index_in(ids, value_set=known).to_numpy().astype(np.int64)
    return positions
