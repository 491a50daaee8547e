"""报告: freeze a version, send it to those who have a say, and note what they answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound
from yixian.kernel.languages import language
from yixian.kernel.received.photographs import photograph_of
from yixian.kernel.received.upload import Upload
from yixian.working_groups.actions.group_steps import begin, note, optional, take_step, words
from yixian.working_groups.choices import GroupStage, RecipientKind, ReplyVerdict
from yixian.working_groups.limits import MAX_NAME, MAX_NUMBER, REPLY_DAYS
from yixian.working_groups.models import GroupReport, GroupStep, ReportDispatch, ReportReply
from yixian.working_groups.report.paper import report_pdf
from yixian.working_groups.report.report_facts import facts_of, facts_sha256
from yixian.working_groups.report.workbook import report_workbook
from yixian.working_groups.steps import END_REPLIES, FREEZE, REPLY, SEND


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a report, and in how many working days they are asked to reply."""

    kind: RecipientKind
    name: str
    sent_on: date
    reply_days: int = REPLY_DAYS


@dataclass(frozen=True, slots=True)
class Letter:
    """What a recipient answered. ``scan`` is a photograph of the letter as (name, bytes)."""

    received_on: date
    verdict: ReplyVerdict
    words: str
    number: str = ""
    scan: tuple[str, bytes] | None = None


@transaction.atomic
def freeze_report(group_id: int, options: str, *, actor: Actor, at: datetime) -> GroupReport:
    """Make a version of the report from what stands now, in the language being spoken. It is never changed.

    ``options`` are the ways out, in the group's own words. Raises `Refused` before the effects were looked at.
    """
    view, person = begin(FREEZE, group_id, actor=actor, at=at)
    number = view.group.reports.count() + 1
    facts = facts_of(view, words("options", options), number, at=at)
    pdf, book = report_pdf(facts), report_workbook(facts)
    report = GroupReport.objects.create(
        group=view.group,
        number=number,
        language=language(),
        facts=facts,
        facts_sha256=facts_sha256(facts),
        pdf=ContentFile(pdf, name="report.pdf"),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        workbook=ContentFile(book, name="report.xlsx"),
        workbook_sha256=hashlib.sha256(book).hexdigest(),
        by_id=person,
        at=at,
    )
    note(view.group, "group.report_frozen", actor=actor, at=at, number=number, sha256=report.pdf_sha256)
    return report


@transaction.atomic
def send_report(
    group_id: int, report_number: int, recipient: Recipient, *, actor: Actor, at: datetime
) -> ReportDispatch:
    """Note that a version was sent to somebody. The first is the stop *report sent*."""
    view, person = begin(SEND, group_id, actor=actor, at=at)
    report = view.group.reports.filter(number=report_number).first()
    if report is None:
        raise NotFound("report.not_found", _("There is no such report."))
    today = timezone.localdate(at)
    if not timezone.localdate(report.at) <= recipient.sent_on <= today:
        raise Invalid("report.day", _("Give a day from the report until today."), field="sent_on")
    if not 1 <= recipient.reply_days <= 120:
        raise Invalid("report.days", _("Give a number of working days from 1 to 120."), field="reply_days")
    dispatch = ReportDispatch.objects.create(
        report=report,
        kind=recipient.kind,
        name=words("name", recipient.name, MAX_NAME),
        sent_on=recipient.sent_on,
        reply_days=recipient.reply_days,
        by_id=person,
        at=at,
    )
    if not view.has(GroupStage.SENT):
        take_step(view, SEND, actor=actor, at=at)
    return dispatch


@transaction.atomic
def record_reply(
    group_id: int, dispatch_id: int, letter: Letter, *, actor: Actor, at: datetime
) -> ReportReply:
    """Note what a recipient answered; a later letter counts before an earlier one."""
    view, person = begin(REPLY, group_id, actor=actor, at=at)
    dispatch = ReportDispatch.objects.filter(pk=dispatch_id, report__group=view.group).first()
    if dispatch is None:
        raise NotFound("report.not_found", _("There is no such report."))
    if not dispatch.sent_on <= letter.received_on <= timezone.localdate(at):
        raise Invalid("report.day", _("Give a day from the report until today."), field="received_on")
    reply = ReportReply(
        dispatch=dispatch,
        received_on=letter.received_on,
        number=optional("number", letter.number, MAX_NUMBER),
        verdict=letter.verdict,
        words=words("words", letter.words),
        by_id=person,
        at=at,
    )
    if letter.scan is not None:
        reply.scan = ContentFile(photograph_of(Upload(*letter.scan)).content, name="letter.jpg")
    reply.save(force_insert=True)
    note(view.group, "group.replied", actor=actor, at=at, verdict=letter.verdict)
    return reply


@transaction.atomic
def end_replies(group_id: int, reason: str = "", *, actor: Actor, at: datetime) -> GroupStep:
    """Say that no more replies are waited for. Raises `Invalid` without a reason while somebody has not replied."""
    view, _person = begin(END_REPLIES, group_id, actor=actor, at=at)
    silent = ReportDispatch.objects.filter(report__group=view.group, replies=None).exists()
    said = words("reason", reason, 500) if silent else optional("reason", reason, 500)
    return take_step(view, END_REPLIES, actor=actor, at=at, note=said)
