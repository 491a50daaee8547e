"""Reading signals and working groups: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.working_groups.queries.groups import (
    GroupView,
    decision_of,
    get_group,
    group_view,
    groups,
    linked_revision,
)
from yixian.working_groups.queries.signals import SignalView, get_signal, signal_view, signal_views, signals

__all__ = [
    "GroupView",
    "SignalView",
    "decision_of",
    "get_group",
    "get_signal",
    "group_view",
    "groups",
    "linked_revision",
    "signal_view",
    "signal_views",
    "signals",
]
