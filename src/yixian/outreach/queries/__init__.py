"""Reading outreach: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.outreach.queries.explanation_list import (
    accounts_to_explain,
    answers_to_bring,
    denied_explanations,
    explanation_list,
)
from yixian.outreach.queries.explanations import (
    get_explanation,
    household_explanations,
    own_states,
)

__all__ = [
    "accounts_to_explain",
    "answers_to_bring",
    "denied_explanations",
    "explanation_list",
    "get_explanation",
    "household_explanations",
    "own_states",
]
