"""补偿核算引擎: every account reckoned exactly, explained and repeatable, from facts and a policy pack."""

from yixian.domain.policy import Pack, PackErrors
from yixian.engines.entitlements.calculation import compute
from yixian.engines.entitlements.checker import CheckFailed
from yixian.engines.entitlements.comparing import PackComparison, compare
from yixian.engines.entitlements.fact_tables import FactTablesError
from yixian.engines.entitlements.one_household import (
    EnteredItem,
    OneAccount,
    OneLine,
    OneProblem,
    calculate_one,
    rules_typed_on,
)
from yixian.engines.entitlements.pack_files import load_pack, pack_from_canonical, pack_identity
from yixian.engines.entitlements.result_tables import Result
from yixian.engines.entitlements.sentences import line_title, sentence, unit_after, unit_word
from yixian.engines.entitlements.traces import trace_of

__all__ = [
    "CheckFailed",
    "EnteredItem",
    "FactTablesError",
    "OneAccount",
    "OneLine",
    "OneProblem",
    "Pack",
    "PackComparison",
    "PackErrors",
    "Result",
    "calculate_one",
    "compare",
    "compute",
    "line_title",
    "load_pack",
    "pack_from_canonical",
    "pack_identity",
    "rules_typed_on",
    "sentence",
    "trace_of",
    "unit_after",
    "unit_word",
]
