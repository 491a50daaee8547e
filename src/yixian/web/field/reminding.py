"""催一下: the page on which a cadre is reminded of a late visit, with what is known before it is sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yixian.duty.queries import assigned_helpers
from yixian.registry.access import get_household
from yixian.registry.choices import HelperKind
from yixian.visits.actions.remind_of_visit import remind_of_visit
from yixian.visits.queries import household_due
from yixian.visits.queries.reminders import latest_reminders
from yixian.web.ui.forms import FormPage, Submission


def _head(asked: Submission) -> str:
    household = asked.subject
    return str(household.head.name if household.head else household.household_no)


def _state(asked: Submission) -> str:
    """Who would be reminded, since when nobody came, and when somebody was reminded last."""
    household: Any = asked.subject
    due = household_due(asked.actor, household, on=asked.on)
    days = due.days_since(asked.on) if due else None
    beside = assigned_helpers(asked.actor, household, on=asked.on)
    names = "、".join(view.name for view in beside if view.role == HelperKind.CADRE) or gettext("nobody")
    said = [gettext("The cadre beside them: %(names)s.") % {"names": names}]
    said.append(
        gettext("They were never visited.")
        if days is None
        else ngettext("Last visited %(n)s day ago.", "Last visited %(n)s days ago.", days) % {"n": days}
    )
    earlier = latest_reminders([household.pk]).get(household.pk)
    if earlier:
        said.append(gettext("Reminded last on %(day)s.") % {"day": earlier.isoformat()})
    return " ".join(said)


REMIND = FormPage(
    title=lambda asked: gettext("Remind somebody of a visit to %(name)s") % {"name": _head(asked)},
    lead=_state,
    form=lambda asked: forms.Form(asked.data),
    subject=lambda asked: get_household(asked.actor, asked.kwargs["household_id"]),
    action=lambda asked: remind_of_visit(asked.subject.pk, actor=asked.actor, at=asked.at),
    to=lambda _asked, _household: reverse("staff:visits"),
    done=_("Reminded: it stands on the cadre's first page until somebody has visited."),
    button=_("Remind"),
    note=_(
        "The reminder stands on the cadre's first page and in the household's history, with your name. One a week at most."
    ),
    back=lambda _asked: (reverse("staff:visits"), _("Visits")),
)
