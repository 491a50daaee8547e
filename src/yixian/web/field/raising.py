"""户里反映: what a household says to whoever stands at its door, written down, read back, and receipted on the spot.

The receipt is shown in the answer to the form: it is the household's, and whoever wrote it down does not keep it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yixian.duty.queries import assigned_helpers
from yixian.kernel.errors import NotFound, NotPermitted, YixianError
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.choices import IntakeChannel
from yixian.matters.intake import Complainant, Submission
from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import require_recorder
from yixian.web.error_pages import status_of
from yixian.web.forms import put_error
from yixian.web.raising.microphone import microphone_here
from yixian.web.raising.raise_form import MatterForm, new_key
from yixian.web.raising.receipt import receipt_context
from yixian.web.raising.uploads import files_of
from yixian.web.request_actor import actor_of

_OF_FILES = frozenset({"files", "photos", "sounds"})


class VisitMatterForm(MatterForm):
    """What the household says, and that it was read back to it."""

    read_back = forms.BooleanField(
        label=gettext_lazy("I have read it back to them, and they say it is so"),
        error_messages={"required": gettext_lazy("Read it back to them first.")},
    )

    def submission(self, files: tuple[tuple[str, bytes], ...], household_id: int) -> Submission:
        """What is sent, in the household's name."""
        return Submission(
            **self.given(files),
            channel=IntakeChannel.VISIT,
            people=(Complainant(household_id=household_id),),
            read_back=self.cleaned_data["read_back"],
        )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def record_matter(request: HttpRequest, household_id: int) -> HttpResponse:
    """The form; sent, the receipt to hand over."""
    actor, now = actor_of(request), timezone.now()
    household, _user_id = require_recorder(actor, household_id)
    rows = assigned_helpers(actor, household, on=timezone.localdate(now))
    people = list({row.helper_id: f"{row.name} · {row.organisation_name}" for row in rows}.items())
    initial = {"key": new_key(), "shared": True}
    form = VisitMatterForm(request.POST or None, people=people, at=now, initial=initial)
    fault, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                submission = form.submission(files_of(request), household.pk)
                receipt = receive_matter(submission, actor=actor, at=now)
            except (NotFound, NotPermitted):
                raise
            except YixianError as error:
                fault, status = _put(form, error), status_of(error)
            else:
                context = receipt_context(receipt, at=now) | {"household": household}
                return render(request, "field/receipt.html", context)
    else:
        note_reading(actor, household, gettext_noop("visits and promises"), at=now)
    return microphone_here(_page(request, household, form, fault, status))


def _page(
    request: HttpRequest, household: Any, form: VisitMatterForm, fault: str, status: int
) -> HttpResponse:
    context = {
        "household": household,
        "form": form,
        "file_fault": fault,
        "had_files": bool(request.FILES),
    }
    return render(request, "field/raise.html", context, status=status)


def _put(form: VisitMatterForm, error: YixianError) -> str:
    """Put a refusal beside its field; what is wrong with a file is told beside the files."""
    put_error(form, error)
    return error.sentence if error.field in _OF_FILES else ""
