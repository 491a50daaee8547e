"""首次登录: whoever was handed a one-time code on paper chooses their own password; also after a password was forgotten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yixian.kernel.actions.sign_in_codes import choose_password
from yixian.web.client_network import network_of
from yixian.web.ui.attempts import attempt

_SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class FirstSignInForm(forms.Form):
    """The name, the code from the paper, and the password twice."""

    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("From the paper that the administrator handed you."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=_("New password"), strip=False, widget=_SECRET, help_text=_("At least 12 characters.")
    )
    again = forms.CharField(label=_("The password again"), strip=False, widget=_SECRET)

    def clean(self) -> dict[str, Any]:
        """The password is the same twice."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return given


@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "POST"])
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Choose the password, then sign in with it."""
    form = FirstSignInForm(request.POST or None)
    chosen = attempt(
        form,
        lambda given: choose_password(
            given["username"],
            given["code"],
            given["password"],
            source=network_of(request),
            at=timezone.now(),
        ),
        unknown=_("The user name or the code is wrong, or the code holds no more."),
    )
    if chosen.is_done:
        messages.success(request, _("Your password holds from now on. Sign in with it."))
        return redirect("account_login")
    return chosen.on(render(request, "account/first_sign_in.html", {"form": form}))
