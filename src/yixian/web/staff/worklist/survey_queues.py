"""调查待办: sheets of the survey that were set aside or wait, and households of which one of several must be chosen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.survey.sheet_lists import sheets_to_choose, sheets_to_mend
from yixian.survey.yard_visits import visits_to_repeat
from yixian.web.staff.worklist.queues import WorkQueue, listing, page

SURVEY = (
    WorkQueue(
        name="survey.repeat",
        needs="survey:yard_visit_new",
        act=_("Have the survey team come again"),
        title=_("Households wait for the survey team to come again"),
        why=_("Nobody was there, or an interpreter or a woman was asked for; the day arranged has come."),
        rows=lambda actor, at: visits_to_repeat(actor, at=at),
        page=page("survey:yard_visit_new"),
        listing=listing("survey:campaigns"),
    ),
    WorkQueue(
        name="survey.mend",
        needs="survey:device_new",
        act=_("Have a sheet of the survey put right"),
        title=_("Sheets of the survey are not taken yet"),
        why=_("An answer is wrong, or the sheet that one corrects has not come. Tell the team."),
        rows=lambda actor, _at: sheets_to_mend(actor),
        page=page("survey:sheet"),
        listing=listing("survey:campaigns"),
    ),
    WorkQueue(
        name="survey.choose",
        needs="survey:choose",
        act=_("Choose between two sheets of a household"),
        title=_("Households have more than one sheet of a form"),
        why=_("Compare them line by line, and say with a reason which one holds."),
        rows=lambda actor, _at: sheets_to_choose(actor),
        page=page("survey:sheet"),
        listing=listing("survey:campaigns"),
    ),
)
