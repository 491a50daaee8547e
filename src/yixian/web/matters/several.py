"""批量办理诉求: take over, accept, give to a colleague, answer or join to a working group several matters at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yixian.matters import steps
from yixian.matters.actions import converse, hand_over, take_on
from yixian.matters.choices import NotificationChannel
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.queries.several import colleagues_of_all, matters_of, refusals_of
from yixian.matters.steps import MatterStep
from yixian.web.matters.step_forms import reason_field, words_field
from yixian.web.ui.forms import Submission
from yixian.web.ui.selections import BulkAction, BulkActions, Chosen
from yixian.working_groups.actions.join_matter import join_matter
from yixian.working_groups.queries.joinable import joinable_groups


def _refusals(step: MatterStep) -> Callable[[Submission, Sequence[str]], Mapping[str, str]]:
    return lambda asked, numbers: refusals_of(asked.actor, step, numbers, at=asked.at)


def _chosen(asked: Submission, numbers: Sequence[str]) -> list[Chosen]:
    return [
        Chosen(
            row.number,
            f"{row.topic_label} {row.number}",
            reverse("staff:matter", args=[row.number]),
            " · ".join(part for part in (row.words, row.area, row.holder) if part),
        )
        for row in matters_of(asked.actor, numbers, at=asked.at)
    ]


class _WordForm(forms.Form):
    """A word to all of them, if there is one."""

    reason = reason_field(_("A word to these people (optional)"), required=False)


class _ColleagueForm(forms.Form):
    """Which colleague."""

    user = forms.TypedChoiceField(label=_("Who deals with it"), coerce=int)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data)
        field: Any = self.fields["user"]
        rows = colleagues_of_all(asked.actor, asked.subject, at=asked.at) if asked.subject else []
        field.choices = [("", gettext("Choose somebody")), *rows]


class _AnswerForm(forms.Form):
    """The same words to all of them. ``key`` makes the form sent twice one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(
        _("What you tell these people"), rows=6, help_text=_("Each of them reads it with their receipt.")
    )

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data, initial={"key": uuid.uuid4()})


class _GroupForm(forms.Form):
    """Which working group."""

    group = forms.TypedChoiceField(label=_("Working group"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data)
        field: Any = self.fields["group"]
        field.choices = [
            (one.pk, f"{one.title} · {one.clause_words}") for one in joinable_groups(asked.actor)
        ]


def _not_joined(asked: Submission, numbers: Sequence[str]) -> dict[str, str]:
    if not joinable_groups(asked.actor):
        return dict.fromkeys(numbers, gettext("No working group is open that it could be joined to."))
    return refusals_of(asked.actor, steps.SORT, numbers, at=asked.at)


def _answer(asked: Submission, number: str) -> object:
    return converse.write_to_person(
        number,
        uuid.uuid5(asked.given["key"], number),
        asked.given["words"],
        NotificationChannel.PORTAL,
        actor=asked.actor,
        at=asked.at,
    )


SEVERAL: BulkActions[MatterRow] = BulkActions(
    url="staff:matters_several",
    list_url="staff:matters",
    crumb=_("Matters"),
    key=lambda row: row.number,
    label=lambda row: gettext("Mark %(number)s") % {"number": row.number},
    chosen=_chosen,
    actions=(
        BulkAction(
            name="take_over",
            button=_("Take it over"),
            act=lambda asked, number: hand_over.accept_handover(number, actor=asked.actor, at=asked.at),
            refusals=_refusals(steps.TAKE_OVER),
            done=lambda count: (
                ngettext("%(number)s matter is taken over.", "%(number)s matters are taken over.", count)
                % {"number": count}
            ),
        ),
        BulkAction(
            name="accept",
            button=_("Accept it"),
            act=lambda asked, number: take_on.accept_matter(
                number, **asked.given, actor=asked.actor, at=asked.at
            ),
            refusals=_refusals(steps.ACCEPT),
            form=lambda asked: _WordForm(asked.data),
            done=lambda count: (
                ngettext("%(number)s matter is accepted.", "%(number)s matters are accepted.", count)
                % {"number": count}
            ),
            why=_("Once accepted, it must be decided in writing within the limit. The person sees both."),
        ),
        BulkAction(
            name="assign",
            button=_("Give it to a colleague"),
            act=lambda asked, number: hand_over.assign(
                number, asked.given["user"], actor=asked.actor, at=asked.at
            ),
            refusals=_refusals(steps.ASSIGN),
            form=_ColleagueForm,
            done=lambda count: (
                ngettext(
                    "%(number)s matter is given to them.", "%(number)s matters are given to them.", count
                )
                % {"number": count}
            ),
            why=_("No clock begins anew by it, and your office still holds the matter."),
        ),
        BulkAction(
            name="write",
            button=_("Tell them the same"),
            act=_answer,
            refusals=_refusals(steps.WRITE),
            form=_AnswerForm,
            done=lambda count: (
                ngettext("%(number)s person is told.", "The people of %(number)s matters are told.", count)
                % {"number": count}
            ),
            why=_(
                "One answer for many who ask the same. It decides nothing: what must be decided still must be."
            ),
        ),
        BulkAction(
            name="group",
            button=_("Join to a working group"),
            act=lambda asked, number: join_matter(
                asked.given["group"], number, actor=asked.actor, at=asked.at
            ),
            refusals=_not_joined,
            form=_GroupForm,
            done=lambda count: (
                ngettext(
                    "%(number)s matter will be answered with the group.",
                    "%(number)s matters will be answered with the group.",
                    count,
                )
                % {"number": count}
            ),
            why=_(
                "Its clause is noted with each matter: when the group's question is decided, each person is answered with it."
            ),
        ),
    ),
)
