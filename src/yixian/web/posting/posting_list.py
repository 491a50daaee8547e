"""公示名单页: every posting in reach with where it stands, and the form that prepares a village's next round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixian.domain.procedure.posting import CLOSED, CONFIRMED, HANGING, HUNG, NOT_POSTED, VOID
from yixian.posting.actions.prepare_posting import prepare_posting
from yixian.posting.choices import PostedList
from yixian.posting.queries import PostingView, posting_list, villages_to_post
from yixian.web.forms import day_field
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, DATE, NUMBER, Badge
from yixian.web.ui.filters import Choice, Place
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table

_STATES = {
    NOT_POSTED: Badge(_("Not put up yet"), "warn"),
    HANGING: Badge(_("Hangs"), "good"),
    VOID: Badge(_("Taken down too early: void"), "bad"),
    HUNG: Badge(_("Has hung; to be closed"), "warn"),
    CLOSED: Badge(_("Round closed")),
    CONFIRMED: Badge(_("List locked"), "good"),
}


def state_badge(view: PostingView) -> Badge:
    """Where a posting stands, in words."""
    return _STATES[view.course.state]


POSTINGS = ListPage[PostingView](
    url="posting:list",
    export="posting:list_export",
    title=_("Postings"),
    lead=_(
        "What each household has hangs in its village, round by round, before anything is reckoned from it."
    ),
    table=Table(
        _("Postings"),
        (
            Column(
                "place",
                _("Village"),
                lambda row: row.posting.area.label,
                link=lambda row: address_of("posting:posting", row.posting.pk),
                place="lead",
            ),
            Column(
                "state", _("State"), state_badge, BADGE, place="corner", unsorted="worked out for the moment"
            ),
            Column("list", _("List"), lambda row: row.posting.get_list_display()),
            Column("round", _("Round"), lambda row: row.posting.round, NUMBER),
            Column(
                "last_day",
                _("Hangs through"),
                lambda row: row.last_date,
                DATE,
                unsorted="worked out from its events",
            ),
            Column(
                "waiting",
                _("Objections that wait"),
                lambda row: row.course.waiting,
                NUMBER,
                unsorted="worked out from its events",
            ),
            Column("prepared", _("Register of"), lambda row: row.posting.as_of, DATE),
        ),
        Empty(
            _("Nothing is posted yet"),
            _("Prepare a village's list of property, land or people."),
            filtered=_("Choose another place or list."),
        ),
    ),
    rows=lambda query: posting_list(query.actor, area_path=query["area"], posted=query["list"], at=query.at),
    counted=lambda n: ngettext("%(number)s posting", "%(number)s postings", n) % {"number": f"{n:,}"},
    filters=(Place(), Choice("list", _("List"), PostedList.choices)),
    actions=(Action("posting:new", _("Prepare a list"), is_primary=True),),
)


class PreparationForm(forms.Form):
    """Which list of which village, as the register has it on which day."""

    area = forms.TypedChoiceField(label=_("Village"), coerce=int)
    posted = forms.TypedChoiceField(label=_("List"), choices=PostedList.choices, coerce=PostedList)
    as_of = day_field(label=_("As the register stands on"))

    def __init__(self, *args: Any, villages: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        field.choices = villages


def _form(asked: Submission) -> PreparationForm:
    villages = [
        (area.pk, " · ".join(one.label for one in (area.parent, area) if one))
        for area in villages_to_post(asked.actor)
    ]
    return PreparationForm(asked.data, villages=villages, initial={"as_of": asked.on})


NEW = FormPage(
    title=_("Prepare a list"),
    lead=_(
        "The first round has every line of the village; each later one has what changed since. "
        "What is prepared cannot be changed any more."
    ),
    form=_form,
    action=lambda asked: prepare_posting(
        asked.given["area"], asked.given["posted"], asked.given["as_of"], actor=asked.actor, at=asked.at
    ),
    to=lambda _asked, posting: reverse("posting:posting", args=[posting.pk]),
    done=_("Prepared. Print it, put it up, and say here where it hangs."),
    button=_("Prepare it"),
    back=lambda _asked: (reverse("posting:list"), _("Postings")),
)
