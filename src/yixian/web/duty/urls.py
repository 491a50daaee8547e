"""Addresses of the room of people beside households, under ``/staff/duty/``. Who may ask stands in the access matrix."""

from django.urls import path, re_path

from yixian.web.duty import (
    absence_pages,
    announcing,
    assigning,
    coverage_pages,
    duty_lists,
    geography,
    handovers,
    leader_pages,
    organisation_board,
    recusal_pages,
    remedying,
    what_if_pages,
    why,
)
from yixian.web.duty.leader_step_pages import STEPS as LEADER_STEPS

urlpatterns = [
    path("", coverage_pages.county_board, name="duty"),
    path("areas/<int:area_id>/", coverage_pages.area_board, name="duty_area"),
    path("areas/<int:area_id>/leaders/", leader_pages.area_leaders, name="duty_leaders_area"),
    *LEADER_STEPS.urls("areas/<int:area_id>/leaders/"),
    *duty_lists.LOAD_LIST.urls("organisations/"),
    *organisation_board.PEOPLE.urls("organisations/<int:organisation_id>/"),
    path("weeks/", coverage_pages.over_time, name="duty_weeks"),
    *duty_lists.UNCOVERED.urls("uncovered/"),
    re_path(r"^board\.(?P<file_format>xlsx|csv)$", coverage_pages.coverage_export, name="duty_export"),
    path("absences/", absence_pages.absence_list, name="duty_absences"),
    path("absences/announce/", announcing.announce, name="duty_announce"),
    path("absences/sudden/", absence_pages.SUDDEN.page, name="duty_sudden"),
    path("absences/find/", announcing.find, name="duty_find"),
    path("absences/<int:absence_id>/", absence_pages.absence_page, name="duty_absence"),
    path(
        "absences/<int:absence_id>/export.<str:file_format>",
        duty_lists.HANDOVERS_OF_ABSENCE.file,
        name="duty_absence_export",
    ),
    *absence_pages.STEPS.urls("absences/<int:absence_id>/"),
    path("absences/<int:absence_id>/list/", handovers.paper, name="duty_handover_paper"),
    *duty_lists.HANDOVER_LIST.urls("handovers/"),
    path("handovers/<int:handover_id>/", handovers.handover_page, name="duty_handover"),
    *handovers.STEPS.urls("handovers/<int:handover_id>/"),
    path("leaders/", leader_pages.leaders_overview, name="duty_leaders"),
    path("households/<int:household_id>/recusals/", recusal_pages.of_household, name="duty_recusals"),
    *recusal_pages.STEPS.urls("households/<int:household_id>/recusals/"),
    path("households/<int:household_id>/assign/", assigning.ASSIGN.page, name="duty_assign"),
    path("households/<int:household_id>/why/", why.why, name="duty_why"),
    path("helpers/<int:helper_id>/recusals/", recusal_pages.of_helper, name="duty_recusals_helper"),
    path("shortages/<int:shortage_id>/", duty_lists.SHORTAGE.page, name="duty_shortage"),
    path("shortages/<int:shortage_id>/remedies/<int:number>/", remedying.remedy, name="duty_remedy"),
    re_path(
        r"^shortages/(?P<shortage_id>\d+)/households\.(?P<file_format>xlsx|csv)$",
        duty_lists.SHORTAGE.file,
        name="duty_shortage_export",
    ),
    path("what-if/", what_if_pages.what_if_form, name="duty_what_if"),
    path("what-if/<int:job_id>/", what_if_pages.what_if_result, name="duty_what_if_result"),
    path("map/", geography.page, name="duty_map"),
]
