"""Addresses of outreach, under ``/staff/outreach/``."""

from django.urls import path

from yixian.web.outreach import (
    correcting_session,
    explained_households,
    explaining,
    explanation_pages,
    meeting_pages,
    on_site_pages,
    reading_requests,
)

app_name = "outreach"

urlpatterns = [
    *explained_households.EXPLANATIONS.urls("explanations/"),
    path("explanations/<int:explanation_id>/", explanation_pages.explanation_page, name="explanation"),
    path("explanations/<int:explanation_id>/confirm/", explanation_pages.confirm, name="confirm"),
    *on_site_pages.SESSIONS.urls("sessions/"),
    path("sessions/new/", on_site_pages.NEW.page, name="session_new"),
    path("sessions/<int:session_id>/correct/", correcting_session.CORRECT.page, name="session_correct"),
    path("sessions/<int:session_id>/", on_site_pages.session_page, name="session"),
    *on_site_pages.DECISIONS.urls("decisions/"),
    path("decisions/<int:decision_id>/", on_site_pages.decision_page, name="decision"),
    *on_site_pages.STEPS.urls("decisions/<int:decision_id>/"),
    *meeting_pages.MEETINGS.urls("meetings/"),
    *meeting_pages.REACH.urls("meetings/reach/"),
    path("meetings/new/", meeting_pages.NEW.page, name="meeting_new"),
    path("meetings/<int:meeting_id>/", meeting_pages.meeting_page, name="meeting"),
    path("meetings/<int:meeting_id>/sheet/", meeting_pages.SHEET.page, name="meeting_sheet"),
    path(
        "meetings/<int:meeting_id>/reached/<int:household_id>/",
        meeting_pages.REACHED.page,
        name="meeting_reached",
    ),
    path("households/<int:household_id>/explain/", explaining.explain, name="explain"),
    path("households/<int:household_id>/read/", reading_requests.READING_ASK.page, name="reading_ask"),
]
