"""公式: a small, total language over exact decimals. One typed tree, two targets: SQL and plain Python integers."""

from yixian.engines.entitlements.formula.parsing import FormulaError, parse
from yixian.engines.entitlements.formula.plain import evaluate
from yixian.engines.entitlements.formula.sql import rounded_sql, to_sql
from yixian.engines.entitlements.formula.tree import Name, Node

__all__ = ["FormulaError", "Name", "Node", "evaluate", "parse", "rounded_sql", "to_sql"]
