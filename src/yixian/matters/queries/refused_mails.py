"""退下的邮件: mails that were not taken for a person's, so that nobody's words are lost without somebody having seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import FORWARDERS
from yixian.matters.choices import MailOutcome
from yixian.matters.models import MailTaken

WHY: dict[str, Promise] = {
    "auto_reply": _("An automatic reply"),
    "undeliverable": _("Word of a mail that did not arrive"),
    "receipt": _("A read receipt"),
    "bulk": _("A mass mailing"),
    "own": _("Our own mail, come back"),
}
"""Why a mail is refused, by the reason that is kept."""


@dataclass(frozen=True, slots=True)
class RefusedMail:
    """A mail that was refused: what to look for in the inbox, and why it was refused."""

    pk: int
    arrived_at: datetime
    why: str
    subject: str
    sender: str


def refused_mails(actor: Actor) -> ResultSet[RefusedMail]:
    """Every refused mail, the latest first, for the petition office. Raises `NotPermitted`."""
    require(actor, FORWARDERS)
    rows = MailTaken.objects.filter(outcome=MailOutcome.REFUSED).order_by("-arrived_at", "-pk")
    return ResultSet(rows, {"arrived": ("arrived_at",), "why": ("reason",)}, _read)


def _read(rows: Sequence[MailTaken]) -> list[RefusedMail]:
    return [
        RefusedMail(
            row.pk,
            row.arrived_at,
            str(WHY.get(row.reason, row.reason)),
            row.shown_subject,
            row.shown_sender,
        )
        for row in rows
    ]
