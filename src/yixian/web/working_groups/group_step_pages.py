"""工作组办理页: words and forms of a working group's steps. Who may take them, and when, `working_groups.steps` declares."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.kernel.jobs import ask
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPage, StepPages, taking
from yixian.web.working_groups import group_forms as forms
from yixian.working_groups import steps
from yixian.working_groups.actions import keep_standard, link_revision, send_report
from yixian.working_groups.actions.assign_check import assign_check
from yixian.working_groups.actions.change_members import add_member
from yixian.working_groups.actions.close_checks import close_checks
from yixian.working_groups.actions.close_group import close_group
from yixian.working_groups.actions.draw_sample import announce_sample, draw_sample
from yixian.working_groups.actions.read_sheet import read_sheet
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.groups import to_answer_count
from yixian.working_groups.report.report_facts import in_tens

SAMPLE, REPORT = "sample/", "report/"
"""The group's other pages on which steps stand."""

KEEPING, MEMBERS = "keeping", "members"
"""Where steps stand on the group's page that do not belong to its next stop."""


def _answer(asked: Submission) -> object:
    return ask("working_groups.answer", dict(asked.kwargs), actor=asked.actor, at=asked.at)


def _answered(asked: Submission) -> list[str]:
    """How many matters are answered, by what, and that nobody can take it back."""
    view = asked.subject
    return [
        gettext("Matters that cite the clause here and are to be answered: %(number)s.")
        % {"number": in_tens(to_answer_count(view, at=asked.at))},
        gettext(
            "Each household that raised one reads what was decided and, where it was calculated, its own sums."
        ),
        gettext(
            "An answer that was sent cannot be taken back; what is not right in it is said in a further message."
        ),
    ]


PAGES = (
    StepPage(
        step=steps.MEMBER,
        button=_("Add a body"),
        done=_("It belongs to the working group."),
        act=taking(add_member),
        form=forms.MemberForm,
        css="",
        inline=True,
        place=MEMBERS,
        route="members/",
    ),
    StepPage(
        step=steps.ANNOUNCE,
        button=_("Announce the draw"),
        done=_("Announced: everybody can read it. Draw once the seed is out."),
        act=taking(announce_sample),
        form=forms.AnnounceForm,
        inline=True,
        stands_on=SAMPLE,
    ),
    StepPage(
        step=steps.DRAW,
        button=_("Draw"),
        done=_("Drawn. Anybody can repeat it. Now give the forms out."),
        act=taking(draw_sample),
        form=forms.SeedForm,
        inline=True,
        stands_on=SAMPLE,
    ),
    StepPage(
        step=steps.ASSIGN,
        button=_("Give out the forms"),
        done=_("Given out. They find the forms under “My checks”."),
        act=taking(assign_check),
        form=forms.AssignForm,
        inline=True,
        stands_on=SAMPLE,
    ),
    StepPage(
        step=steps.END_CHECKS,
        button=_("End the checks"),
        done=_("The checks have ended. What was found stands on the group's page."),
        act=taking(close_checks),
        stands_on=SAMPLE,
    ),
    StepPage(
        step=steps.SHEET_IN,
        button=_("Enter the sheet"),
        done=lambda count: _("Entered: %(count)s checks.") % {"count": count},
        act=taking(read_sheet),
        form=forms.SheetForm,
        css="",
        inline=True,
        stands_on=SAMPLE,
        route="sheet/",
    ),
    StepPage(
        step=steps.DRAFT,
        button=_("Draft a new standard"),
        done=_("Drafted as a revision. Now see what it would do."),
        act=taking(link_revision.draft_standard),
        form=forms.StandardForm,
        why=_("It becomes a revision: nothing changes for anybody until two people have decided."),
        place=GroupStage.DRAFTED,
    ),
    StepPage(
        step=steps.LINK,
        button=_("Link a revision that is under way"),
        done=_("Linked. Now see what it would do."),
        act=taking(link_revision.link_revision),
        form=forms.LinkForm,
        css="",
        place=GroupStage.DRAFTED,
    ),
    StepPage(
        step=steps.KEEP,
        button=_("Propose to keep the standard"),
        done=_("Proposed. Another person decides."),
        act=taking(keep_standard.propose_keeping),
        form=forms.KeepForm,
        why=_("Another person decides. Then everybody who asked is told why."),
        css="",
        place=GroupStage.DRAFTED,
    ),
    StepPage(
        step=steps.DECIDE_KEEPING,
        button=_("Decide: the standard stays"),
        done=_("Decided: the standard stays. Now everybody who asked is answered."),
        act=taking(keep_standard.decide_keeping),
        place=KEEPING,
        route="keep/decide/",
    ),
    StepPage(
        step=steps.TAKE_BACK,
        button=_("Take the proposal back"),
        done=_("The proposal is off the table."),
        act=taking(keep_standard.take_back_keeping),
        form=forms.TakeBackForm,
        css="btn-quiet",
        inline=True,
        place=KEEPING,
        route="keep/back/",
    ),
    StepPage(
        step=steps.SEE,
        button=_("I have looked at it"),
        done=_("Noted. Next, send the evidence to those who have a say."),
        act=taking(link_revision.note_seen),
        place=GroupStage.SEEN,
    ),
    StepPage(
        step=steps.FREEZE,
        button=_("Freeze a version"),
        done=_("Frozen. Read it, then send it."),
        act=taking(send_report.freeze_report),
        form=forms.OptionsForm,
        inline=True,
        stands_on=REPORT,
    ),
    StepPage(
        step=steps.SEND,
        button=_("Note that it was sent"),
        done=_("Noted. The day of the reply is counted in working days."),
        act=taking(send_report.send_report),
        form=forms.SendForm,
        inline=True,
        stands_on=REPORT,
    ),
    StepPage(
        step=steps.REPLY,
        button=_("Note the reply"),
        done=_("The reply is noted."),
        act=taking(send_report.record_reply),
        form=forms.ReplyForm,
        stands_on=REPORT,
        route="replies/<int:dispatch_id>/",
    ),
    StepPage(
        step=steps.END_REPLIES,
        button=_("The replies are in"),
        done=_("Noted. Next, have it decided."),
        act=taking(send_report.end_replies),
        form=forms.EndRepliesForm,
        inline=True,
        stands_on=REPORT,
        onward=lambda asked, _step: reverse("staff:group", args=[asked.kwargs["group_id"]]),
    ),
    StepPage(
        step=steps.ANSWER,
        button=_("Answer everybody"),
        done=_("Everybody is being answered."),
        act=_answer,
        why=_("Each is written to once, however often this is begun. It can be stopped and resumed."),
        place=GroupStage.ANSWERED,
        onward=lambda _asked, job: reverse("staff:job", args=[job.pk]),
        confirm=_answered,
    ),
    StepPage(
        step=steps.CLOSE,
        button=_("Close the working group"),
        done=_("Closed."),
        act=taking(close_group),
        place=GroupStage.CLOSED,
    ),
)
"""In the order of their buttons."""

STEPS = StepPages(
    prefix="staff:group_",
    subject=lambda asked: get_group(asked.actor, asked.kwargs["group_id"]),
    state=lambda _asked, group: group_view(group),
    title=lambda group: group.title,
    to=lambda group: reverse("staff:group", args=[group.pk]),
    crumb=("staff:groups", _("Working groups")),
    pages=PAGES,
)
