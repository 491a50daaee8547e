"""其他步骤的用语: words and forms of the steps with a matter under *more*, of supervision, of opening who raised it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.matters import steps
from yixian.matters.actions import converse, extend, hand_over, pause, sort_matter, supervise, take_on
from yixian.matters.actions.open_identity import open_identity
from yixian.matters.actions.pause import Minutes
from yixian.web.matters import step_forms as forms
from yixian.web.matters.step_words import MORE, NEXT, OWN
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPage, taking


def _minutes(asked: Submission) -> object:
    minutes = Minutes(**asked.given)
    return pause.write_minutes(asked.kwargs["matter_no"], minutes, actor=asked.actor, at=asked.at)


FURTHER_PAGES = (
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
"""In the order of their buttons, behind those of `yixian.web.matters.step_words`."""
