"""文件表单: the document on which a change of what money hangs on rests, and why; a second person agrees to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.registry.second_person import Document
from yixian.web.forms import day_field
from yixian.web.ui.forms import reason_field

PROPOSED = _("Proposed. It takes effect once a second person has agreed.")


class DocumentForm(forms.Form):
    """Number and day of the document, and the reason."""

    document_no = forms.CharField(
        label=_("Number of the document"),
        max_length=120,
        help_text=_("The survey sheet, decision or certificate that shows it"),
    )
    document_date = day_field(label=_("Day of the document"))
    reason = reason_field(_("Why it changes what stands"))

    @property
    def document(self) -> Document:
        """What was given, once the form holds."""
        return document_of(self.cleaned_data)


def document_of(given: Mapping[str, Any]) -> Document:
    """The document of a form that holds."""
    return Document(given["document_no"], given["document_date"], given["reason"])
