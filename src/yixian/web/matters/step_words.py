"""下一步的用语: words and forms of the steps that bring a matter on, in the order of their buttons. Who may take it, and when,
`yixian.matters.steps` declares.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.matters import steps
from yixian.matters.actions import converse, decide, extend, hand_over, pause, take_on
from yixian.matters.actions.say_verdict import note_verdict
from yixian.matters.steps import MatterStep
from yixian.web.matters import step_forms as forms
from yixian.web.matters.deciding import DecideForm, write_decision
from yixian.web.ui.steps import StepPage, taking

NEXT, MORE, OWN = "next", "more", "own"
"""Where a step stands on the matter's page: among what comes next, under more, or at what it belongs to."""


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


NEXT_PAGES = (
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
)
"""In the order of their buttons."""
