"""落实现场决定: the body says what became of it, a leader closes it or sends it back; a household says it never took place."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.workflow import Step
from yixian.outreach.decision_steps import CLOSE, DONE, NOT_DONE, SEND_BACK
from yixian.outreach.limits import MAX_NOTE, MAX_OBJECTIONS
from yixian.outreach.models import OnSiteDecision, OnSiteDecisionStep, OnSiteObjection, OnSiteSession
from yixian.outreach.on_site_read_models import DecisionView
from yixian.outreach.queries.on_site import get_decision
from yixian.visits.access import require_household


@transaction.atomic
def report_done(decision_id: int, words: str, *, actor: Actor, at: datetime) -> OnSiteDecisionStep:
    """Say with what it was carried out."""
    return _take(DONE, decision_id, _required(words), None, actor, at)


@transaction.atomic
def report_not_done(decision_id: int, words: str, *, actor: Actor, at: datetime) -> OnSiteDecisionStep:
    """Say why it was not carried out."""
    return _take(NOT_DONE, decision_id, _required(words), None, actor, at)


@transaction.atomic
def close_decision(decision_id: int, words: str, *, actor: Actor, at: datetime) -> OnSiteDecisionStep:
    """A leader who answers for the place has seen it to its end."""
    return _take(CLOSE, decision_id, words.strip()[:MAX_NOTE], None, actor, at)


@transaction.atomic
def send_decision_back(
    decision_id: int, words: str, due_on: date, *, actor: Actor, at: datetime
) -> OnSiteDecisionStep:
    """Send it back with what is missing and a new day."""
    if due_on < timezone.localdate(at):
        raise Invalid("supervision.day", _("The day must not be past."), field="due_on")
    return _take(SEND_BACK, decision_id, _required(words), due_on, actor, at)


@transaction.atomic
def object_to_session(
    session_id: int, words: str, *, never_held: bool, actor: Actor, household_id: int, at: datetime
) -> OnSiteObjection:
    """A household of the place says that it was not so, or that nobody came. Nothing else follows from it.

    Raises `NotFound` for a session elsewhere, `Invalid` without words (where it did take place).
    """
    household = require_household(actor, household_id)
    session = OnSiteSession.objects.select_for_update().filter(pk=session_id).first()
    if session is None or not household.area_path.startswith(session.area_path):
        raise NotFound("on_site.not_found", _("There is no such session."))
    if not words.strip() and not never_held:
        raise Invalid("visit.objection", _("Please say what was not so."), field="words")
    if len(words) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="words")
    own = session.objections.filter(household=household).order_by("-pk")
    latest = own.first()
    if latest is not None and (latest.words, latest.never_held) == (words.strip(), never_held):
        return latest
    if own.count() >= MAX_OBJECTIONS:
        raise Refused(
            "visit.objections", _("You have written this ten times: please ring the township instead.")
        )
    row = OnSiteObjection.objects.create(
        session=session, household=household, never_held=never_held, words=words.strip(), at=at
    )
    data = {"session": session.pk, "never_held": never_held}
    entry = Entry("on_site.objected", "on_site_session", session.pk, session.area_path, data)
    record(entry, actor=actor, at=at)
    return row


def _take(
    step: Step[DecisionView], decision_id: int, words: str, due_on: date | None, actor: Actor, at: datetime
) -> OnSiteDecisionStep:
    get_decision(actor, decision_id, at=at)
    OnSiteDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    view = get_decision(actor, decision_id, at=at)
    user_id = step.check(view, actor, at)
    taken = OnSiteDecisionStep.objects.create(
        decision=view.decision, kind=step.event, words=words, due_on=due_on, by_id=user_id, at=at
    )
    path = view.decision.area_path
    record(Entry(f"on_site.{step.event}", "on_site_decision", decision_id, path), actor=actor, at=at)
    return taken


def _required(words: str) -> str:
    if not words.strip():
        raise Invalid("matter.words", _("This must be filled in."), field="words")
    if len(words) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="words")
    return words.strip()
