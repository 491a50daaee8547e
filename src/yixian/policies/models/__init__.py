"""Policies' tables."""

from yixian.policies.models.clause import PackClause
from yixian.policies.models.pack import PackAdoption, PackVersion
from yixian.policies.models.question import PolicyAnswer, PolicyCitation, PolicyQuestion
from yixian.policies.models.recording import Recording, RecordingWithdrawal

__all__ = [
    "PackAdoption",
    "PackClause",
    "PackVersion",
    "PolicyAnswer",
    "PolicyCitation",
    "PolicyQuestion",
    "Recording",
    "RecordingWithdrawal",
]
