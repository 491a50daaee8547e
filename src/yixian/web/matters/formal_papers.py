"""公文的页面: draft a formal paper, look at it, review, issue and deliver it, and print it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.matters import formal_steps, limits
from yixian.matters.actions import issue_paper as actions
from yixian.matters.choices import DeliveryWay, FormalPaperKind
from yixian.matters.paper.formal import formal_pdf, number_words
from yixian.matters.queries.formal_papers import awaited_people, code_used_before, draft_of, get_paper
from yixian.matters.queries.identity import opened_identity
from yixian.web.forms import day_field
from yixian.web.matters.step_forms import words_field
from yixian.web.paper.single import pdf
from yixian.web.request_actor import actor_of
from yixian.web.ui.file_names import file_name
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.steps import StepPage, StepPages, asking, taking


class _DraftForm(forms.Form):
    """The text, made from the matter's facts, to be worded better."""

    words = words_field(_("Text of the paper, a paragraph a line"), rows=14)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"words": asked.subject[3]})


class _ReturnForm(forms.Form):
    """Why it is not issued so."""

    words = words_field(_("What must be changed"), rows=3, most=limits.MAX_REASON)


class _IssueForm(forms.Form):
    """The letters before the number."""

    code = forms.CharField(
        label=_("Letters of your body before its numbers"),
        max_length=20,
        help_text=_("For example 澜信; the year and the next number follow by themselves."),
    )

    def __init__(self, asked: Submission) -> None:
        paper = getattr(asked.subject, "paper", None)
        super().__init__(
            asked.data, initial={"code": code_used_before(paper.organisation_id) if paper else ""}
        )


class _DeliverForm(forms.Form):
    """When it arrived, and how."""

    on = day_field(label=_("Day"))
    way = forms.TypedChoiceField(
        label=_("How it was delivered"),
        coerce=DeliveryWay,
        choices=DeliveryWay.choices,
        widget=forms.RadioSelect,
    )


def _matter_link(asked: Submission) -> tuple[str, Any]:
    number = asked.kwargs["matter_no"]
    return reverse("staff:matter", args=[number]), number


DRAFT = FormPage(
    title=lambda asked: FormalPaperKind(asked.subject[1]).label,
    lead=_(
        "Made from the matter's own facts and the law; word it better where you can. Somebody else reviews it, the head issues "
        "it under the next number. Who raised the matter is printed for those alone who opened it."
    ),
    form=_DraftForm,
    subject=lambda asked: draft_of(asked.actor, asked.kwargs["matter_no"], asked.kwargs["kind"], at=asked.at),
    action=lambda asked: actions.draft_paper(
        asked.kwargs["matter_no"], asked.kwargs["kind"], asked.given["words"], actor=asked.actor, at=asked.at
    ),
    to=lambda _asked, paper: reverse("staff:formal_paper", args=[paper.pk]),
    done=_("Drafted. Somebody else of your body reviews it."),
    button=_("Submit for review"),
    crumbs=lambda _asked: [(reverse("staff:matters"), _("Matters"))],
    back=_matter_link,
)

STEPS = StepPages(
    prefix="staff:formal_",
    subject=lambda asked: get_paper(asked.actor, asked.kwargs["paper_id"], at=asked.at),
    title=lambda view: view.paper.get_kind_display(),
    to=lambda view: reverse("staff:formal_paper", args=[view.paper.pk]),
    crumb=("staff:matters", _("Matters")),
    pages=(
        StepPage(
            step=formal_steps.REVIEW,
            button=_("Reviewed: it may be issued"),
            done=_("Reviewed. The head issues it."),
            act=taking(actions.review_paper),
        ),
        StepPage(
            step=formal_steps.RETURN,
            button=_("Return the draft"),
            done=_("Returned. It stays on record; another can be drafted."),
            act=taking(actions.return_paper),
            form=asking(_ReturnForm),
            css="",
        ),
        StepPage(
            step=formal_steps.ISSUE,
            button=_("Issue it"),
            done=lambda number: _("Issued as %(number)s.") % {"number": number_words(number)},
            act=taking(actions.issue_paper),
            form=_IssueForm,
        ),
        StepPage(
            step=formal_steps.DELIVER,
            button=_("Record the delivery"),
            done=_("Noted: it is delivered."),
            act=taking(actions.deliver_paper),
            form=asking(_DeliverForm),
        ),
    ),
)


@require_GET
def paper_page(request: HttpRequest, paper_id: int) -> HttpResponse:
    """One paper: its text, number and steps, and what can be done now."""
    now = timezone.now()
    view = get_paper(actor_of(request), paper_id, at=now)
    context = {
        "view": view,
        "number": number_words(view.number) if view.number else "",
        "paragraphs": view.paper.words.split("\n"),
        "steps": STEPS.offered(request, view, view),
        "awaited": awaited_people(view, at=now),
    }
    return render(request, "matters/formal_paper.html", context)


@require_GET
def paper_print(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The paper as a PDF; with the person's name for whoever has opened who raised the matter."""
    actor, now = actor_of(request), timezone.now()
    view = get_paper(actor, paper_id, at=now)
    people = opened_identity(view.paper.matter.number, actor=actor, at=now)
    content = formal_pdf(view, [one.name for one in people if one.name])
    return pdf(content, f"{file_name(view.paper.get_kind_display(), view.paper.matter.number)}.pdf")
