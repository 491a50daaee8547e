"""包户结对: who stands beside whom, solved exactly, proven by separate code, with every shortage explained.

`solve` pairs households with cadres and party members; `check` verifies any solution beside the tables it was solved
from. Both are pure: tables in, tables out. `yixian.engines.pairing.files` reads and writes them as CSV folders.
"""

from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.county import CADRE, MEMBER, ROLES
from yixian.engines.pairing.errors import CostsTooLarge, Fault, InputInvalid, PairingError, ProofFailed
from yixian.engines.pairing.solution import RoleProof, Solution
from yixian.engines.pairing.solve import DEFAULT_BALANCE, check, solve, warm_up

__all__ = [
    "CADRE",
    "DEFAULT_BALANCE",
    "MEMBER",
    "ROLES",
    "Breach",
    "CostsTooLarge",
    "Fault",
    "InputInvalid",
    "PairingError",
    "ProofFailed",
    "RoleProof",
    "Solution",
    "check",
    "solve",
    "warm_up",
]
