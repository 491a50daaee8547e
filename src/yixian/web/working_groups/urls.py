"""工作组的地址, below ``/staff/groups/``."""

from django.urls import path, re_path

from yixian.web.working_groups import (
    check_pages,
    deciding,
    group_board,
    group_page,
    opening,
    reporting,
    sampling,
    sheets,
    standard_draft,
)

urlpatterns = [
    *group_board.GROUPS.urls(""),
    path("signals/<int:signal_id>/", group_board.signal, name="signal"),
    path("signals/<int:signal_id>/open/", opening.FOR_SIGNAL.page, name="group_open"),
    path("new/", opening.BY_DECISION.page, name="group_new"),
    *check_pages.CHECKS.urls("checks/"),
    path("checks/<int:sampled_id>/", check_pages.check, name="check"),
    path("<int:group_id>/", group_page.group_page, name="group"),
    path("<int:group_id>/members/", group_page.member, name="group_member"),
    path("<int:group_id>/sample/", sampling.sample, name="group_sample"),
    path("<int:group_id>/draw/", sampling.draw, name="group_draw"),
    path("<int:group_id>/assign/", sampling.assign, name="group_assign"),
    path("<int:group_id>/sheet.xlsx", sheets.sheet, name="group_sheet"),
    path("<int:group_id>/sheet/", sheets.hand_in, name="group_sheet_in"),
    path("<int:group_id>/checked/", sampling.end_checks, name="group_checked"),
    path("<int:group_id>/draft/", standard_draft.draft_page, name="group_draft"),
    path("<int:group_id>/link/", standard_draft.link_page, name="group_link"),
    path("<int:group_id>/seen/", standard_draft.note_effects_seen, name="group_seen"),
    path("<int:group_id>/report/", reporting.report, name="group_report"),
    re_path(
        r"^(?P<group_id>\d+)/report/(?P<number>\d+)\.(?P<file_format>pdf|xlsx)$",
        reporting.report_file,
        name="group_report_file",
    ),
    path("<int:group_id>/send/", reporting.send, name="group_send"),
    path("<int:group_id>/replies/", reporting.end, name="group_replies"),
    path("<int:group_id>/replies/<int:dispatch_id>/", reporting.reply, name="group_reply"),
    path("<int:group_id>/letters/<int:reply_id>.jpg", reporting.letter, name="group_letter"),
    path("<int:group_id>/keep/", deciding.keep, name="group_keep"),
    path("<int:group_id>/keep/decide/", deciding.decide, name="group_keep_decide"),
    path("<int:group_id>/keep/back/", deciding.take_back, name="group_keep_back"),
    path("<int:group_id>/answer/", deciding.answer, name="group_answer"),
    path("<int:group_id>/close/", deciding.close, name="group_close"),
]
