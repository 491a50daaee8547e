"""表单页: post, redirect, get — a form, the action it asks for, where it leads and the sentence said there.

`submit` is the one place where a form meets an action: a refusal is put beside the field it names, and success is said on
the page that follows. `FormPage` is a whole page made of one form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from yixian.kernel.actors import Actor
from yixian.web.request_actor import actor_of
from yixian.web.ui.attempts import UNPROCESSABLE, attempt
from yixian.web.ui.cells import Text

Result = TypeVar("Result")

Link = tuple[str, Text]
"""Where a link leads, and its words."""

_WHY = _("Why")


@dataclass(frozen=True, slots=True)
class Submission:
    """One request of a form page: who asks, when, what the address names, and what was sent, if anything was."""

    request: HttpRequest
    actor: Actor
    at: datetime
    kwargs: Mapping[str, Any]
    subject: Any = None
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day of the request."""
        return timezone.localdate(self.at)

    @property
    def data(self) -> QueryDict | None:
        """What was posted; None for a form shown for the first time."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def files(self) -> MultiValueDict[str, Any] | None:
        """The files posted with it."""
        return self.request.FILES if self.request.method == "POST" else None


def submit(
    request: HttpRequest,
    form: forms.Form,
    action: Callable[[dict[str, Any]], Result],
    *,
    to: str | Callable[[Result], str],
    done: Text | Callable[[Result], Text] = "",
    fields: Mapping[str, str] | None = None,
) -> HttpResponse | None:
    """Hand a valid posted form to its action and lead on to ``to``, saying ``done`` (either may be made of its result).

    None where the form is still to be shown: it was not posted, does not hold, or was refused; its errors then stand in
    it, as `attempt` puts them there.
    """
    if request.method != "POST":
        return None
    made = attempt(form, action, fields=fields)
    if not made.is_done:
        return None
    result = made.result
    return lead_on(request, to(result) if callable(to) else to, done(result) if callable(done) else done)


def lead_on(request: HttpRequest, to: str, done: Text = "") -> HttpResponse:
    """To the page after an action, with a sentence; for htmx as a whole new page."""
    if done:
        messages.success(request, done)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(to)
    return redirect(to)


def status_of_form(*shown: forms.Form) -> int:
    """422 for a page that shows a form with errors, else 200."""
    return UNPROCESSABLE if any(form.is_bound and form.errors for form in shown) else 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The declaration of a page made of one form.

    ``subject`` finds what the form is about, and raises `NotFound` or `NotPermitted`. ``back`` leads to the page before,
    as (address, words): it is the last crumb, after ``crumbs``, and where "Cancel" leads. ``note`` stands above the button.
    A form that must not count twice holds a hidden key (`once_field`), which its action takes.
    """

    title: Text | Callable[[Submission], Text]
    form: Callable[[Submission], forms.Form]
    action: Callable[[Submission], Any]
    to: Callable[[Submission, Any], str]
    button: Text
    back: Callable[[Submission], Link]
    done: Text | Callable[[Any], Text] = ""
    lead: Text | Callable[[Submission], Text] = ""
    note: Text = ""
    crumbs: Callable[[Submission], Sequence[Link]] | None = None
    subject: Callable[[Submission], Any] | None = None
    template: str = "ui/form_page.html"
    context: Callable[[Submission], Mapping[str, Any]] | None = None

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, or the way on."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        asked = Submission(request, actor_of(request), timezone.now(), kwargs)
        if self.subject is not None:
            asked = replace(asked, subject=self.subject(asked))
        form = self.form(asked)
        response = submit(
            request,
            form,
            lambda given: self.action(replace(asked, given=given)),
            to=lambda result: self.to(asked, result),
            done=self.done,
        )
        return response or self._shown(asked, form)

    def _shown(self, asked: Submission, form: forms.Form) -> HttpResponse:
        back = self.back(asked)
        context = {
            "page": self,
            "title": _worded(self.title, asked),
            "lead": _worded(self.lead, asked),
            "form": form,
            "subject": asked.subject,
            "crumbs": [*(self.crumbs(asked) if self.crumbs else ()), back],
            "back": back[0],
        }
        more = self.context(asked) if self.context else {}
        return render(asked.request, self.template, {**context, **more}, status=status_of_form(form))


def _worded(words: Text | Callable[[Submission], Text], asked: Submission) -> Text:
    return words(asked) if callable(words) else words


class ActionForm(forms.Form):
    """A form whose action takes something else than its fields: what holds is handed on as `given` makes it."""

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return values

    def clean(self) -> dict[str, Any]:
        """What holds; with an error, the fields as they are."""
        values = super().clean() or self.cleaned_data
        return values if self.errors else self.given(values)


def once_field() -> forms.CharField:
    """A hidden key that makes a form sent twice one: its action keeps it, and answers the second time with the first."""
    return forms.CharField(widget=forms.HiddenInput, max_length=40)


def reason_field(label: Text = _WHY) -> forms.CharField:
    """A few lines that say why."""
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
