"""登记诉求: a matter is written down for the person, who goes home with a receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yixian.kernel.received.letter_recognition import can_read_letters
from yixian.kernel.received.limits import MAX_PHOTOGRAPHS, MAX_VOICE_NOTES
from yixian.matters.access import may_see
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.codes import in_fours
from yixian.matters.queries import receipt_of
from yixian.web.matters.taking_form import TakingForm
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit

_FIELDS = {"people": "name", "photos": "files", "kind": "kind"}
"""Where a refusal is shown that names something the form calls otherwise."""

_GIVEN = ("household", "item_line")
"""What the page on which somebody read of the household hands on."""

_MAX_GIVEN = 32


@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest) -> HttpResponse:
    """The form; sent, the matter is taken down and its receipt shown."""
    actor, now = actor_of(request), timezone.now()
    about = {name: request.GET.get(name, "")[:_MAX_GIVEN] for name in _GIVEN}
    form = TakingForm(request.POST or None, actor=actor, at=now, initial=about)
    response = submit(
        request,
        form,
        lambda _given: (
            receive_matter(form.submission(request.FILES.getlist("files")), actor=actor, at=now).matter.number
        ),
        to=lambda number: reverse("staff:matter_receipt", args=[number]),
        fields=_FIELDS,
    )
    if response is not None:
        return response
    context = {
        "form": form,
        "reads_letters": can_read_letters(),
        "most_photographs": MAX_PHOTOGRAPHS,
        "most_sounds": MAX_VOICE_NOTES,
    }
    return render(request, "matters/new.html", context, status=status_of_form(form))


@require_GET
def receipt(request: HttpRequest, matter_no: str) -> HttpResponse:
    """What the person takes along: sixteen digits, who has it now, and by when what must be done."""
    actor, now = actor_of(request), timezone.now()
    found = receipt_of(actor, matter_no, at=now)
    context = {"receipt": found, "code": in_fours(found.code), "may_see": may_see(actor, matter_no, at=now)}
    return render(request, "matters/receipt.html", context)
