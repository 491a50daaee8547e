"""Compensation's tables."""

from yixian.compensation.models.case import AccountCase, CaseDecision
from yixian.compensation.models.run import RunEnd, StatementRun
from yixian.compensation.models.statement import Statement, StatementLine, StatementProblem

__all__ = [
    "AccountCase",
    "CaseDecision",
    "RunEnd",
    "Statement",
    "StatementLine",
    "StatementProblem",
    "StatementRun",
]
