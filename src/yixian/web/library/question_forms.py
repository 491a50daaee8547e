"""提问的表单: a question in own words, how to be reached if somebody wants to be, and the code to come back with."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.policies.actions.submit_question import MAX_CONTACT_LENGTH, MAX_QUESTION_LENGTH
from yixian.web.code_kinds import CodeKind, kind_of

_QUESTION = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})


class AskForm(forms.Form):
    """The question alone."""

    text = forms.CharField(
        label=_("Your question, in your own words"),
        max_length=MAX_QUESTION_LENGTH,
        widget=_QUESTION,
        error_messages={"required": _("Please write your question.")},
    )


class SubmitQuestionForm(forms.Form):
    """The question for the policy desk. ``once`` makes a form that is sent twice one question."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=40)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Do not write ID numbers or bank accounts. Only the policy desk reads this."),
        max_length=MAX_QUESTION_LENGTH,
        widget=_QUESTION,
        error_messages={"required": _("Please write your question.")},
    )
    name = forms.CharField(
        label=_("Name (optional)"),
        max_length=MAX_CONTACT_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone (optional)"),
        help_text=_("If you give them, they are sealed and seen by the policy desk only."),
        max_length=MAX_CONTACT_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )


class CodeForm(forms.Form):
    """The code to come back with."""

    code = forms.CharField(
        label=_("Code of your question"),
        help_text=_("The eight letters and digits you were shown. Small letters and blanks do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "digits"}),
        error_messages={"required": _("Please enter the code.")},
    )

    @property
    def kind(self) -> CodeKind:
        """What was typed, by its form: it may belong elsewhere."""
        return kind_of(str(self.data.get("code", "")))
