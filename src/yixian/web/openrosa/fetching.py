"""取表: the list of forms, a form, and the household list that goes with it (OpenRosa Form Discovery, Form Manifest)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.engines.survey.household_list import HOUSEHOLD_LIST
from yixian.kernel.errors import NotFound
from yixian.survey.field_package import FieldForm, day_package, field_forms, household_list, md5_of
from yixian.web.openrosa.answers import document, openrosa, refusal, text
from yixian.web.openrosa.device_entry import device_of


@require_GET
def form_list(request: HttpRequest) -> HttpResponse:
    """The forms of the device's campaign."""
    forms = "".join(_listed(request, form) for form in field_forms(device_of(request)))
    return document(f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{forms}</xforms>')


@require_GET
def form(request: HttpRequest, form_id: str) -> HttpResponse:
    """The XForm."""
    found = _form(request, form_id)
    return document(found.xml) if found else _no_form()


@require_GET
def manifest(request: HttpRequest, form_id: str) -> HttpResponse:
    """What goes with a form: the household list."""
    if _form(request, form_id) is None:
        return _no_form()
    address = request.build_absolute_uri(reverse("openrosa:households"))
    return document(
        '<manifest xmlns="http://openrosa.org/xforms/xformsManifest"><mediaFile>'
        f"<filename>{HOUSEHOLD_LIST}</filename><hash>md5:{md5_of(_households(request))}</hash>"
        f"<downloadUrl>{text(address)}</downloadUrl></mediaFile></manifest>"
    )


@require_GET
def households(request: HttpRequest) -> HttpResponse:
    """The households of the team's day."""
    return openrosa(HttpResponse(_households(request), content_type="text/csv; charset=utf-8"))


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """The team's day as the field app takes it along: no part of OpenRosa, and opened by the same secret."""
    return openrosa(JsonResponse(day_package(device_of(request), at=timezone.now())))


def _households(request: HttpRequest) -> bytes:
    return household_list(device_of(request), on=timezone.localdate())


def _form(request: HttpRequest, form_id: str) -> FieldForm | None:
    return next((one for one in field_forms(device_of(request)) if one.form_id == form_id), None)


def _no_form() -> HttpResponse:
    return refusal(NotFound("openrosa.no_such_form", _("There is no such form, or its campaign is closed.")))


def _listed(request: HttpRequest, form: FieldForm) -> str:
    address, files = (
        request.build_absolute_uri(reverse(name, args=[form.form_id]))
        for name in ("openrosa:form", "openrosa:manifest")
    )
    return (
        f"<xform><formID>{text(form.form_id)}</formID><name>{text(form.title_zh)} {text(form.title_en)}</name>"
        f"<version>{text(form.version)}</version><hash>md5:{form.md5}</hash>"
        f"<downloadUrl>{text(address)}</downloadUrl><manifestUrl>{text(files)}</manifestUrl></xform>"
    )
