"""办理程序: legal deadlines by event sourcing. A matter is a list of events; everything else is derived when asked for.

Pure: procedures, events, a calendar and the moment asked about go in; the state, who holds the matter, every deadline and
what the procedure does not allow come out. Nothing here reads a file, a clock or a setting.
"""

from yixian.domain.procedure.calendar import UnknownYear, WorkCalendar
from yixian.domain.procedure.clocks import ClockReading
from yixian.domain.procedure.course import Course, Custody, ProcedureFault, replay
from yixian.domain.procedure.definition import (
    CALENDAR_DAYS,
    WORKING_DAYS,
    Clock,
    Escalation,
    Extension,
    Handover,
    Procedure,
    Transition,
)
from yixian.domain.procedure.events import Event

__all__ = [
    "CALENDAR_DAYS",
    "WORKING_DAYS",
    "Clock",
    "ClockReading",
    "Course",
    "Custody",
    "Escalation",
    "Event",
    "Extension",
    "Handover",
    "Procedure",
    "ProcedureFault",
    "Transition",
    "UnknownYear",
    "WorkCalendar",
    "replay",
]
