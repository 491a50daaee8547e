"""Compensation's tables."""

from yixian.compensation.models.agreement import Agreement, AgreementSignature
from yixian.compensation.models.agreement_end import AgreementEnd, VoidProposal
from yixian.compensation.models.case import AccountCase, CaseDecision
from yixian.compensation.models.paper import StatementPaper
from yixian.compensation.models.run import RunEnd, StatementRun
from yixian.compensation.models.statement import Statement, StatementLine, StatementProblem

__all__ = [
    "AccountCase",
    "Agreement",
    "AgreementEnd",
    "AgreementSignature",
    "CaseDecision",
    "RunEnd",
    "Statement",
    "StatementLine",
    "StatementPaper",
    "StatementProblem",
    "StatementRun",
    "VoidProposal",
]
