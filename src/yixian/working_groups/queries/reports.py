"""报告查询: the frozen versions of a group's report, to whom each went, until when a reply was asked for, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.matters.procedures import working_days_after
from yixian.working_groups.models import GroupReport, ReportDispatch, ReportReply, WorkingGroup
from yixian.working_groups.queries.groups import get_group


@dataclass(frozen=True, slots=True)
class SentView:
    """报送一份. ``due_on`` is the last day of the reply; None where the calendar does not know the year."""

    dispatch: ReportDispatch
    due_on: date | None
    reply: ReportReply | None
    is_overdue: bool


def reports(group: WorkingGroup) -> list[GroupReport]:
    """The versions of a group that the caller's actor may see, the latest first."""
    return list(group.reports.select_related("by").defer("facts").order_by("-number"))


def sent(group: WorkingGroup, *, at: datetime) -> list[SentView]:
    """To whom the report went, in the order in which it did."""
    rows = ReportDispatch.objects.filter(report__group=group).select_related("report").defer("report__facts")
    today = timezone.localdate(at)
    return [_view(row, today) for row in rows.prefetch_related("replies").order_by("pk")]


def report_file(actor: Actor, group_id: int, number: int, form: str) -> tuple[GroupReport, bytes]:
    """One version with its PDF or its workbook, as it was frozen. Raises `NotFound`."""
    group = get_group(actor, group_id)
    report = group.reports.filter(number=number).first()
    if report is None or form not in {"pdf", "xlsx"}:
        raise NotFound("report.not_found", _("There is no such report."))
    with (report.pdf if form == "pdf" else report.workbook).open() as file:
        return report, file.read()


def reply_scan(actor: Actor, group_id: int, reply_id: int) -> bytes:
    """The photograph of a letter. Raises `NotFound`."""
    group = get_group(actor, group_id)
    reply = ReportReply.objects.filter(pk=reply_id, dispatch__report__group=group).exclude(scan="").first()
    if reply is None:
        raise NotFound("report.not_found", _("There is no such report."))
    with reply.scan.open() as file:
        return bytes(file.read())


def _view(row: ReportDispatch, today: date) -> SentView:
    due_on = working_days_after(row.sent_on, row.reply_days)
    reply = max(row.replies.all(), key=lambda one: one.pk, default=None)
    late = reply is None and due_on is not None and due_on < today
    return SentView(row, due_on, reply, late)
