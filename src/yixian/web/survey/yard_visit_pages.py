"""入户结果的页面: the visits of a campaign in a list, one noted with its paper, and the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET

from yixian.kernel.received.photographs import MAX_BYTES
from yixian.kernel.received.upload import Upload
from yixian.registry.actions.note_reading import note_reading, note_reading_many
from yixian.survey.actions.note_yard_visit import YardVisitDraft, note_yard_visit
from yixian.survey.choices import TO_COME_AGAIN, YardVisitOutcome
from yixian.survey.queries import get_campaign, get_team
from yixian.survey.yard_visits import open_paper, yard_visit_list
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, DATE, Badge, soft
from yixian.web.ui.filters import Choice, ListQuery, Place, Search
from yixian.web.ui.forms import ActionForm, FormPage, Submission
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table


def _under_outcome(row: Any) -> str:
    if not row.paper:
        return ""
    href = reverse("survey:paper", args=[row.pk])
    return soft(format_html('{} <a href="{}">{}</a>', row.representative, href, _("Its paper")))


def _noted(query: ListQuery, rows: Sequence[Any]) -> None:
    ids = sorted({row.household_id for row in rows})
    note_reading_many(query.actor, ids, gettext_noop("list of survey visits"), at=query.at)


VISITS = ListPage(
    url="survey:yard_visits",
    export="survey:yard_visits_export",
    title=_("Visits of the teams"),
    lead=_("What each visit came to; nobody is measured behind their back."),
    table=Table[Any](
        _("Visits of the teams"),
        (
            Column(
                "household",
                _("Household"),
                lambda row: row.household.head.name if row.household.head else row.household.household_no,
                under=lambda row: soft(row.household.household_no),
                place="lead",
            ),
            Column(
                "outcome",
                _("What it came to"),
                lambda row: Badge(row.get_outcome_display(), "warn" if row.outcome in TO_COME_AGAIN else ""),
                BADGE,
                place="corner",
                under=_under_outcome,
            ),
            Column("place", _("Location"), lambda row: row.household.area.label, unsorted="as the household"),
            Column("on", _("Day"), lambda row: row.on, DATE),
            Column("team", _("Team"), lambda row: row.team.name),
            Column("next", _("Comes again on"), lambda row: row.next_on, DATE),
        ),
        Empty(_("No visit is noted yet"), _("The bureau notes what the teams report.")),
    ),
    subject=lambda query: get_campaign(query.actor, query.kwargs["campaign_id"]),
    rows=lambda query: yard_visit_list(
        query.subject, search=query["q"], outcome=query["outcome"], area_path=query["area"]
    ),
    counted=lambda n: ngettext("%(number)s visit", "%(number)s visits", n) % {"number": f"{n:,}"},
    search=Search(_("Name or number of a household")),
    filters=(Choice("outcome", _("What it came to"), YardVisitOutcome.choices), Place()),
    noted=_noted,
    template="survey/sheets.html",
    context=lambda query: {"campaign": query.subject},
)


class YardVisitForm(ActionForm):
    """A visit: to whom, on which day, and what it came to."""

    household_no = forms.CharField(label=_("Household number"), max_length=64)
    on = day_field(label=_("On which day"))
    outcome = forms.ChoiceField(label=_("What it came to"), choices=YardVisitOutcome.choices)
    representative = forms.CharField(label=_("Who stood in"), max_length=40, required=False)
    paper = forms.FileField(label=_("Photograph of their letter, mandate or proof"), required=False)
    asked_interpreter = forms.BooleanField(label=_("The household asked for an interpreter"), required=False)
    interpreter = forms.CharField(label=_("Who interpreted"), max_length=40, required=False)
    asked_woman = forms.BooleanField(label=_("A woman was asked for"), required=False)
    next_on = day_field(label=_("The team comes again on"), required=False)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, asked.files, initial={"on": asked.on})

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        file = values.pop("paper")
        outcome = YardVisitOutcome(values.pop("outcome"))
        paper = Upload(file.name or "", file.read(MAX_BYTES + 1)) if file else None
        return {"draft": YardVisitDraft(outcome=outcome, paper=paper, **values)}


VISIT_NEW = FormPage(
    title=_("Note a visit"),
    lead=lambda asked: f"{asked.subject.name} · {asked.subject.campaign.title}",
    subject=lambda asked: get_team(asked.actor, asked.kwargs["team_id"]),
    form=YardVisitForm,
    action=lambda asked: note_yard_visit(
        asked.kwargs["team_id"], **asked.given, actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _visit: reverse("survey:yard_visits", args=[asked.subject.campaign_id]),
    done=_("Noted."),
    button=_("Note it"),
    back=lambda asked: (
        reverse("survey:progress", args=[asked.subject.campaign_id]),
        asked.subject.campaign.title,
    ),
)


@require_GET
def paper(request: HttpRequest, visit_id: int) -> HttpResponse:
    """The photograph of a paper, unsealed and kept by no cache. Looking at it is noted."""
    actor = actor_of(request)
    visit, file = open_paper(actor, visit_id)
    note_reading(actor, visit.household, gettext_noop("paper of a survey visit"), at=timezone.now())
    with file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="paper-{visit_id}.jpg"'
    response["Cache-Control"] = "no-store"
    return response
