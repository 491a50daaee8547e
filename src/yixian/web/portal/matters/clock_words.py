"""期限的大白话: what a limit means to the person — by when, how long still, and what happens if it passes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yixian.domain.procedure.clocks import MET, OVERDUE, RUNNING
from yixian.domain.procedure.definition import PERSON
from yixian.matters.choices import EscalationLevel
from yixian.matters.matter_read_models import ClockView, LadderView

_SENTENCES = {
    EscalationLevel.HEAD: gettext_lazy("the head of that office"),
    EscalationLevel.SUPERIOR: gettext_lazy("the body above it"),
    EscalationLevel.COUNTY: gettext_lazy("the county's leadership"),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit in words. ``state`` is running, soon, still, bad, good or over; ``if_missed`` is empty where nothing follows."""

    clock: ClockView
    state: str
    sentence: str
    if_missed: str


SOON = 3
"""Days before the last one from which a limit is shown as near."""


def deadline(clock: ClockView) -> Deadline:
    """One limit of a matter in words."""
    is_open = clock.status in {RUNNING, OVERDUE}
    missed = if_missed(clock.ladder, of_person=clock.of == PERSON, working=clock.working) if is_open else ""
    return Deadline(clock, _state(clock), _sentence(clock), missed)


def limit(days: int, *, working: bool) -> str:
    """So many days, calendar or working ones."""
    if working:
        return ngettext("%(count)s working day", "%(count)s working days", days) % {"count": days}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def if_missed(ladder: LadderView, *, of_person: bool, working: bool) -> str:
    """What follows by itself once the limit has passed."""
    if of_person:
        return _("After that day it can no longer be asked for.")
    if ladder.is_silent:
        return _("Silence until then counts as yes: the office then has it.")
    parts = []
    for after, to in ladder.escalations:
        who = str(_SENTENCES[EscalationLevel(to)])
        if after:
            parts.append(_("%(days)s later %(who)s") % {"days": limit(after, working=working), "who": who})
        else:
            parts.append(who)
    if not parts:
        return ""
    return _("If it passes, the system itself tells %(whom)s.") % {"whom": _(", ").join(parts)}


def _state(clock: ClockView) -> str:
    if clock.status == RUNNING:
        if clock.paused:
            return "still"
        return "soon" if clock.days_left is not None and clock.days_left <= SOON else "running"
    if clock.of == PERSON:
        return "over"
    return "good" if clock.status == MET else "bad"


def _sentence(clock: ClockView) -> str:
    if clock.status == RUNNING and clock.paused:
        return _("It stands still for now; the last day moves on with it.")
    if clock.status == RUNNING:
        return _left(clock.days_left or 0, working=clock.working)
    if clock.status == OVERDUE:
        late = limit(-(clock.days_left or 0), working=clock.working)
        return _("It should have been done by then: %(late)s late.") % {"late": late}
    if clock.stopped_at is None:
        return _("It was not asked for by then.")
    done = date_format(timezone.localtime(clock.stopped_at))
    if clock.status == MET:
        return _("Done in time, on %(day)s.") % {"day": done}
    return _("Done late, on %(day)s.") % {"day": done}


def _left(days: int, *, working: bool) -> str:
    if days == 0:
        return _("Today is the last day.")
    return _("%(days)s left.") % {"days": limit(days, working=working)}
