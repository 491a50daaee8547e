"""离岗的办理步骤: what is done about somebody who is away, by whom and when. Actions, pages and the matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.access import COVERERS, PLANNERS
from yixian.duty.choices import FOR_GOOD, AbsenceKind
from yixian.duty.duty_read_models import AbsenceView
from yixian.duty.models import Absence
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Step

AnyAbsence = Absence | AbsenceView


def _goes_on(absence: AnyAbsence, _actor: Actor, at: datetime) -> None:
    is_over = absence.valid_until is not None and absence.valid_until <= timezone.localdate(at)
    if is_over or absence.kind in FOR_GOOD or absence.is_called_off:
        raise Refused("absence.over", _("This absence is over, or for good."))


def _is_uncovered(absence: AnyAbsence, actor: Actor, at: datetime) -> None:
    if absence.kind != AbsenceKind.SUDDEN or absence.covered_at is not None:
        raise Refused("absence.covered", _("Every household has somebody again."))
    _goes_on(absence, actor, at)


def _is_to_come(absence: AnyAbsence, _actor: Actor, at: datetime) -> None:
    if absence.is_called_off:
        raise Refused("absence.off", _("This was called off already."))
    if absence.kind == AbsenceKind.SUDDEN or absence.valid_from <= timezone.localdate(at):
        raise Refused("absence.begun", _("This has begun: it can no longer be called off."))


COVER = Step[AnyAbsence](
    name="cover", event="absence.covered", roles=COVERERS, moment=_is_uncovered, asks=("beyond",)
)
END = Step[AnyAbsence](name="end", event="absence.ended", roles=COVERERS, moment=_goes_on, asks=("on",))

CALL_OFF = Step[AnyAbsence](
    name="call_off", event="absence.called_off", roles=PLANNERS, moment=_is_to_come, asks=("reason",)
)

STEPS = (COVER, END, CALL_OFF)
