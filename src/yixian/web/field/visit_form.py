"""走访表单: one page to fill in at the door, kept whole until it is right."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.received.photographs import MAX_BYTES
from yixian.kernel.received.upload import Upload
from yixian.visits.choices import VisitKind
from yixian.visits.limits import MAX_OTHERS, MAX_WORDS
from yixian.visits.promising.decided import DecidedFacts
from yixian.visits.visit_draft import VisitDraft
from yixian.web.field.promise_fields import promise_form_fields, promises_typed
from yixian.web.forms import day_field


class VisitRecordForm(forms.Form):
    """When, how, who was there, and what was said."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    on = day_field(label=gettext_lazy("Day"))
    begun = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("How"), choices=VisitKind.choices, widget=forms.RadioSelect)
    present = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who was there"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=gettext_lazy("Others who were there"), required=False, max_length=MAX_OTHERS
    )
    said = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=MAX_WORDS,
        help_text=gettext_lazy("In their own words where you can. The household will read this."),
        widget=forms.Textarea(attrs={"rows": 7, "autocapitalize": "sentences"}),
    )

    def __init__(self, *args: Any, members: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (member.person_id, f"{member.name} {member.relation_label} {_age(member.age)}")
            for member in members
        ]


class VisitForm(VisitRecordForm):
    """The same with boxes for promises."""

    def __init__(self, *args: Any, decided: DecidedFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(promise_form_fields(decided))


def draft_of(given: Mapping[str, Any], uploads: Sequence[UploadedFile[bytes]] = ()) -> VisitDraft:
    """What was typed into a form."""
    return VisitDraft(
        on=given["on"],
        said=given["said"],
        key=given["key"],
        begun=given["begun"],
        kind=given["kind"],
        present=frozenset(given["present"]),
        others=given["others"],
        promises=promises_typed(given)[1],
        photos=tuple(_upload(file) for file in uploads),
    )


def _upload(file: UploadedFile[bytes]) -> Upload:
    """A file that was sent; of one that is too large no more is read than shows it."""
    return Upload(file.name or "", file.read(MAX_BYTES + 1))


def _age(years: int) -> str:
    return _("aged %s") % years


def new_key() -> uuid.UUID:
    """The key of a form, made when its page is opened."""
    return uuid.uuid4()
