"""政策包: law as data — documents, clauses, dated prices, dated rules — and what is decided on a day."""

from yixian.domain.policy.documents import Clause, Document
from yixian.domain.policy.errors import PackErrors, PackProblem
from yixian.domain.policy.pack import Input, Item, Pack, Price, Rule
from yixian.domain.policy.periods import Period

__all__ = [
    "Clause",
    "Document",
    "Input",
    "Item",
    "Pack",
    "PackErrors",
    "PackProblem",
    "Period",
    "Price",
    "Rule",
]
