"""拟变更的页面: changes of what money hangs on — what waits for a second person, before and after, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET

from yixian.registry import change_steps
from yixian.registry.actions.decide_change import agree, refuse, withdraw
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.change_steps import overtaken_by
from yixian.registry.choices import ChangeKind, ChangeOutcome
from yixian.registry.queries.proposed_changes import (
    ChangeRow,
    change_list,
    change_rows,
    get_change,
    households_of,
)
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, CODE, MOMENT, NUMBER, Badge, soft
from yixian.web.ui.filters import ListQuery, Toggle
from yixian.web.ui.forms import reason_field
from yixian.web.ui.lists import ListPage
from yixian.web.ui.steps import StepPage, StepPages, taking
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {ChangeOutcome.WAITING: "warn", ChangeOutcome.AGREED: "good", ChangeOutcome.OUTDATED: "bad"}


def _outcome(change: Any) -> Badge:
    return Badge(change.get_outcome_display(), _TONES.get(ChangeOutcome(change.outcome), ""))


CHANGES = ListPage(
    url="staff:changes",
    title=_("Changes"),
    lead=_(
        "What is paid, and to whom, depends on quantities, eligibility, bank accounts, ID numbers, what the policy asks and "
        "which household has whom and what. "
        "One person proposes a change of these with its document; it takes effect when a second person agrees."
    ),
    table=Table[Any](
        _("Changes"),
        (
            Column(
                "title",
                _("Change"),
                lambda row: row.title,
                link=lambda row: reverse("staff:change", args=[row.pk]),
                place="lead",
            ),
            Column("outcome", _("State"), _outcome, BADGE, place="corner"),
            Column("kind", _("Kind"), lambda row: row.get_kind_display()),
            Column("count", _("Fields"), lambda row: row.word_count, NUMBER),
            Column(
                "document",
                _("Document"),
                lambda row: row.document_no,
                under=lambda row: soft(row.document_date.isoformat()),
            ),
            Column("by", _("Proposed by"), lambda row: str(row.proposed_by)),
            Column("at", _("When"), lambda row: row.proposed_at, MOMENT),
        ),
        Empty(
            _("No change waits for a second person"),
            _(
                "Changes are proposed with a workbook, or on a household's pages: what the policy asks, dividing it, "
                "joining another."
            ),
        ),
    ),
    rows=lambda query: change_list(query.actor, everything=query["all"] == "1"),
    counted=lambda n: ngettext("%(number)s change", "%(number)s changes", n) % {"number": f"{n:,}"},
    filters=(Toggle("all", _("Decided ones too")),),
)


class NoteForm(forms.Form):
    """Why a change is refused or taken back."""

    note = reason_field()


def _said(change: Any) -> Any:
    """What came of an agreement."""
    if change.outcome == ChangeOutcome.OUTDATED:
        return _("It was not entered: what was to be changed stands otherwise by now.")
    if change.kind == ChangeKind.WORKBOOK:
        return _("Agreed. The workbook is being entered.")
    return _("Agreed. It holds.")


STEPS = StepPages(
    prefix="staff:change_",
    subject=lambda asked: get_change(asked.actor, asked.kwargs["change_id"]),
    state=lambda _asked, change: change,
    title=lambda change: change.title,
    to=lambda change: reverse("staff:change", args=[change.pk]),
    crumb=("staff:changes", _("Changes")),
    pages=(
        StepPage(
            step=change_steps.AGREE,
            button=_("Agree"),
            done=_said,
            act=taking(agree),
            why=_("You agree to what stands here, as the document shows it."),
        ),
        StepPage(
            step=change_steps.REFUSE,
            button=_("Refuse"),
            done=_("Refused. Nothing was changed; it stays on record."),
            act=taking(refuse),
            form=lambda asked: NoteForm(asked.data),
            css="",
        ),
        StepPage(
            step=change_steps.WITHDRAW,
            button=_("Withdraw"),
            done=_("Taken back. It stays on record."),
            act=taking(withdraw),
            form=lambda asked: NoteForm(asked.data),
            css="btn-quiet",
        ),
    ),
)


def _shown(query: ListQuery) -> Mapping[str, Any]:
    """The proposal itself. Whoever looks at it reads of its households."""
    change = query.subject
    households = households_of(change)
    note_reading_many(
        query.actor, [one.pk for one in households], gettext_noop("proposed change"), at=query.at
    )
    overtaken = overtaken_by(change, query.actor, query.at)
    badge = Badge(_("Can no longer be carried out"), "bad") if overtaken else _outcome(change)
    return {
        "change": change,
        "badge": badge.__html__(),
        "overtaken": overtaken,
        "one": households[0] if len(households) == 1 else None,
    }


CHANGE = ListPage(
    url="staff:change",
    title=_("Change"),
    titled=lambda query: query.subject.title,
    table=Table[ChangeRow](
        _("Before and after"),
        (
            Column("field", _("Field"), lambda row: row.field, place="lead"),
            Column("household", _("Household number"), lambda row: row.household_no, CODE),
            Column(
                "old",
                _("Before"),
                lambda row: row.old or None,
                place="labelled",
                unsorted="read beside what follows",
            ),
            Column(
                "new",
                _("After"),
                lambda row: row.new or None,
                place="labelled",
                unsorted="read beside what was",
            ),
        ),
        Empty(_("Nothing is kept")),
    ),
    subject=lambda query: get_change(query.actor, query.kwargs["change_id"]),
    rows=lambda query: change_rows(query.actor, query.subject),
    counted=lambda n: ngettext("%(number)s field", "%(number)s fields", n) % {"number": f"{n:,}"},
    template="staff/changes/page.html",
    context=_shown,
)


@require_GET
def change_page(request: HttpRequest, change_id: int) -> HttpResponse:
    """One proposal: its document, each field before and after, and what can be done with it."""
    change = get_change(actor_of(request), change_id)
    steps = STEPS.offered(request, change, change)
    return CHANGE.answer(request, {"change_id": change_id}, {"steps": steps})
