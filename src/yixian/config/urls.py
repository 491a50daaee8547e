"""Addresses: the public portal at the root, staff under ``/staff/``, signing in under ``/accounts/``, the API under ``/api/``."""

from django.urls import include, path

from yixian.api.v1 import api

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("staff/", include("yixian.web.staff.urls")),
    path("staff/", include("yixian.web.paper.urls")),
    path("staff/", include("yixian.web.agreements.urls")),
    path("staff/field/", include("yixian.web.field.urls")),
    path("api/v1/", api.urls),
    path("", include("yixian.web.portal.urls")),
]

handler400 = "yixian.web.errors.bad_request"
handler403 = "yixian.web.errors.forbidden"
handler404 = "yixian.web.errors.not_found"
handler429 = "yixian.web.errors.too_many_requests"  # allauth asks for it
handler500 = "yixian.web.errors.server_error"
