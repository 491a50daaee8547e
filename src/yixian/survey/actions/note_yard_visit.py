"""记入户结果: note what a visit came to. Nobody is measured behind their back, and nobody without what they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.received.photographs import photograph_of
from yixian.kernel.received.upload import Upload
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.survey.access import ORGANISERS
from yixian.survey.choices import TO_COME_AGAIN, WITH_PAPER, YardVisitOutcome
from yixian.survey.models import SurveyTeam, YardVisit
from yixian.survey.queries import get_team


@dataclass(frozen=True, slots=True)
class YardVisitDraft:
    """What is noted of a visit. ``interpreter`` is who interpreted; ``paper`` the photograph of the letter or mandate."""

    household_no: str
    on: date
    outcome: YardVisitOutcome
    representative: str = ""
    paper: Upload | None = None
    asked_interpreter: bool = False
    interpreter: str = ""
    asked_woman: bool = False
    next_on: date | None = None


@transaction.atomic
def note_yard_visit(team_id: int, draft: YardVisitDraft, *, actor: Actor, at: datetime) -> YardVisit:
    """Note what a team's visit to a household of its campaign came to.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` for a household or day that is none of the
    campaign's, for a stand-in without name or paper, for no day to come again, and where a household was measured without
    the interpreter or the woman that it asked for.
    """
    person = require_person(actor, ORGANISERS)
    team = get_team(actor.acting_as(ORGANISERS), team_id)
    _check(team, draft, timezone.localdate(at))
    household = _household(team, draft.household_no, draft.on)
    visit = YardVisit(
        team=team,
        household=household,
        area_path=household.area_path,
        on=draft.on,
        outcome=draft.outcome,
        representative=draft.representative.strip() if draft.outcome in WITH_PAPER else "",
        asked_interpreter=draft.asked_interpreter,
        interpreter=draft.interpreter.strip(),
        asked_woman=draft.asked_woman,
        next_on=draft.next_on if draft.outcome in TO_COME_AGAIN else None,
        by_id=person,
        at=at,
    )
    if draft.outcome in WITH_PAPER and draft.paper is not None:
        photograph = photograph_of(draft.paper)
        visit.paper = ContentFile(photograph.content, name=f"{photograph.sha256}.sealed")
    visit.save()
    data = {"team": team.name, "on": draft.on.isoformat(), "outcome": str(draft.outcome)}
    entry = Entry("survey.yard_visited", "yard_visit", visit.pk, visit.area_path, data)
    record(entry, actor=actor, at=at)
    return visit


def _household(team: SurveyTeam, number: str, on: date) -> Household:
    rows = Household.objects.filter(below(team.campaign.area.path), in_force(on))
    household = rows.filter(household_no=number.strip()).first()
    if household is None:
        words = _("There is no household of this number in the campaign.")
        raise Invalid("survey.no_household", words, field="household_no")
    return household


def _check(team: SurveyTeam, draft: YardVisitDraft, today: date) -> None:
    if not team.campaign.first_day <= draft.on <= today:
        words = _("A visit lies between the campaign's first day and today.")
        raise Invalid("survey.visit_day", words, field="on")
    if draft.outcome in WITH_PAPER and not draft.representative.strip():
        words = _("Say who stood in for the household.")
        raise Invalid("survey.no_representative", words, field="representative")
    if draft.outcome in WITH_PAPER and draft.paper is None:
        words = _("Photograph the letter, mandate or proof: without it nobody stands in for a household.")
        raise Invalid("survey.no_paper", words, field="paper")
    if draft.outcome in TO_COME_AGAIN:
        if draft.next_on is None or draft.next_on <= draft.on:
            words = _("Say on which later day the team comes again.")
            raise Invalid("survey.no_next_day", words, field="next_on")
        return
    if draft.asked_woman and not team.has_woman:
        words = _("A woman was asked for, and none is in this team: it comes again with one.")
        raise Invalid("survey.no_woman", words, field="asked_woman")
    if draft.asked_interpreter and not draft.interpreter.strip():
        words = _("An interpreter was asked for: say who interpreted, or that the team comes again.")
        raise Invalid("survey.no_interpreter", words, field="interpreter")
