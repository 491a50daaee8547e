"""用户页: who can sign in, and the roles they hold. For administrators, who see no personal data of households."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.domain.areas import AreaLevel
from yixian.kernel.actions.users import create_user, end_grant, grant_role, set_active, set_password
from yixian.kernel.errors import YixianError
from yixian.kernel.queries import get_user, users
from yixian.kernel.roles import HELPER_ROLES, STAFF_ROLES, Role
from yixian.registry.queries import bodies
from yixian.registry.queries.areas import area_names, places_down_to
from yixian.web.asking import actor_of
from yixian.web.forms import day_field, put_error
from yixian.web.staff.paging import page_of

_SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class UserForm(forms.Form):
    """A new user."""

    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("Latin letters and digits."))
    display_name = forms.CharField(label=_("Name as shown"), max_length=60)
    password = forms.CharField(
        label=_("First password"), widget=_SECRET, help_text=_("At least 12 characters.")
    )


class PasswordForm(forms.Form):
    """A new password for somebody who lost theirs."""

    password = forms.CharField(
        label=_("New password"), widget=_SECRET, help_text=_("At least 12 characters.")
    )


class GrantForm(forms.Form):
    """A role, where it reaches, and from when until when."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in STAFF_ROLES])
    area = forms.ChoiceField(
        label=_("Location"),
        required=False,
        help_text=_("Cadres and party members reach the households they stand beside."),
    )
    body = forms.ChoiceField(
        label=_("Body"),
        required=False,
        help_text=_("A department lead reaches the places where the body is stationed."),
    )
    valid_from = day_field(label=_("From"))
    valid_until = day_field(label=_("Until (not including)"), required=False)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(area.path, area.label) for area in places_down_to(AreaLevel.VILLAGE)]
        self.fields["area"].choices = [("", _("Everything")), *areas]  # type: ignore[attr-defined]
        self.fields["body"].choices = [("", "—"), *((body.pk, body.label) for body in bodies(actor))]  # type: ignore[attr-defined]


@require_GET
def user_list(request: HttpRequest) -> HttpResponse:
    """Everybody who can sign in."""
    search = request.GET.get("q", "").strip()[:60]
    page = page_of(users(actor_of(request), search=search), request.GET.get("page"), size=50)
    return render(request, "staff/users/list.html", {"page": page, "search": search})


@require_http_methods(["GET", "POST"])
def user_new(request: HttpRequest) -> HttpResponse:
    """Make a user."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_user(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The user can sign in now. Give them a role next."))
            return redirect("staff:user", user.pk)
    return render(request, "staff/users/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def user_page(request: HttpRequest, user_id: int) -> HttpResponse:
    """One user with the roles they hold and held."""
    return _user_page(request, user_id)


@require_POST
def user_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Set a new password."""
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            set_password(user_id, form.cleaned_data["password"], actor=actor_of(request), at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The new password holds from now on."))
            return redirect("staff:user", user_id)
    return _user_page(request, user_id, password_form=form, status=422)


@require_POST
def user_active(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close a sign-in, or open it again."""
    set_active(user_id, active=request.POST.get("active") == "1", actor=actor_of(request), at=timezone.now())
    return redirect("staff:user", user_id)


@require_POST
def grant_new(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a role."""
    actor, now = actor_of(request), timezone.now()
    form = GrantForm(request.POST, actor=actor)
    if form.is_valid():
        given = form.cleaned_data
        role = Role(given["role"])
        path = "" if role in HELPER_ROLES else given["area"]
        body = int(given["body"]) if given["body"] else None
        try:
            grant_role(
                user_id, role, path, body, given["valid_from"], given["valid_until"], actor=actor, at=now
            )
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The role is given."))
            return redirect("staff:user", user_id)
    return _user_page(request, user_id, grant_form=form, status=422)


@require_POST
def grant_end(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    """End a role today."""
    end_grant(grant_id, actor=actor_of(request), at=timezone.now(), on=timezone.localdate())
    messages.success(request, _("The role has ended."))
    return redirect("staff:user", user_id)


def _user_page(
    request: HttpRequest,
    user_id: int,
    *,
    password_form: PasswordForm | None = None,
    grant_form: GrantForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    shown = get_user(actor, user_id)
    grants = list(shown.role_grants.all())
    names = area_names({grant.area_path for grant in grants})
    context = {
        "shown": shown,
        "grants": [(grant, names.get(grant.area_path, "")) for grant in grants],
        "today": today,
        "password_form": password_form or PasswordForm(),
        "grant_form": grant_form or GrantForm(initial={"valid_from": today}, actor=actor),
    }
    return render(request, "staff/users/page.html", context, status=status)
