"""用户页: who can sign in, and the roles they hold. For administrators, who see no personal data of households."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.domain.areas import AreaLevel
from yixian.kernel.actions.sign_in_codes import PrintedCode, issue_code
from yixian.kernel.actions.users import create_user, end_grant, grant_role, set_active
from yixian.kernel.errors import NotFound
from yixian.kernel.queries import get_user, user_list
from yixian.kernel.roles import HELPER_ROLES, STAFF_ROLES, Role
from yixian.registry.queries import organisations
from yixian.registry.queries.areas import area_names, places_down_to
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.asking_once import Question, ask_once
from yixian.web.ui.attempts import attempt
from yixian.web.ui.cells import MOMENT, Badge, Text
from yixian.web.ui.filters import Search
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table


class UserForm(forms.Form):
    """A new user."""

    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("Latin letters and digits."))
    display_name = forms.CharField(label=_("Name as shown"), max_length=60)


class CodeForm(forms.Form):
    """A one-time code for somebody who cannot sign in."""

    clears_factor = forms.BooleanField(
        label=_("The second factor is lost, too"),
        required=False,
        help_text=_("It is taken away with the code; a second person must confirm this."),
    )


class GrantForm(forms.Form):
    """A role, where it reaches, and from when until when."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in STAFF_ROLES])
    area = forms.ChoiceField(
        label=_("Location"),
        required=False,
        help_text=_("Cadres and party members reach the households they stand beside."),
    )
    organisation = forms.ChoiceField(
        label=_("Body"),
        required=False,
        help_text=_("A department lead reaches the places where the body is stationed."),
    )
    valid_from = day_field(label=_("From"))
    valid_until = day_field(label=_("Until (not including)"), required=False)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(area.path, area.label) for area in places_down_to(AreaLevel.VILLAGE)]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("Everything")),
            *areas,
        ]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((organisation.pk, organisation.label) for organisation in organisations(actor)),
        ]


def _roles(user: Any) -> str | None:
    """The roles that have no end, in words."""
    held = [grant.get_role_display() for grant in user.role_grants.all() if not grant.valid_until]
    return gettext(", ").join(str(role) for role in held) or None


USERS = ListPage(
    url="staff:users",
    title=_("Users"),
    lead=_("Who can sign in, and what they may do, from which day until which."),
    table=Table[Any](
        _("Users"),
        (
            Column(
                "name",
                _("Name"),
                str,
                link=lambda user: address_of("staff:user", user.pk),
                under=lambda user: "" if user.is_active else Badge(_("closed"), "bad").__html__(),
                place="lead",
            ),
            Column("user", _("User name"), lambda user: user.username),
            Column("roles", _("Roles"), _roles, unsorted="several roles stand in one cell"),
            Column("signed_in", _("Last sign-in"), lambda user: user.last_login, MOMENT),
        ),
        Empty(_("No user fits.")),
        css="",
    ),
    rows=lambda query: user_list(query.actor, search=query["q"]),
    counted=lambda n: ngettext("%(number)s user", "%(number)s users", n) % {"number": f"{n:,}"},
    search=Search(_("Name of a user")),
    page_size=50,
    actions=(Action("staff:user_new", _("New user"), is_primary=True),),
)


@require_http_methods(["GET", "POST"])
def user_new(request: HttpRequest) -> HttpResponse:
    """Make a user, and show once the code with which they choose their password."""
    actor, now = actor_of(request), timezone.now()
    form = UserForm(request.POST or None)

    def make(given: dict[str, Any]) -> PrintedCode:
        with transaction.atomic():
            return issue_code(create_user(**given, actor=actor, at=now).pk, actor=actor, at=now)

    made = attempt(form, make)
    if made.is_done:
        return _code_page(request, made.result)
    return made.on(render(request, "staff/users/new.html", {"form": form}))


@require_GET
def user_page(request: HttpRequest, user_id: int) -> HttpResponse:
    """One user with the roles they hold and held."""
    return _user_page(request, user_id)


@require_POST
def user_code(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new one-time code, shown once."""
    form = CodeForm(request.POST)
    made = attempt(
        form, lambda given: issue_code(user_id, **given, actor=actor_of(request), at=timezone.now())
    )
    if made.is_done:
        return _code_page(request, made.result)
    return _user_page(request, user_id, code_form=form)


def _code_page(request: HttpRequest, code: PrintedCode) -> HttpResponse:
    return render(request, "staff/users/code.html", {"shown": code.user, "code": code})


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

    def grant(given: dict[str, Any]) -> bool:
        role = Role(given["role"])
        path = "" if role in HELPER_ROLES else given["area"]
        organisation = int(given["organisation"]) if given["organisation"] else None
        until = given["valid_until"]
        made = grant_role(user_id, role, path, organisation, given["valid_from"], until, actor=actor, at=now)
        return made.waiting

    to = reverse("staff:user", args=[user_id])
    done = submit(request, form, grant, to=to, done=_given)
    return done or _user_page(request, user_id, grant_form=form)


def _given(is_waiting: bool) -> Text:  # noqa: FBT001 - the result of the action
    return _("The role waits until a second person confirms it.") if is_waiting else _("The role is given.")


@require_POST
def grant_end(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    """Ask first, then end a role today."""
    asked = ask_once(request, _end_of_role(request, user_id, grant_id))
    if asked is not None:
        return asked
    end_grant(grant_id, actor=actor_of(request), at=timezone.now(), on=timezone.localdate())
    messages.success(request, _("The role has ended."))
    return redirect("staff:user", user_id)


def _end_of_role(request: HttpRequest, user_id: int, grant_id: int) -> Question:
    """Whose role ends, and what they see no more. Raises `NotFound`."""
    user = get_user(actor_of(request), user_id)
    grant = next((one for one in user.role_grants.all() if one.pk == grant_id), None)
    if grant is None:
        raise NotFound("grant.not_found", _("There is no such role."))
    place = (
        area_names([grant.area_path]).get(grant.area_path, "") if grant.area_path else gettext("everywhere")
    )
    words = {"name": str(user), "role": grant.get_role_display(), "place": place}
    return Question(
        gettext("End the role of %(name)s?") % words,
        [
            gettext("From today %(name)s is no longer %(role)s (%(place)s), and sees nothing by it.") % words,
            gettext(
                "What they began and others wait for is not handed on by this. The role can be given again."
            ),
        ],
        gettext("Yes, end it today"),
        (reverse("staff:user", args=[user_id]), str(user)),
    )


def _user_page(
    request: HttpRequest,
    user_id: int,
    *,
    code_form: CodeForm | None = None,
    grant_form: GrantForm | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    shown = get_user(actor, user_id)
    grants = list(shown.role_grants.all())
    names = area_names({grant.area_path for grant in grants})
    code_form = code_form or CodeForm()
    grant_form = grant_form or GrantForm(initial={"valid_from": today}, actor=actor)
    context = {
        "shown": shown,
        "grants": [(grant, names.get(grant.area_path, "")) for grant in grants],
        "today": today,
        "code_form": code_form,
        "grant_form": grant_form,
    }
    status = status_of_form(code_form, grant_form)
    return render(request, "staff/users/page.html", context, status=status)
