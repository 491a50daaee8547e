"""单户打印: one household's account, or its new card, as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yixian.compensation.paper.printing import statement_pdf
from yixian.kernel.languages import language
from yixian.registry.access import get_household
from yixian.registry.paper.issuing import issued_card_pdf
from yixian.web.request_actor import actor_of
from yixian.web.ui.file_names import file_name, to_save

LANGUAGES = frozenset({"zh", "en"})


@require_GET
def statement(request: HttpRequest, household_id: int) -> HttpResponse:
    """The household's current account, in the page's language unless ``lang`` asks otherwise; ``large=1``: large print."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    lang, large = asked_print(request)
    content = statement_pdf(actor, household, lang=lang, large=large, at=timezone.now())
    return pdf(content, f"{file_name(_('Account'), household.household_no, on=timezone.localdate())}.pdf")


@require_POST
def card(request: HttpRequest, household_id: int) -> HttpResponse:
    """A new card for the household, with its PIN slip, ready to be cut. The old card ends."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    content = issued_card_pdf(household, actor=actor, lang=language(), at=timezone.now())
    return pdf(content, f"{file_name(_('Household card'), household.household_no)}.pdf")


def asked_print(request: HttpRequest) -> tuple[str, bool]:
    """The language and size of print that were asked for; the page's language without a choice."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else language(), request.GET.get("large") == "1"


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at in the browser, under a name to save it by."""
    return to_save(HttpResponse(content, content_type="application/pdf"), name, is_attached=False)
