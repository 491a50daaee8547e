"""Tables of visits and promises."""

from yixian.visits.models.photo import VisitPhoto
from yixian.visits.models.promise import Promise, PromiseOutcome
from yixian.visits.models.visit import Visit, VisitAcknowledgement, VisitObjection, VisitPresence

__all__ = [
    "Promise",
    "PromiseOutcome",
    "Visit",
    "VisitAcknowledgement",
    "VisitObjection",
    "VisitPhoto",
    "VisitPresence",
]
