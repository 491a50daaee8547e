"""政策包: law as data — documents, clauses, dated prices, dated rules — and what is decided on a day."""

from yixian.domain.policy.declared import Input, Item
from yixian.domain.policy.documents import Clause, Document
from yixian.domain.policy.duty_rules import DutyRules
from yixian.domain.policy.pack import BudgetHead, Factor, FactorUse, Measure, OverItems, Pack, Price, Rule
from yixian.domain.policy.pack_errors import PackErrors, PackProblem
from yixian.domain.policy.periods import Period

__all__ = [
    "BudgetHead",
    "Clause",
    "Document",
    "DutyRules",
    "Factor",
    "FactorUse",
    "Input",
    "Item",
    "Measure",
    "OverItems",
    "Pack",
    "PackErrors",
    "PackProblem",
    "Period",
    "Price",
    "Rule",
]
