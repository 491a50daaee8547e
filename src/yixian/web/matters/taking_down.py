"""登记诉求: a matter is written down for the person, who goes home with a receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from yixian.kernel.errors import Invalid, NotFound, Refused, YixianError
from yixian.kernel.received.letter_recognition import can_read_letters
from yixian.kernel.received.limits import MAX_PHOTOGRAPHS, MAX_VOICE_NOTES
from yixian.matters.access import get_matter
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.codes import in_fours
from yixian.matters.queries import receipt_of
from yixian.web.forms import put_error
from yixian.web.matters.taking_form import TakingForm
from yixian.web.request_actor import actor_of

_BOXES = {"people": "name", "photos": "files", "kind": "kind"}
"""Where a refusal is shown that names something the form calls otherwise."""


@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest) -> HttpResponse:
    """The form; sent, the matter is taken down and its receipt shown."""
    actor, now = actor_of(request), timezone.now()
    form = TakingForm(request.POST or None, actor=actor, at=now)
    if request.method == "POST" and form.is_valid():
        try:
            made = receive_matter(form.submission(request.FILES.getlist("files")), actor=actor, at=now)
        except (Invalid, Refused, NotFound) as error:
            error.field = _BOXES.get(error.field, error.field)
            put_error(form, error)
        else:
            return _on(request, made.matter.number)
    context = {
        "form": form,
        "reads_letters": can_read_letters(),
        "most_photographs": MAX_PHOTOGRAPHS,
        "most_sounds": MAX_VOICE_NOTES,
    }
    return render(request, "matters/new.html", context, status=422 if form.errors else 200)


@require_GET
def receipt(request: HttpRequest, matter_no: str) -> HttpResponse:
    """What the person takes along: sixteen digits, who has it now, and by when what must be done."""
    actor, now = actor_of(request), timezone.now()
    found = receipt_of(actor, matter_no, at=now)
    context = {"receipt": found, "code": in_fours(found.code), "may_see": _sees(request, matter_no)}
    return render(request, "matters/receipt.html", context)


def _sees(request: HttpRequest, matter_no: str) -> bool:
    """Whether whoever wrote it down may follow it, too."""
    try:
        get_matter(actor_of(request), matter_no, at=timezone.now())
    except YixianError:
        return False
    return True


def _on(request: HttpRequest, number: str) -> HttpResponse:
    address = reverse("staff:matter_receipt", args=[number])
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)
