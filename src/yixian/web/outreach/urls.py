"""Addresses of outreach, under ``/staff/outreach/``."""

from django.urls import path

from yixian.web.outreach import explained_households, explaining, explanation_pages

app_name = "outreach"

urlpatterns = [
    *explained_households.EXPLANATIONS.urls("explanations/"),
    path("explanations/<int:explanation_id>/", explanation_pages.explanation_page, name="explanation"),
    path("explanations/<int:explanation_id>/confirm/", explanation_pages.confirm, name="confirm"),
    path("households/<int:household_id>/explain/", explaining.explain, name="explain"),
]
