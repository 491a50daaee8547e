"""起草页: a revision with the new price drafted from here, and the note that its effects were looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yixian.domain.text import typed_number
from yixian.kernel.errors import YixianError
from yixian.kernel.languages import language
from yixian.kernel.permission import require_person
from yixian.revisions.actions.begin_revision import Intent
from yixian.revisions.choices import RevisionStage
from yixian.revisions.queries import revisions, stage_of
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of, posted_id
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.link_revision import draft_standard, link_revision, note_seen
from yixian.working_groups.pricing import ClausePrice
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.outcomes import new_prices

_MAX_LENGTH = 20
_OPEN = frozenset({RevisionStage.DRAFTING, RevisionStage.SUBMITTED, RevisionStage.APPROVED})


class StandardForm(forms.Form):
    """The document by which the new standard is to be decided, and the new prices."""

    title_zh = forms.CharField(
        label=_("Title of the document"),
        max_length=120,
        help_text=_("As the decision will be called, e.g. 关于调整土木结构房屋补偿单价的决定"),
    )
    title_en = forms.CharField(label=_("Title in English (if there is one)"), max_length=160, required=False)
    issuer = forms.CharField(label=_("Who will issue it"), max_length=80)
    reason = forms.CharField(
        label=_("Why, in words that every household understands"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    valid_from = day_field(label=_("In force from"))

    def __init__(self, *args: Any, prices: list[ClausePrice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {f"price-{row.item_code}-{row.zone_code}": row for row in prices}
        for name, row in self._names.items():
            self.fields[name] = forms.CharField(
                label=_label(row),
                max_length=_MAX_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def intent(self) -> Intent:
        """The document."""
        given = self.cleaned_data
        return Intent(
            given["title_zh"], given["title_en"], given["issuer"], given["reason"], given["valid_from"]
        )

    def drafted(self) -> dict[tuple[str, str], str]:
        """The new prices that were typed."""
        return {
            (row.item_code, row.zone_code): typed_number(self.cleaned_data[name].strip())
            for name, row in self._names.items()
            if self.cleaned_data[name].strip()
        }


@require_http_methods(["GET", "POST"])
def draft_page(request: HttpRequest, group_id: int) -> HttpResponse:
    """Draft a new standard."""
    actor = actor_of(request)
    require_person(actor, OPENERS)
    view = group_view(get_group(actor, group_id))
    form = StandardForm(
        request.POST or None,
        prices=new_prices(view, language()),
        initial={"valid_from": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft_standard(group_id, form.intent(), form.drafted(), actor=actor, at=timezone.now())
        except YixianError as error:
            error.field = f"price-{error.field.replace('|', '-')}" if "|" in error.field else error.field
            put_error(form, error)
        else:
            messages.success(request, _("Drafted as a revision. Now see what it would do."))
            return redirect("staff:group", group_id)
    here = [one for one in revisions(actor) if one.area_id == view.group.area_id]
    others = [one for one in here if stage_of(one) in _OPEN]
    context = {"view": view, "group": view.group, "form": form, "others": others}
    return render(request, "working_groups/draft.html", context, status=422 if form.errors else 200)


@require_POST
def link_page(request: HttpRequest, group_id: int) -> HttpResponse:
    """Link a revision that is under way already."""
    return _done(
        request,
        group_id,
        lambda actor, now: link_revision(group_id, posted_id(request, "revision"), actor=actor, at=now),
        _("Linked. Now see what it would do."),
    )


@require_POST
def note_effects_seen(request: HttpRequest, group_id: int) -> HttpResponse:
    """Note that the effects were looked at."""
    return _done(
        request,
        group_id,
        lambda actor, now: note_seen(group_id, actor=actor, at=now),
        _("Noted. Next, send the evidence to those who have a say."),
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
    return redirect("staff:group", group_id)


def _label(row: ClausePrice) -> str:
    place = f" ({row.zone})" if row.zone else ""
    return _("New price of %(item)s, yuan a %(unit)s (now %(price)s)") % {
        "item": f"{row.title}{place}",
        "unit": row.unit,
        "price": "—" if row.current is None else f"{row.current:f}",
    }
