"""回执: what somebody who wrote a matter down hands to the person, once, on the day on which it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.matters.codes import in_fours
from yixian.matters.matter_read_models import ClockView
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter
from yixian.matters.queries.matter_view import clock_views

SHOWN_FOR = timedelta(hours=24)
"""The digits are the person's own: whoever wrote them down sees them for a day, to print them, and never again."""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """回执的内容: the digits, who has it now, what was written down, and the limits that run."""

    number: str
    code: str
    holder: str
    area: str
    received_at: datetime
    words: str
    wanted: str
    anonymous: bool
    read_back: bool
    clocks: tuple[ClockView, ...]

    @property
    def code_in_fours(self) -> str:
        """The digits as they are printed and read aloud."""
        return in_fours(self.code)


def receipt_of(actor: Actor, number: str, *, at: datetime) -> ReceiptView:
    """The receipt of a matter for whoever wrote it down, also where they may not see what becomes of it.

    Raises `NotFound` for anybody else, `Refused` once its day is over.
    """
    rows = Matter.objects.select_related("text", "area")
    matter = rows.filter(number=number, recorded_by_id=actor.user_id).first() if actor.user_id else None
    if matter is None:
        raise NotFound("matter.not_found", _("There is no such matter."))
    written = matter.sortings.order_by("pk").values_list("at", flat=True).first()
    if written is None or at - written > SHOWN_FOR:
        raise Refused(
            "matter.receipt_over",
            _("The receipt was shown on the day it was written. Its digits are the person's own."),
        )
    first = matter.events.select_related("to_organisation").order_by("seq").first()
    clocks = clock_views(state_of(matter, at=at))
    return ReceiptView(
        number=matter.number,
        code=matter.code,
        holder=first.to_organisation.label if first and first.to_organisation else "",
        area=matter.area.label,
        received_at=matter.received_at,
        words=matter.text.words,
        wanted=matter.text.wanted,
        anonymous=matter.anonymous,
        read_back=matter.text.read_back,
        clocks=tuple(one for one in clocks if one.status in {"running", "overdue"}),
    )
