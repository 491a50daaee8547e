"""Addresses: the public portal at the root, staff under ``/staff/``, signing in under ``/accounts/``, the API under ``/api/``,
field devices under ``/openrosa/``, their app under ``/field/``."""

from django.urls import include, path

from yixian.api.v1 import api
from yixian.web.staff.first_sign_in import first_sign_in

urlpatterns = [
    path("accounts/first/", first_sign_in, name="account_first_sign_in"),
    path("accounts/", include("allauth.urls")),
    path("staff/", include("yixian.web.staff.urls")),
    path("staff/", include("yixian.web.paper.urls")),
    path("staff/", include("yixian.web.agreements.urls")),
    path("staff/field/", include("yixian.web.field.urls")),
    path("staff/postings/", include("yixian.web.posting.urls")),
    path("staff/outreach/", include("yixian.web.outreach.urls")),
    path("staff/survey/", include("yixian.web.survey.urls")),
    path("field/", include("yixian.web.field_app.urls")),
    path("openrosa/", include("yixian.web.openrosa.urls")),
    path("api/v1/", api.urls),
    path("", include("yixian.web.portal.urls")),
]

handler400 = "yixian.web.error_pages.bad_request"
handler403 = "yixian.web.error_pages.forbidden"
handler404 = "yixian.config.gate.not_found"
handler429 = "yixian.web.error_pages.too_many_requests"  # allauth asks for it
handler500 = "yixian.web.error_pages.server_error"
