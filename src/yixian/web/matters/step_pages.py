"""办理页: words and forms of the steps with a matter. Who may take them, and when, `yixian.matters.steps` declares."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.matters import steps
from yixian.matters.access import get_matter
from yixian.matters.actions import converse, decide, extend, hand_over, pause, sort_matter, supervise, take_on
from yixian.matters.actions.open_identity import open_identity
from yixian.matters.actions.pause import Minutes
from yixian.matters.actions.say_verdict import note_verdict
from yixian.matters.queries import matter_view, step_context
from yixian.matters.queries.remedy_previews import open_changes
from yixian.matters.steps import MatterStep
from yixian.web.matters import step_forms as forms
from yixian.web.matters.deciding import DecideForm, write_decision
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPage, StepPages, taking
from yixian.web.ui.walks import list_address, walked

NEXT, MORE, OWN = "next", "more", "own"
"""Where a step stands on the matter's page: among what comes next, under more, or at what it belongs to."""


def _minutes(asked: Submission) -> object:
    minutes = Minutes(**asked.given)
    return pause.write_minutes(asked.kwargs["matter_no"], minutes, actor=asked.actor, at=asked.at)


def _onward(asked: Submission) -> str:
    """Back to the matter, or to the list where it is not the actor's to see any more."""
    try:
        matter = get_matter(asked.actor, asked.kwargs["matter_no"], at=timezone.now())
    except NotFound:
        return list_address(reverse("staff:matters"), asked.request)
    return f"{_page_of(matter)}{walked(asked.request)}"


def _context(asked: Submission) -> dict[str, Any]:
    """The matter beside the form; to whoever carries a decision out, from what to what each line goes."""
    matter = asked.subject.matter
    found: dict[str, Any] = {"view": matter_view(asked.actor, matter, at=asked.at)}
    match = asked.request.resolver_match
    if match is not None and match.kwargs.get("step") == steps.CARRY_OUT.name:
        found["changes"] = open_changes(asked.actor, matter, at=asked.at)
    return found


def _page_of(matter: Any) -> str:
    return reverse("staff:matter", args=[matter.number])


def _decision(step: MatterStep) -> StepPage:
    return StepPage(
        step=step,
        button=_("Decide in writing"),
        done=_("Decided. Now tell the person."),
        act=write_decision,
        form=DecideForm,
        why=_(
            "The letter is made of these words. After it the person must be told, and may ask the body "
            "above to look again."
        ),
        place=NEXT,
    )


PAGES = (
    StepPage(
        step=steps.VERDICT,
        button=_("Write down what the person says became of it"),
        done=_("Written down. The handler cannot change it."),
        act=taking(note_verdict),
        form=forms.VerdictForm,
        why=_("For independent callers alone: what the person said themself, not what an office thinks."),
        place=NEXT,
    ),
    StepPage(
        step=steps.TAKE_OVER,
        button=_("Take it over"),
        done=_("Taken over. It is in your hands now."),
        act=taking(hand_over.accept_handover),
        place=NEXT,
    ),
    StepPage(
        step=steps.FIX,
        button=_("Say who deals with it"),
        done=_("Fixed. It is handed over no more."),
        act=taking(hand_over.fix_holder),
        form=forms.FixForm,
        why=_("It was returned twice. Whom you name deals with it, and it is handed over no more."),
        place=NEXT,
    ),
    StepPage(
        step=steps.APPROVE_EXTENSION,
        button=_("Approve more time"),
        done=_("Approved. The person reads why it takes longer."),
        act=taking(extend.approve_extension),
        place=NEXT,
    ),
    StepPage(
        step=steps.REGISTER,
        button=_("Enter in the register"),
        done=_("Entered in the register."),
        act=taking(take_on.register_matter),
        place=NEXT,
    ),
    StepPage(
        step=steps.ACCEPT,
        button=_("Accept it"),
        done=_("Accepted. From today there is a day by which it must be decided."),
        act=taking(take_on.accept_matter),
        form=forms.NoteForm,
        why=_("Once accepted, it must be decided in writing within the limit. The person sees both."),
        place=NEXT,
    ),
    StepPage(
        step=steps.FORWARD,
        button=_("Forward to the body competent for it"),
        done=_("Forwarded. Until they take it over or keep silent in time, it stays in your hands."),
        act=taking(hand_over.forward),
        form=forms.ForwardForm,
        why=_(
            "They accept or return it within five working days; silence is acceptance. Bodies that it is "
            "about are not in the list."
        ),
        place=NEXT,
    ),
    _decision(steps.DECIDE),
    _decision(steps.DECIDE_REVIEW),
    _decision(steps.DECIDE_REREVIEW),
    StepPage(
        step=steps.WRITE,
        button=_("Tell the person"),
        done=_("Told."),
        act=taking(converse.write_to_person),
        form=forms.WriteForm,
        why=_(
            "The person reads it with the receipt. If you told them by telephone or at home, write down "
            "what you said."
        ),
        place=NEXT,
    ),
    StepPage(
        step=steps.PERSON_ANSWERED,
        button=_("The person has answered"),
        done=_("Noted. The clock goes on."),
        act=taking(pause.person_answered),
        place=NEXT,
    ),
    StepPage(
        step=steps.HEARING_END,
        button=_("End the hearing"),
        done=_("Noted. The clock goes on."),
        act=taking(pause.close_hearing),
        place=NEXT,
    ),
    StepPage(
        step=steps.CARRY_OUT,
        button=_("Carry out what was decided"),
        done=_("Carried out, and the account recalculated."),
        act=taking(decide.carry_out),
        form=forms.CarryOutForm,
        why=_("The register is changed and the household's account is recalculated."),
        place=NEXT,
    ),
    StepPage(
        step=steps.ASK_REMEDY,
        button=_("Have it carried out"),
        done=_("Shown to them. They see what was decided and carry it out."),
        act=taking(decide.ask_for_remedy),
        form=forms.ToOrganisationForm,
        why=_(
            "The body that keeps the register sees the matter and carries out the decided change. It stays "
            "in your hands."
        ),
        place=NEXT,
    ),
    StepPage(
        step=steps.CLOSE,
        button=_("Close it"),
        done=_("Closed. Whether it is resolved, only the person says."),
        act=taking(decide.close),
        place=NEXT,
    ),
    StepPage(
        step=steps.REOPEN,
        button=_("Open it again"),
        done=_("Opened again."),
        act=taking(decide.reopen),
        form=forms.ReasonForm,
        why=_("It goes back to whoever held it last."),
        place=NEXT,
    ),
    StepPage(
        step=steps.RETURN,
        button=_("Return it"),
        done=_("Returned, with your reasons."),
        act=taking(hand_over.return_handover),
        form=forms.ReasonForm,
        why=_(
            "It goes back to whoever offered it. The second return goes to the common superior, who decides "
            "within two working days."
        ),
        place=NEXT,
    ),
    StepPage(
        step=steps.TAKE_BACK,
        button=_("Take it back"),
        done=_("Taken back. It is with your office alone again."),
        act=taking(hand_over.take_back),
        form=forms.ReasonForm,
        why=_(
            "As long as they have not answered. What your office had to do goes on with its first limit; they read why."
        ),
        place=NEXT,
    ),
    StepPage(
        step=steps.REFUSE,
        button=_("Not accept it"),
        done=_("Not accepted. The person reads why, and which way is open."),
        act=taking(take_on.refuse_matter),
        form=forms.RefuseForm,
        why=_("Only where the law gives another way. The person may have this reviewed, too."),
        place=MORE,
    ),
    StepPage(
        step=steps.OFFER,
        button=_("Pass it on to another body"),
        done=_("Offered. Until they take it over or keep silent in time, it stays in your hands."),
        act=taking(hand_over.offer),
        form=forms.OfferForm,
        why=_(
            "They accept or return it within five working days; silence is acceptance. Bodies that it is "
            "about are not in the list."
        ),
        place=MORE,
    ),
    StepPage(
        step=steps.ASSIGN,
        button=_("Give it to a colleague"),
        done=_("Given. No clock minds."),
        act=taking(hand_over.assign, user="user_id"),
        form=forms.AssignForm,
        why=_("No clock begins anew by it, and your office still holds the matter."),
        place=MORE,
    ),
    StepPage(
        step=steps.SORT,
        button=_("Set the topic"),
        done=_("Sorted."),
        act=taking(sort_matter.sort_matter),
        form=forms.SortForm,
        why=_("What stood there stays; clauses are added. Five at most."),
        place=MORE,
    ),
    StepPage(
        step=steps.WAIT,
        button=_("Ask the person for something"),
        done=_("Asked. The clock stands still until the person answers."),
        act=taking(pause.wait_for_person),
        form=forms.WaitForm,
        place=MORE,
    ),
    StepPage(
        step=steps.HEARING,
        button=_("Open a hearing"),
        done=_("The hearing is open."),
        act=taking(pause.open_hearing),
        form=forms.NoteForm,
        place=MORE,
    ),
    StepPage(
        step=steps.MINUTES,
        button=_("Write minutes"),
        done=_("Written down."),
        act=_minutes,
        form=forms.MinutesForm,
        why=_("Of a mediation, a hearing or an inquiry on the spot. The person reads them."),
        place=MORE,
    ),
    StepPage(
        step=steps.EXTEND,
        button=_("Ask for more time"),
        done=_("Asked. The head of your office decides."),
        act=taking(extend.ask_extension),
        form=forms.ExtendForm,
        why=_("Once, and by thirty days at most. Somebody else, the head, approves it."),
        place=MORE,
    ),
    StepPage(
        step=steps.NOTE,
        button=_("Add a note"),
        done=_("Noted."),
        act=taking(converse.write_note),
        form=forms.InternalNoteForm,
        why=_("Among those who deal with it. The person sees it only if they ask for the record."),
        place=MORE,
    ),
    StepPage(
        step=steps.SUBJECT,
        button=_("Say whom it is about"),
        done=_("Noted. They, and all who report to them, will not learn of it."),
        act=taking(sort_matter.name_subject, helper="helper_id", organisation="organisation_id"),
        form=forms.SubjectForm,
        why=_(
            "From this moment they and everybody who reports to them never see the matter. If their body "
            "holds it, it goes to another."
        ),
        place=MORE,
    ),
    StepPage(
        step=steps.LINK,
        button=_("Link another matter"),
        done=_("Linked. Neither is changed or closed by it."),
        act=taking(sort_matter.link_matters, other="other_number"),
        form=forms.LinkForm,
        place=MORE,
    ),
    StepPage(
        step=steps.SUPERVISE,
        button=_("Order it to be done (supervision)"),
        done=_("Ordered. They reply by that day; then you close it or send it back."),
        act=taking(supervise.supervise_matter),
        form=forms.SuperviseForm,
        why=_(
            "It changes neither who holds the matter nor any limit. The person sees that a leader follows it."
        ),
        place=NEXT,
    ),
    StepPage(
        step=steps.IDENTITY,
        button=_("Open who raised it"),
        done=_("Opened for you, for a day."),
        act=taking(open_identity),
        form=forms.IdentityForm,
        place=OWN,
    ),
)
"""In the order of their buttons."""

STEPS = StepPages(
    prefix="staff:matter_",
    subject=lambda asked: get_matter(asked.actor, asked.kwargs["matter_no"], at=asked.at),
    state=lambda asked, matter: step_context(asked.actor, matter, at=asked.at),
    title=lambda matter: matter.number,
    to=_page_of,
    crumb=("staff:matters", _("Matters")),
    onward=_onward,
    pages=PAGES,
    along=walked,
    template="matters/step.html",
    context=_context,
)
