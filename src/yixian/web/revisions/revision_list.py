"""修订清单与总览: every revision, beginning one, and one as a whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.permission import require_person
from yixian.registry.queries.areas import work_places
from yixian.revisions.access import APPROVERS, DRAFTERS
from yixian.revisions.actions.begin_revision import Intent, begin_revision
from yixian.revisions.budgeting import budget_head_gaps
from yixian.revisions.choices import RevisionStage
from yixian.revisions.queries import (
    drafts_of,
    get_revision,
    price_changes,
    revision_list,
    revision_view,
)
from yixian.revisions.revision_read_models import ListedRevision
from yixian.web.forms import day_field
from yixian.web.library.price_list import price_changes_table
from yixian.web.request_actor import actor_of
from yixian.web.revisions.revision_steps import STEPS
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, DATE, Badge, soft
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table
from yixian.web.ui.trails import Trail


class IntentForm(forms.Form):
    """What is to be changed, where, from when, and why."""

    area = forms.ChoiceField(label=_("Location"))
    title_zh = forms.CharField(
        label=_("Title of the document"),
        max_length=120,
        help_text=_("As the decision will be called, e.g. 关于调整土木结构房屋补偿单价的决定"),
    )
    title_en = forms.CharField(label=_("Title in English (if there is one)"), max_length=160, required=False)
    issuer = forms.CharField(label=_("Who will issue it"), max_length=80)
    reason = forms.CharField(
        label=_("Why, in words that every household understands"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    valid_from = day_field(label=_("In force from"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(area.pk, area.label) for area in work_places(actor)]  # type: ignore[attr-defined]


_TONES = {
    RevisionStage.ADOPTED: "good",
    RevisionStage.WITHDRAWN: "",
    RevisionStage.CALLED_OFF: "",
    RevisionStage.DRAFTING: "river",
}

REVISIONS = ListPage(
    url="staff:revisions",
    export="staff:revisions_export",
    title=_("Revisions"),
    lead=_(
        "A change of prices or rules: drafted, seen in its effects for every household, "
        "approved by two people, and only then in force."
    ),
    table=Table[ListedRevision](
        _("Revisions"),
        (
            Column(
                "name",
                _("Revision"),
                lambda row: row.revision.title,
                link=lambda row: address_of("staff:revision", row.revision.pk),
                place="lead",
            ),
            Column(
                "stage",
                _("Status"),
                lambda row: Badge(row.stage.label, _TONES.get(row.stage, "warn")),
                BADGE,
                unsorted="found from its steps",
            ),
            Column("from", _("In force from"), lambda row: row.revision.valid_from, DATE, place="labelled"),
            Column("area", _("Area"), lambda row: row.revision.area.label),
            Column(
                "begun",
                _("Begun"),
                lambda row: timezone.localdate(row.revision.begun_at),
                DATE,
                under=lambda row: soft(row.revision.begun_by.display_name),
                place="labelled",
            ),
        ),
        Empty(
            _("No revision yet"),
            _("When many households say the same about one price, begin here: draft, compare, decide."),
        ),
        css="",
    ),
    rows=lambda query: revision_list(query.actor),
    counted=lambda n: ngettext("%(number)s revision", "%(number)s revisions", n) % {"number": f"{n:,}"},
    actions=(Action("staff:revision_new", _("Begin a revision"), is_primary=True),),
    template="revisions/list.html",
)


def _begin(asked: Submission) -> Any:
    given = dict(asked.given)
    area_id = int(given.pop("area"))
    return begin_revision(area_id, Intent(**given), actor=asked.actor, at=asked.at)


REVISION_NEW = FormPage(
    title=_("Begin a revision"),
    lead=_(
        "It begins with the policy in force as it stands. Nothing changes for anybody until two people have decided."
    ),
    subject=lambda asked: require_person(asked.actor, DRAFTERS),
    form=lambda asked: IntentForm(asked.data, actor=asked.actor, initial={"valid_from": asked.on}),
    action=_begin,
    to=lambda _asked, revision: reverse("staff:revision", args=[revision.pk]),
    done=_("Begun. Now change the prices, or hand in a whole pack."),
    button=_("Begin"),
    back=lambda _asked: (reverse("staff:revisions"), _("Revisions")),
)


_CHANGES = price_changes_table(_("Prices that change"), ("old", _("Now, yuan")), ("new", _("After, yuan")))

STEPS_TAKEN = Trail[Any](
    what=lambda step: step.get_kind_display(),
    at=lambda step: step.at,
    who=lambda step: step.by.display_name,
)
"""What was done with a revision, by whom."""


@require_GET
def revision_page(request: HttpRequest, revision_id: int) -> HttpResponse:
    """One revision: what it changes, what that would do, what was done with it, and what can be done next."""
    actor, today = actor_of(request), timezone.localdate()
    revision = get_revision(actor, revision_id)
    view = revision_view(revision)
    drafts = drafts_of(revision)
    context = {
        "revision": revision,
        "view": view,
        "change_table": _CHANGES,
        "changes": price_changes(revision, view.draft, language()),
        "drafts": drafts,
        "told": view.comparison.sums if view.comparison else None,
        "may_draft": actor.has_any(DRAFTERS),
        "may_approve": actor.has_any(APPROVERS) and actor.user_id not in _drafters(revision, drafts),
        "is_first": bool(view.first_approval and view.first_approval.by_id == actor.user_id),
        "is_beyond": view.comparison is not None
        and any(gap.is_beyond for gap in budget_head_gaps(view.comparison, on=today)),
        "is_due": today >= revision.valid_from,
        "steps_taken": STEPS_TAKEN.shown(request, view.steps),
        "steps": STEPS.offered(request, revision, view),
        "drafting": view.stage == RevisionStage.DRAFTING,
        "unchanged": view.draft.sha256 == revision.base.sha256,
    }
    return render(request, "revisions/page.html", context)


def _drafters(revision: Any, drafts: list[Any]) -> set[int]:
    return {revision.begun_by_id, *(draft.saved_by_id for draft in drafts)}
