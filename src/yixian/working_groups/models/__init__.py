"""Working groups' tables."""

from yixian.working_groups.models.group import GroupMember, GroupStep, WorkingGroup
from yixian.working_groups.models.report import GroupReport, ReportDispatch, ReportReply
from yixian.working_groups.models.sample import (
    CheckAssignment,
    CheckMeasure,
    CheckPhoto,
    CheckResult,
    Sample,
    SampledHousehold,
    SampleDraw,
)
from yixian.working_groups.models.signal import Signal, SignalAnswer

__all__ = [
    "CheckAssignment",
    "CheckMeasure",
    "CheckPhoto",
    "CheckResult",
    "GroupMember",
    "GroupReport",
    "GroupStep",
    "ReportDispatch",
    "ReportReply",
    "Sample",
    "SampleDraw",
    "SampledHousehold",
    "Signal",
    "SignalAnswer",
    "WorkingGroup",
]
