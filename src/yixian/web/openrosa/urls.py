"""Addresses of the OpenRosa server. A field device's credential opens these and no others."""

from __future__ import annotations

from django.urls import path

from yixian.web.openrosa import fetching, receiving

app_name = "openrosa"
urlpatterns = [
    path("formList", fetching.form_list, name="form_list"),
    path("forms/<str:form_id>.xml", fetching.form, name="form"),
    path("forms/<str:form_id>/manifest", fetching.manifest, name="manifest"),
    path("households.csv", fetching.households, name="households"),
    path("day.json", fetching.day, name="day"),
    path("submission", receiving.submission, name="submission"),
]
