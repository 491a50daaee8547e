"""Compensation's tables."""

from yixian.compensation.models.run import StatementRun
from yixian.compensation.models.statement import Statement, StatementLine, StatementProblem

__all__ = ["Statement", "StatementLine", "StatementProblem", "StatementRun"]
