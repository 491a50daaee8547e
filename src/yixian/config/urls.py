"""Addresses: the public portal at the root, staff under ``/staff/``, the API under ``/api/``."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
