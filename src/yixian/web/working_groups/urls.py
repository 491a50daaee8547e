"""工作组的地址, below ``/staff/groups/``."""

from django.urls import path, re_path

from yixian.web.working_groups import check_pages, group_board, group_page, opening, report_page, sample_page
from yixian.web.working_groups.group_step_pages import STEPS

urlpatterns = [
    *group_board.GROUPS.urls(""),
    path("signals/<int:signal_id>/", group_board.signal, name="signal"),
    path("signals/<int:signal_id>/open/", opening.FOR_SIGNAL.page, name="group_open"),
    path("new/", opening.BY_DECISION.page, name="group_new"),
    *check_pages.CHECKS.urls("checks/"),
    path("checks/<int:sampled_id>/", check_pages.check, name="check"),
    path("<int:group_id>/", group_page.group_page, name="group"),
    path("<int:group_id>/sample/", sample_page.sample, name="group_sample"),
    path("<int:group_id>/sheet.xlsx", sample_page.sheet, name="group_sheet"),
    path("<int:group_id>/report/", report_page.report, name="group_report"),
    re_path(
        r"^(?P<group_id>\d+)/report/(?P<number>\d+)\.(?P<file_format>pdf|xlsx)$",
        report_page.report_file,
        name="group_report_file",
    ),
    path("<int:group_id>/letters/<int:reply_id>.jpg", report_page.letter, name="group_letter"),
    *STEPS.urls("<int:group_id>/"),
]
