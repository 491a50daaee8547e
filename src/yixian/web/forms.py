"""表单: what forms of several pages share — days, and errors of the house put beside the field they name."""

from __future__ import annotations

from typing import Any

from django import forms

from yixian.kernel.errors import YixianError
from yixian.web.ways_on import WAYS_ON


def day_field(**options: Any) -> forms.DateField:
    """A day, picked in the browser's own calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def put_error(form: forms.Form, error: YixianError) -> None:
    """Put a refusal beside the field it names, or above the form; above it, too, what it says besides in ``sentences``, and
    the way on (`yixian.web.ways_on`) where there is one.
    """
    form.way_on = WAYS_ON.get(error.key)  # type: ignore[attr-defined]
    form.add_error(error.field if error.field in form.fields else None, error.sentence)
    for sentence in error.params.get("sentences", ()):
        form.add_error(None, sentence)
