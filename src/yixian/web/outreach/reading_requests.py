"""替人请上门念账: whoever takes the call of a household, or has it at the counter, asks for it that somebody come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.outreach.actions.ask_for_reading import ask_for_reading
from yixian.outreach.queries.reading_requests import has_no_helpers
from yixian.visits.access import require_recorder
from yixian.web.ui.cells import Text
from yixian.web.ui.forms import FormPage, Submission


def _household(asked: Submission) -> Any:
    household, _user_id = require_recorder(asked.actor, asked.kwargs["household_id"])
    return household


def _page_of(household: Any) -> str:
    return reverse("staff:household", args=[household.pk])


def _done(row: Any) -> Text:
    if has_no_helpers(row.household_id, on=timezone.localdate(row.at)):
        return _("Written down. Nobody stands beside the household yet: its township and the bureau see it.")
    return _("Written down. Those beside the household see it on their first page.")


READING_ASK = FormPage(
    title=_("Somebody is to come and read the account"),
    lead=_(
        "For somebody who calls or stands at the counter. Those beside the household see it on their first page; the household "
        "sees who wrote it down."
    ),
    subject=_household,
    form=lambda asked: forms.Form(asked.data),
    action=lambda asked: ask_for_reading(asked.subject.pk, actor=asked.actor, at=asked.at),
    to=lambda asked, _row: _page_of(asked.subject),
    done=_done,
    button=_("Write it down for them"),
    back=lambda asked: (
        _page_of(asked.subject),
        asked.subject.head.name if asked.subject.head else asked.subject.household_no,
    ),
)
