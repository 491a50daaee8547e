"""减员页: say that a member has left the household, why and from which day; a second person agrees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.registry.access import REGISTER_EDITORS, get_household
from yixian.registry.actions.propose_leaving import Leaving, propose_leaving
from yixian.registry.choices import LeftAs, Relation
from yixian.registry.queries import members
from yixian.web.forms import day_field
from yixian.web.staff.document_form import PROPOSED, DocumentForm, document_of
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.forms import FormPage, Submission


class LeavingForm(DocumentForm):
    """Why and from when; whose turn it is as head where the head leaves."""

    left_as = forms.ChoiceField(label=_("Why they left"), choices=LeftAs.choices)
    on = day_field(label=_("From which day"))
    new_head_id = forms.TypedChoiceField(
        label=_("Head of the household from then on"), coerce=int, empty_value=None, required=False
    )
    field_order = ("left_as", "on", "new_head_id")

    def __init__(self, subject: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _household, leaver, others = subject
        if leaver.relation != Relation.HEAD:
            del self.fields["new_head_id"]
            return
        names = [(person.person_id, f"{person.name} · {person.relation_label}") for person in others]
        self.fields["new_head_id"].choices = [("", "—"), *names]  # type: ignore[attr-defined]


def _subject(asked: Submission) -> Any:
    """The household, who leaves, and who stays."""
    require(asked.actor, REGISTER_EDITORS)
    household = get_household(asked.actor, asked.kwargs["household_id"])
    people = members(asked.actor, household, on=asked.on)
    leaver = next((one for one in people if one.person_id == asked.kwargs["person_id"]), None)
    if leaver is None:
        raise NotFound("member.not_found", _("The household has no such member."))
    return household, leaver, [one for one in people if one is not leaver]


def _propose(asked: Submission) -> Any:
    household, leaver, _others = asked.subject
    given = asked.given
    leaving = Leaving(leaver.person_id, LeftAs(given["left_as"]), given["on"], given.get("new_head_id"))
    document = document_of(given)
    return propose_leaving(household.pk, leaving, document, actor=asked.actor, at=asked.at)


LEAVING = FormPage(
    title=lambda asked: _t("%(name)s left the household") % {"name": asked.subject[1].name},
    lead=_(
        "It takes effect when a second person has agreed. Whoever left stays on record as a former member."
    ),
    subject=_subject,
    form=lambda asked: LeavingForm(asked.subject, asked.data),
    action=_propose,
    to=lambda _asked, change: reverse("staff:change", args=[change.pk]),
    done=PROPOSED,
    button=_("Put it before a second person"),
    back=lambda asked: household_crumb(asked.subject[0]),
)
