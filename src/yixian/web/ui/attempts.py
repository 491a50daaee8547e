"""尝试: a posted form handed to its action once — its result, or the refusal put into the form, with the status of the answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixian.kernel.errors import NotFound, NotPermitted, YixianError
from yixian.kernel.throttle import TooManyGuesses
from yixian.web.error_pages import status_of
from yixian.web.forms import put_error
from yixian.web.ui.cells import Text

Result = TypeVar("Result")

UNPROCESSABLE, NOT_FOUND, TOO_MANY = 422, 404, 429

_LATER = _("Too many wrong tries. Please wait %(time)s.")


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Result]):
    """What became of it: the action's one result, or none, and the form is to be shown again with ``status``.

    ``wait`` is how many seconds the next try has to wait, 0 if it need not; ``error`` the refusal that the form shows.
    """

    results: tuple[Result, ...] = ()
    status: int = 200
    wait: int = 0
    error: YixianError | None = None

    @property
    def is_done(self) -> bool:
        """Whether the action was carried out."""
        return bool(self.results)

    @property
    def result(self) -> Result:
        """What the action gave."""
        return self.results[0]

    def on(self, response: HttpResponse) -> HttpResponse:
        """The answer with its status, which also tells machines how long to wait."""
        response.status_code = self.status
        if self.wait:
            response["Retry-After"] = str(self.wait)
        return response


def attempt(
    form: forms.Form,
    action: Callable[[dict[str, Any]], Result],
    *,
    fields: Mapping[str, str] | None = None,
    unknown: Text = "",
    later: Text = _LATER,
) -> Attempt[Result]:
    """Hand a valid bound form to its action; a refusal stands in the form afterwards.

    ``fields`` says which field of the form is what the action calls otherwise, by its field or the refusal's key.
    ``unknown`` is the sentence for what the action does not find; without one `NotFound`, like `NotPermitted`, is raised on
    for its own page unless it names a field.
    ``later`` is the sentence for whoever has to wait ``%(time)s``.
    """
    if not form.is_valid():
        return Attempt(status=UNPROCESSABLE if form.is_bound else 200)
    try:
        return Attempt((action(form.cleaned_data),))
    except TooManyGuesses as error:
        seconds = int(error.params["seconds"])
        form.add_error(None, str(later) % {"time": waiting(seconds)})
        return Attempt(status=TOO_MANY, wait=seconds)
    except YixianError as error:
        if unknown and isinstance(error, NotFound):
            form.add_error(None, str(unknown))
            return Attempt(status=NOT_FOUND)
        error.field = (fields or {}).get(error.field or error.key, error.field)
        if isinstance(error, NotPermitted | NotFound) and error.field not in form.fields:
            raise
        put_error(form, error)
        return Attempt(status=status_of(error), error=error)


def waiting(seconds: int) -> str:
    """A wait in words, never shorter than it is."""
    if seconds <= 90:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    if minutes <= 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
