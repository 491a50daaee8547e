"""Addresses of the survey, under ``/staff/survey/``."""

from django.urls import path

from yixian.web.survey import campaign_pages, device_pages, progress_pages, sheet_pages, yard_visit_pages

app_name = "survey"

urlpatterns = [
    *campaign_pages.CAMPAIGNS.urls(""),
    path("new/", campaign_pages.NEW.page, name="campaign_new"),
    path("<int:campaign_id>/", campaign_pages.campaign_page, name="campaign"),
    path("<int:campaign_id>/close/", campaign_pages.CLOSE.page, name="campaign_close"),
    path("<int:campaign_id>/teams/new/", campaign_pages.TEAM_NEW.page, name="team_new"),
    path("<int:campaign_id>/progress/", progress_pages.progress_page, name="progress"),
    *yard_visit_pages.VISITS.urls("<int:campaign_id>/visits/"),
    path("teams/<int:team_id>/visits/new/", yard_visit_pages.VISIT_NEW.page, name="yard_visit_new"),
    path("papers/<int:visit_id>/", yard_visit_pages.paper, name="paper"),
    path("teams/<int:team_id>/days/new/", progress_pages.DAY_NEW.page, name="day_new"),
    path("teams/<int:team_id>/devices/new/", device_pages.device_new, name="device_new"),
    path("devices/<int:device_id>/revoke/", device_pages.REVOKE.page, name="device_revoke"),
    *sheet_pages.SHEETS.urls("<int:campaign_id>/sheets/"),
    path("sheets/<int:sheet_id>/", sheet_pages.sheet_page, name="sheet"),
    path("sheets/<int:sheet_id>/against/<int:other_id>/", sheet_pages.compare_page, name="compare"),
    path("sheets/<int:sheet_id>/choose/", sheet_pages.CHOOSE.page, name="choose"),
    path("pictures/<int:picture_id>/", sheet_pages.picture, name="picture"),
]
