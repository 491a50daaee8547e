"""Revisions' tables."""

from yixian.revisions.models.comparison import RevisionComparison
from yixian.revisions.models.revision import Revision, RevisionDraft, RevisionStep

__all__ = ["Revision", "RevisionComparison", "RevisionDraft", "RevisionStep"]
