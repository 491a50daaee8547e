"""Addresses of the room of people beside households, under ``/staff/duty/``. Who may ask stands in the access matrix."""

from django.urls import path, re_path

from yixian.web.duty import (
    absences,
    announcing,
    board,
    bodies,
    geography,
    handovers,
    leaders,
    recusals,
    shortages,
    trying,
    why,
)

urlpatterns = [
    path("", board.whole, name="duty"),
    path("areas/<int:area_id>/", board.of_area, name="duty_area"),
    path("areas/<int:area_id>/leaders/", leaders.of_area, name="duty_leaders_area"),
    path("bodies/", board.bodies, name="duty_loads"),
    path("bodies/<int:body_id>/", bodies.of_body, name="duty_body"),
    path("weeks/", board.over_time, name="duty_weeks"),
    path("uncovered/", board.uncovered, name="duty_uncovered"),
    re_path(r"^board\.(?P<file_format>xlsx|csv)$", board.export, name="duty_export"),
    path("absences/", absences.absence_list, name="duty_absences"),
    path("absences/announce/", announcing.announce, name="duty_announce"),
    path("absences/sudden/", absences.report, name="duty_sudden"),
    path("absences/find/", announcing.find, name="duty_find"),
    path("absences/<int:absence_id>/", absences.absence, name="duty_absence"),
    path("absences/<int:absence_id>/list/", handovers.paper, name="duty_handover_paper"),
    path("handovers/", handovers.handover_list, name="duty_handovers"),
    path("handovers/<int:handover_id>/", handovers.handover, name="duty_handover"),
    path("leaders/", leaders.overview, name="duty_leaders"),
    path("households/<int:household_id>/recusals/", recusals.of_household, name="duty_recusals"),
    path("households/<int:household_id>/why/", why.why, name="duty_why"),
    path("helpers/<int:helper_id>/recusals/", recusals.of_helper, name="duty_recusals_helper"),
    path("shortages/<int:shortage_id>/", shortages.shortage, name="duty_shortage"),
    re_path(
        r"^shortages/(?P<shortage_id>\d+)/households\.(?P<file_format>xlsx|csv)$",
        shortages.export,
        name="duty_shortage_export",
    ),
    path("try/", trying.ask_page, name="duty_try"),
    path("try/<int:job_id>/", trying.answer, name="duty_tried"),
    path("map/", geography.page, name="duty_map"),
    path("map/features.geojson", geography.features, name="duty_map_features"),
]
