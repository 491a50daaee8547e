"""改登记的页面: a household, a person, a line of the survey, a helper or a body, put right where one reads it; and new ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.kernel.languages import language
from yixian.registry.actions.note_reading import note_reading
from yixian.web.staff.document_form import PROPOSED
from yixian.web.staff.row_form import RowForm
from yixian.web.ui.cells import Text
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.forms import FormPage, Link, Submission
from yixian.workbook.actions.edit_row import edit_row
from yixian.workbook.editable_rows import (
    EditableRow,
    helper_row,
    household_row,
    item_row,
    member_row,
    new_item_row,
    new_member_row,
    organisation_row,
)
from yixian.workbook.row_check import policy_for

_LEAD = _(
    "What money hangs on takes effect when a second person has agreed; the rest holds at once. What stood before stays to be "
    "seen, with the reason."
)


def _form(asked: Submission) -> RowForm:
    row: EditableRow = asked.subject
    if row.household is not None and asked.request.method != "POST":
        note_reading(asked.actor, row.household, gettext_noop("form of the register"), at=asked.at)
    return RowForm(row, policy_for(row, asked.on), asked.data)


def _done(change: Any) -> Text:
    return PROPOSED if change is not None else _("Entered. It holds.")


def _back(asked: Submission) -> Link:
    row: EditableRow = asked.subject
    if row.household is not None:
        return household_crumb(row.household)
    if row.sheet == "people":
        return reverse("staff:helper", args=[asked.kwargs["helper_id"]]), str(row.values["name"])
    return reverse("staff:organisation", args=[asked.kwargs["organisation_id"]]), str(row.values["name"])


def _page(
    title: Text | Callable[[Submission], Text],
    subject: Callable[[Submission], EditableRow],
    lead: Text = _LEAD,
) -> FormPage:
    return FormPage(
        title=title,
        lead=lead,
        subject=subject,
        form=_form,
        action=lambda asked: edit_row(
            asked.subject, asked.given["typed"], asked.given["grounds"], actor=asked.actor, at=asked.at
        ),
        to=lambda asked, change: (
            _back(asked)[0] if change is None else reverse("staff:change", args=[change.pk])
        ),
        done=_done,
        button=_("Put it right"),
        back=_back,
    )


def _named(asked: Submission) -> Text:
    values = asked.subject.values
    name = values.get("name_en") if language() == "en" else ""
    return _t("Put right: %(name)s") % {"name": name or values["name"]}


HOUSEHOLD = _page(
    _("Put the household's data right"),
    lambda asked: household_row(asked.actor, asked.kwargs["household_id"]),
)
MEMBER = _page(
    _named, lambda asked: member_row(asked.actor, asked.kwargs["household_id"], asked.kwargs["person_id"])
)
MEMBER_NEW = _page(
    _("Somebody comes to the household"),
    lambda asked: new_member_row(asked.actor, asked.kwargs["household_id"]),
    _("It takes effect when a second person has agreed."),
)
ITEM = _page(
    _("Put a line of the survey right"),
    lambda asked: item_row(asked.actor, asked.kwargs["household_id"], asked.kwargs["item_id"]),
)
ITEM_NEW = _page(
    _("Something that the survey left out"),
    lambda asked: new_item_row(asked.actor, asked.kwargs["household_id"]),
    _("It takes effect when a second person has agreed."),
)
HELPER = _page(
    _named,
    lambda asked: helper_row(asked.actor, asked.kwargs["helper_id"]),
    _("It holds at once; what stood before stays to be seen, with the reason."),
)
ORGANISATION = _page(
    _named,
    lambda asked: organisation_row(asked.actor, asked.kwargs["organisation_id"]),
    _("It holds at once, also on the public pages; what stood before stays to be seen, with the reason."),
)
