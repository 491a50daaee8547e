"""Tables of outreach."""

from yixian.outreach.models.explanation import (
    Explanation,
    ExplanationConfirmation,
    ExplanationObjection,
    ExplanationQuestion,
)

__all__ = ["Explanation", "ExplanationConfirmation", "ExplanationObjection", "ExplanationQuestion"]
