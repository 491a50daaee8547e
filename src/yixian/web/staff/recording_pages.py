"""录音的管理: which public texts have been recorded in which languages; adding a recording, and withdrawing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixian.kernel.received.upload import Upload
from yixian.kernel.received.voice_notes import MAX_BYTES
from yixian.kernel.result_sets import ResultSet
from yixian.policies.actions.add_recording import add_recording, withdraw_recording
from yixian.policies.public_texts import public_text
from yixian.policies.recordings import RecordedText, get_recording, recorded, recorded_texts
from yixian.registry.choices import Language
from yixian.web.ui.cells import BADGE, Badge
from yixian.web.ui.filters import Search
from yixian.web.ui.forms import ActionForm, FormPage, Submission, reason_field
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_OF_ONE_LANGUAGE = "the state of one language"
_KINDS = {"page": _("Page"), "document": _("Document"), "answer": _("Answer")}


class RecordingForm(ActionForm):
    """A recording of a text. The digest of the words that stand above the form goes along."""

    words = forms.CharField(widget=forms.HiddenInput, max_length=64)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    spoken_by = forms.CharField(
        label=_("Who speaks"),
        max_length=80,
        help_text=_("As it is to stand on the page: a name, or “the village’s broadcaster”."),
    )
    recording = forms.FileField(
        label=_("Recording"),
        help_text=_(
            "Recorded with any phone, ten minutes and ten megabytes at most. It is stored without place and device."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*"}),
    )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The file as it was sent, of which no more is read than shows that it is too large."""
        file = values["recording"]
        return values | {"recording": Upload(file.name or "", file.read(MAX_BYTES + 1))}


class WithdrawalForm(forms.Form):
    """Why a recording is played no more."""

    reason = reason_field()


def _address(key: str) -> str:
    return reverse("staff:recording_new", args=[key])


def _state(language: Language) -> Any:
    def badge(row: RecordedText) -> Badge | None:
        found = row.recordings.get(language)
        if found is None:
            return None
        return (
            Badge(_("Recorded"), "good")
            if not found.is_stale(row.text)
            else Badge(_("The text was changed since"), "warn")
        )

    return badge


RECORDINGS = ListPage[RecordedText](
    url="staff:recordings",
    title=_("Recordings"),
    lead=_("Public texts as they are spoken, for those who do not read, or speak another language at home."),
    table=Table(
        _("Texts"),
        (
            Column(
                "title",
                _("Text"),
                lambda row: row.title,
                link=lambda row: _address(row.text.key),
                place="lead",
                unsorted="of several kinds",
            ),
            Column(
                "kind",
                _("Kind"),
                lambda row: _KINDS[row.text.key.partition(":")[0]],
                unsorted="of several kinds",
            ),
            *(
                Column(
                    language.value,
                    language.label,
                    _state(language),
                    BADGE,
                    place="labelled",
                    unsorted=_OF_ONE_LANGUAGE,
                )
                for language in Language
            ),
        ),
        Empty(_("No text fits"), filtered=_("Try a shorter word.")),
    ),
    rows=lambda query: ResultSet(recorded_texts(query.actor, query.on, search=query["q"])),
    counted=lambda n: ngettext("%(number)s text", "%(number)s texts", n) % {"number": f"{n:,}"},
    search=Search(_("Words of a title")),
    template="staff/recordings/list.html",
)


def _text(asked: Submission) -> RecordedText:
    return recorded(public_text(asked.kwargs["key"], asked.on))


RECORDING_NEW = FormPage(
    title=lambda asked: asked.subject.title,
    lead=_(
        "Read these words aloud in the language, and add the recording. It is played to everybody at once."
    ),
    subject=_text,
    form=lambda asked: RecordingForm(asked.data, asked.files, initial={"words": asked.subject.text.sha256}),
    action=lambda asked: add_recording(
        asked.subject.text.key,
        asked.given["language"],
        asked.given["recording"],
        words_sha256=asked.given["words"],
        spoken_by=asked.given["spoken_by"],
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda asked, _row: _address(asked.subject.text.key),
    done=_("The recording is played on the page from now on."),
    button=_("Add the recording"),
    back=lambda _asked: (reverse("staff:recordings"), _("Recordings")),
    template="staff/recordings/text.html",
    context=lambda asked: {
        "recordings": [(row, row.is_stale(asked.subject.text)) for row in asked.subject.recordings.values()]
    },
)

RECORDING_WITHDRAW = FormPage(
    title=_("Withdraw a recording"),
    lead=_("It is played to nobody any more. What was played until now stays in the records."),
    subject=lambda asked: get_recording(asked.actor, asked.kwargs["recording_id"]),
    form=lambda asked: WithdrawalForm(asked.data),
    action=lambda asked: withdraw_recording(
        asked.subject.recording_id, asked.given["reason"], actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _row: _address(asked.subject.text),
    done=_("The recording is withdrawn."),
    button=_("Withdraw it"),
    back=lambda asked: (_address(asked.subject.text), _("Recordings")),
)
