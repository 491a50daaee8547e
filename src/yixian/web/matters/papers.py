"""诉求的纸面: the receipt that a person takes along, and the letter of a decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.matters.paper.opinions import opinion_pdf
from yixian.matters.paper.receipts import receipt_pdf
from yixian.matters.queries import opinion_view, receipt_of
from yixian.web.paper.single import asked_print, pdf
from yixian.web.request_actor import actor_of
from yixian.web.ui.file_names import file_name

_LOCALES = {"zh": "zh-hans", "en": "en"}


@require_GET
def receipt_paper(request: HttpRequest, matter_no: str) -> HttpResponse:
    """The receipt, in the page's language unless ``lang`` asks otherwise; ``large=1``: large print."""
    lang, large = asked_print(request)
    with translation.override(_LOCALES[lang]):
        found = receipt_of(actor_of(request), matter_no, at=timezone.now())
        content = receipt_pdf(found, large=large)
    return pdf(content, f"{file_name(_('Receipt'), matter_no)}.pdf")


@require_GET
def opinion_paper(request: HttpRequest, matter_no: str, position: int) -> HttpResponse:
    """The letter of the first, second, … decision."""
    lang, large = asked_print(request)
    with translation.override(_LOCALES[lang]):
        found = opinion_view(actor_of(request), matter_no, position, at=timezone.now())
        content = opinion_pdf(found, large=large)
    return pdf(content, f"{file_name(_('Decision letter'), matter_no, str(position))}.pdf")
