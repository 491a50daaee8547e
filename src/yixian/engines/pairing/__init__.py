"""包户结对: who stands beside whom, solved exactly, proven by separate code, with every shortage explained.

`solve` pairs households with cadres and party members, keeping as much of a previous pairing as can be; `check`
verifies any solution beside the tables it was solved from; `explain` says what another helper would change, `remedies` what
would end a shortage. `ActivePairs`
holds the pairs in force for one event after the other. All are pure: tables in, tables or plain values out.
`yixian.engines.pairing.pairing_files` reads and writes the tables as CSV folders.
"""

from yixian.engines.pairing.active_pairs import ActivePairs, Arrival, Change, NewHousehold
from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.county import CADRE, MEMBER, ROLES
from yixian.engines.pairing.explain import explain
from yixian.engines.pairing.explaining import Counterfactual, Explanation, Move, Pair
from yixian.engines.pairing.pairing_errors import (
    CostsTooLarge,
    InputInvalid,
    PairingError,
    PairingFault,
    ProofFailed,
    UnknownId,
)
from yixian.engines.pairing.pairing_sentences import (
    LANGUAGES,
    describe_explanation,
    remedy_sentences,
    shortage_sentences,
)
from yixian.engines.pairing.shortage_remedies import PLACES, remedies
from yixian.engines.pairing.solution import RoleProof, Solution
from yixian.engines.pairing.solve import DEFAULT_BALANCE, check, solve, warm_up

__all__ = [
    "CADRE",
    "DEFAULT_BALANCE",
    "LANGUAGES",
    "MEMBER",
    "PLACES",
    "ROLES",
    "ActivePairs",
    "Arrival",
    "Breach",
    "Change",
    "CostsTooLarge",
    "Counterfactual",
    "Explanation",
    "InputInvalid",
    "Move",
    "NewHousehold",
    "Pair",
    "PairingError",
    "PairingFault",
    "ProofFailed",
    "RoleProof",
    "Solution",
    "UnknownId",
    "check",
    "describe_explanation",
    "explain",
    "remedies",
    "remedy_sentences",
    "shortage_sentences",
    "solve",
    "warm_up",
]
