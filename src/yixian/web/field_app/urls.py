"""Addresses of the field app, under ``/field/``."""

from django.urls import path

from yixian.web.field_app import shell

app_name = "field_app"
urlpatterns = [
    path("", shell.page, name="shell"),
    path("worker.js", shell.worker, name="worker"),
    path("app.webmanifest", shell.manifest, name="manifest"),
]
