"""公式: a small, total language over exact decimals. One typed tree, two targets: SQL and plain Python integers."""

from yixian.engines.entitlements.formula.building import FormulaError
from yixian.engines.entitlements.formula.parsing import is_name, parse
from yixian.engines.entitlements.formula.plain import Reckoner, evaluate, half_up, reckoner
from yixian.engines.entitlements.formula.sql import Columns
from yixian.engines.entitlements.formula.tree import NARROW, Name, Node, names_in

__all__ = [
    "NARROW",
    "Columns",
    "FormulaError",
    "Name",
    "Node",
    "Reckoner",
    "evaluate",
    "half_up",
    "is_name",
    "names_in",
    "parse",
    "reckoner",
]
