"""公式: a small, total language over exact decimals. One typed tree, two targets: SQL and plain Python integers."""

from yixian.engines.entitlements.formula.building import FormulaError
from yixian.engines.entitlements.formula.day_types import is_day
from yixian.engines.entitlements.formula.parsing import is_name, parse
from yixian.engines.entitlements.formula.plain import Column, Evaluator, evaluate, evaluator
from yixian.engines.entitlements.formula.rounding import half_up
from yixian.engines.entitlements.formula.sql import Columns
from yixian.engines.entitlements.formula.tree import NARROW, Choices, Name, Node, names_in

__all__ = [
    "NARROW",
    "Choices",
    "Column",
    "Columns",
    "Evaluator",
    "FormulaError",
    "Name",
    "Node",
    "evaluate",
    "evaluator",
    "half_up",
    "is_day",
    "is_name",
    "names_in",
    "parse",
]
