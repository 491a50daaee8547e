"""Compensation's tables."""

from yixian.compensation.models.agreement import Agreement, AgreementSignature
from yixian.compensation.models.agreement_end import AgreementEnd, VoidProposal
from yixian.compensation.models.paper import StatementPaper
from yixian.compensation.models.run import StatementRun
from yixian.compensation.models.statement import Statement, StatementLine, StatementProblem

__all__ = [
    "Agreement",
    "AgreementEnd",
    "AgreementSignature",
    "Statement",
    "StatementLine",
    "StatementPaper",
    "StatementProblem",
    "StatementRun",
    "VoidProposal",
]
