"""承诺了结的页面: what became of a promise, as those say who made it; the household's own word stands beside it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import Invalid
from yixian.registry.actions.note_reading import note_reading
from yixian.visits.access import may_record
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, settle_promise
from yixian.visits.choices import PromiseResult
from yixian.visits.limits import MAX_NOTE
from yixian.visits.queries import get_promise
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of


class SettlingForm(forms.Form):
    """Outcome, day and note."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it"), choices=PromiseResult.choices, widget=forms.RadioSelect
    )
    on = day_field(label=gettext_lazy("On which day"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=MAX_NOTE,
        help_text=gettext_lazy("Needed unless it was kept. The household will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, promise_id: int) -> HttpResponse:
    """One promise with everything said of it, and the form for whoever may say more."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    household, promise = get_promise(actor, promise_id, on=today)
    form = SettlingForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            settle_promise(promise.pk, PromiseOutcomeInput(**form.cleaned_data), actor=actor, at=now)
        except Invalid as error:
            put_error(form, error)
        else:
            messages.success(request, _("Noted. The household sees it, and can say whether it is so."))
            return redirect("field:household", household.pk)
    elif request.method == "GET":
        note_reading(actor, household, gettext_noop("visits and promises"), at=now)
    context = {
        "household": household,
        "promise": promise,
        "form": form,
        "may_record": may_record(actor, household),
    }
    return render(request, "field/settle.html", context, status=422 if form.errors else 200)
