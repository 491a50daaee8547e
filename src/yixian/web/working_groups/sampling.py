"""抽样页: announce, draw, give out the forms, and end the checks; the clerk sees who is done and not what anybody said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yixian.kernel.errors import YixianError
from yixian.web.forms import put_error
from yixian.web.request_actor import actor_of, posted_id
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.assign_check import assign_check
from yixian.working_groups.actions.close_checks import close_checks
from yixian.working_groups.actions.draw_sample import announce_sample, draw_sample
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.estimates import findings
from yixian.working_groups.frames import seed_text
from yixian.working_groups.limits import MARGIN
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.checks import checkers, drawn_rows, sample_of

_HUNDRED = 100


class AnnounceForm(forms.Form):
    """Where the seed will come from, and how near a share is to be known."""

    seed_source = forms.CharField(
        label=_("Where the seed will come from"),
        max_length=200,
        help_text=_(
            "Something that nobody knows yet and everybody can look up later, for example the winning numbers of a "
            "lottery of a day to come."
        ),
    )
    margin = forms.IntegerField(
        label=_("How near a share is to be known, in points"),
        min_value=1,
        max_value=50,
        help_text=_("At 10 points about a hundred households are drawn, at 5 points about four hundred."),
    )


class SeedForm(forms.Form):
    """What came out."""

    seed = forms.CharField(label=_("What came out"), max_length=200)


@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, group_id: int) -> HttpResponse:
    """The sample as far as it has come; posted to, it is announced."""
    actor, now = actor_of(request), timezone.now()
    view = group_view(get_group(actor, group_id))
    form = AnnounceForm(request.POST or None, initial={"margin": int(MARGIN * _HUNDRED)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            margin = Decimal(given["margin"]) / _HUNDRED
            announce_sample(group_id, given["seed_source"], margin, actor=actor, at=now)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Announced: everybody can read it. Draw once the seed is out."))
            return redirect("staff:group_sample", group_id)
    context = _context(request, view) | {"announce_form": form}
    return render(request, "working_groups/sample.html", context, status=422 if form.errors else 200)


@require_POST
def draw(request: HttpRequest, group_id: int) -> HttpResponse:
    """Draw with what came out."""
    return _done(
        request,
        group_id,
        lambda actor, now: draw_sample(group_id, request.POST.get("seed", ""), actor=actor, at=now),
        _("Drawn. Anybody can repeat it. Now give the forms out."),
    )


@require_POST
def assign(request: HttpRequest, group_id: int) -> HttpResponse:
    """Give the forms of the ticked households to somebody."""
    ids = [int(text) for text in request.POST.getlist("sampled") if text.isascii() and text.isdigit()]
    user_id = posted_id(request, "user")
    return _done(
        request,
        group_id,
        lambda actor, now: assign_check(group_id, ids, user_id, actor=actor, at=now),
        _("Given out. They find the forms under “My checks”."),
    )


@require_POST
def end_checks(request: HttpRequest, group_id: int) -> HttpResponse:
    """End the checks."""
    return _done(
        request,
        group_id,
        lambda actor, now: close_checks(group_id, actor=actor, at=now),
        _("The checks have ended. What was found stands on the group's page."),
    )


def _done(request: HttpRequest, group_id: int, act: Any, done: Any) -> HttpResponse:
    actor = actor_of(request)
    get_group(actor, group_id)
    try:
        act(actor, timezone.now())
    except YixianError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done)
    return redirect("staff:group_sample", group_id)


def _context(request: HttpRequest, view: Any) -> dict[str, Any]:
    actor = actor_of(request)
    found = sample_of(view.group)
    drawn = getattr(found, "draw", None) if found else None
    rows = drawn_rows(found) if found and drawn else []
    ended = view.has(GroupStage.CHECKED)
    return {
        "view": view,
        "group": view.group,
        "sample": found,
        "draw": drawn,
        "seed": seed_text(found, drawn.seed) if found and drawn else "",
        "rows": rows,
        "open_rows": [row for row in rows if not row.outcome],
        "ended": ended,
        "found": findings(found) if found and ended else None,
        "seed_form": SeedForm(),
        "may_lead": actor.has_any(OPENERS),
        "checkers": checkers(on=timezone.localdate()) if rows and not ended else [],
    }
