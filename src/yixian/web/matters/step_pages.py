"""办理步骤: one table of every step with a matter, and one page for all of them. What may be taken now, `steps_for` says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import NotFound, Refused, YixianError
from yixian.matters.access import get_matter
from yixian.matters.actions import converse, decide, extend, hand_over, pause, sort_matter, take_on
from yixian.matters.actions.open_identity import open_identity
from yixian.matters.actions.pause import Minutes
from yixian.matters.actions.say_verdict import note_verdict
from yixian.matters.choices import LinkKind, MeetingKind, NotificationChannel, Topic, Verdict
from yixian.matters.codes import plain_code
from yixian.matters.queries import matter_view, steps_for
from yixian.web.forms import put_error
from yixian.web.matters import step_forms as forms
from yixian.web.matters.deciding import DecideForm, write_decision
from yixian.web.matters.step_forms import StepForm, StepRequest
from yixian.web.request_actor import actor_of

FormData = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MatterStep:
    """A step: what its button says, what is told once it is taken, what it asks for, and what it does.

    ``why`` is said above the form. ``first``: it stands among what comes next, and not under more. ``has_own_place``: the
    matter's page shows it elsewhere.
    """

    title: str | Promise
    done: str | Promise
    form: type[StepForm]
    act: Callable[[StepRequest, FormData], object]
    why: str | Promise = ""
    first: bool = False
    has_own_place: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it asks for nothing, so that one press is enough."""
        return self.form is StepForm


def _clerk_and_time(asked: StepRequest) -> dict[str, Any]:
    return {"actor": asked.actor, "at": asked.at}


def _minutes(asked: StepRequest, given: FormData) -> object:
    minutes = Minutes(**(given | {"kind": MeetingKind(given["kind"])}))
    return pause.write_minutes(asked.number, minutes, **_clerk_and_time(asked))


STEPS: dict[str, MatterStep] = {
    "verdict": MatterStep(
        _("Write down what the person says became of it"),
        _("Written down. The handler cannot change it."),
        forms.VerdictForm,
        lambda asked, given: note_verdict(
            asked.number,
            Verdict(given["verdict"]),
            int(given["satisfied"]),
            given["words"],
            **_clerk_and_time(asked),
        ),
        _("For independent callers alone: what the person said themself, not what an office thinks."),
        first=True,
    ),
    "take_over": MatterStep(
        _("Take it over"),
        _("Taken over. It is in your hands now."),
        StepForm,
        lambda asked, _given: hand_over.accept_handover(asked.number, **_clerk_and_time(asked)),
        first=True,
    ),
    "fix": MatterStep(
        _("Say who deals with it"),
        _("Fixed. It is handed over no more."),
        forms.FixForm,
        lambda asked, given: hand_over.fix_holder(
            asked.number, given["to_organisation"], given["reason"], **_clerk_and_time(asked)
        ),
        _("It was returned twice. Whom you name deals with it, and it is handed over no more."),
        first=True,
    ),
    "approve_extension": MatterStep(
        _("Approve more time"),
        _("Approved. The person reads why it takes longer."),
        StepForm,
        lambda asked, _given: extend.approve_extension(asked.number, **_clerk_and_time(asked)),
        first=True,
    ),
    "register": MatterStep(
        _("Enter in the register"),
        _("Entered in the register."),
        StepForm,
        lambda asked, _given: take_on.register_matter(asked.number, **_clerk_and_time(asked)),
        first=True,
    ),
    "accept": MatterStep(
        _("Accept it"),
        _("Accepted. From today there is a day by which it must be decided."),
        forms.NoteForm,
        lambda asked, given: take_on.accept_matter(asked.number, given["reason"], **_clerk_and_time(asked)),
        _("Once accepted, it must be decided in writing within the limit. The person sees both."),
        first=True,
    ),
    "forward": MatterStep(
        _("Forward to the body competent for it"),
        _("Forwarded. Until they take it over or keep silent in time, it stays in your hands."),
        forms.ForwardForm,
        lambda asked, given: hand_over.forward(
            asked.number, given["to_organisation"], given["reason"], **_clerk_and_time(asked)
        ),
        _(
            "They accept or return it within five working days; silence is acceptance. Bodies that it is "
            "about are not in the list."
        ),
        first=True,
    ),
    "decide": MatterStep(
        _("Decide in writing"),
        _("Decided. Now tell the person."),
        DecideForm,
        write_decision,
        _(
            "The letter is made of these words. After it the person must be told, and may ask the body "
            "above to look again."
        ),
        first=True,
    ),
    "write": MatterStep(
        _("Tell the person"),
        _("Told."),
        forms.WriteForm,
        lambda asked, given: converse.write_to_person(
            asked.number,
            given["key"],
            given["words"],
            NotificationChannel(given["notified_by"]),
            **_clerk_and_time(asked),
        ),
        _(
            "The person reads it with the receipt. If you told them by telephone or at home, write down "
            "what you said."
        ),
        first=True,
    ),
    "answered": MatterStep(
        _("The person has answered"),
        _("Noted. The clock goes on."),
        StepForm,
        lambda asked, _given: pause.person_answered(asked.number, **_clerk_and_time(asked)),
        first=True,
    ),
    "hearing_end": MatterStep(
        _("End the hearing"),
        _("Noted. The clock goes on."),
        StepForm,
        lambda asked, _given: pause.close_hearing(asked.number, **_clerk_and_time(asked)),
        first=True,
    ),
    "carry_out": MatterStep(
        _("Carry out what was decided"),
        _("Carried out, and the account reckoned again."),
        forms.CarryOutForm,
        lambda asked, given: decide.carry_out(asked.number, given["document"], **_clerk_and_time(asked)),
        _("The register is changed and the household's account is reckoned again."),
        first=True,
    ),
    "ask_remedy": MatterStep(
        _("Have it carried out"),
        _("Shown to them. They see what was decided and carry it out."),
        forms.ToOrganisationForm,
        lambda asked, given: decide.ask_for_remedy(
            asked.number, given["to_organisation"], **_clerk_and_time(asked)
        ),
        _(
            "The body that keeps the register sees the matter and carries out the decided change. It stays "
            "in your hands."
        ),
        first=True,
    ),
    "close": MatterStep(
        _("Close it"),
        _("Closed. Whether it is resolved, only the person says."),
        StepForm,
        lambda asked, _given: decide.close(asked.number, **_clerk_and_time(asked)),
        first=True,
    ),
    "reopen": MatterStep(
        _("Open it again"),
        _("Opened again."),
        forms.ReasonForm,
        lambda asked, given: decide.reopen(asked.number, given["reason"], **_clerk_and_time(asked)),
        _("It goes back to whoever held it last."),
        first=True,
    ),
    "return": MatterStep(
        _("Return it"),
        _("Returned, with your reasons."),
        forms.ReasonForm,
        lambda asked, given: hand_over.return_handover(
            asked.number, given["reason"], **_clerk_and_time(asked)
        ),
        _(
            "It goes back to whoever offered it. The second return goes to the common superior, who decides "
            "within two working days."
        ),
        first=True,
    ),
    "refuse": MatterStep(
        _("Not accept it"),
        _("Not accepted. The person reads why, and which way is open."),
        forms.RefuseForm,
        lambda asked, given: take_on.refuse_matter(
            asked.number, given["reason"], given["way"], **_clerk_and_time(asked)
        ),
        _("Only where the law gives another way. The person may have this reviewed, too."),
    ),
    "offer": MatterStep(
        _("Pass it on to another body"),
        _("Offered. Until they take it over or keep silent in time, it stays in your hands."),
        forms.OfferForm,
        lambda asked, given: hand_over.offer(
            asked.number, given["to_organisation"], given["reason"], given["clause"], **_clerk_and_time(asked)
        ),
        _(
            "They accept or return it within five working days; silence is acceptance. Bodies that it is "
            "about are not in the list."
        ),
    ),
    "assign": MatterStep(
        _("Give it to a colleague"),
        _("Given. No clock minds."),
        forms.AssignForm,
        lambda asked, given: hand_over.assign(asked.number, given["user"], **_clerk_and_time(asked)),
        _("No clock begins anew by it, and your office still holds the matter."),
    ),
    "sort": MatterStep(
        _("Say what it is about"),
        _("Sorted."),
        forms.SortForm,
        lambda asked, given: sort_matter.sort_matter(
            asked.number, Topic(given["topic"]), given["clauses"], **_clerk_and_time(asked)
        ),
        _("What stood there stays; clauses are added. Five at most."),
    ),
    "wait": MatterStep(
        _("Ask the person for something"),
        _("Asked. The clock stands still until the person answers."),
        forms.WaitForm,
        lambda asked, given: pause.wait_for_person(
            asked.number, given["reason"], given["clause"], **_clerk_and_time(asked)
        ),
    ),
    "hearing": MatterStep(
        _("Open a hearing"),
        _("The hearing is open."),
        forms.NoteForm,
        lambda asked, given: pause.open_hearing(asked.number, given["reason"], **_clerk_and_time(asked)),
    ),
    "minutes": MatterStep(
        _("Write minutes"),
        _("Written down."),
        forms.MinutesForm,
        _minutes,
        _("Of a mediation, a hearing or an inquiry on the spot. The person reads them."),
    ),
    "extend": MatterStep(
        _("Ask for more time"),
        _("Asked. The head of your office decides."),
        forms.ExtendForm,
        lambda asked, given: extend.ask_extension(asked.number, given["reason"], **_clerk_and_time(asked)),
        _("Once, and by thirty days at most. Somebody else, the head, approves it."),
    ),
    "note": MatterStep(
        _("Add a note"),
        _("Noted."),
        forms.InternalNoteForm,
        lambda asked, given: converse.write_note(
            asked.number, given["key"], given["words"], **_clerk_and_time(asked)
        ),
        _("Among those who deal with it. The person sees it only if they ask for the record."),
    ),
    "subject": MatterStep(
        _("Say whom it is about"),
        _("Noted. They, and all who report to them, will not learn of it."),
        forms.SubjectForm,
        lambda asked, given: sort_matter.name_subject(
            asked.number, given["helper"], given["organisation"], **_clerk_and_time(asked)
        ),
        _(
            "From this moment they and everybody who reports to them never see the matter. If their body "
            "holds it, it goes to another."
        ),
    ),
    "link": MatterStep(
        _("Link another matter"),
        _("Linked. Neither is changed or closed by it."),
        forms.LinkForm,
        lambda asked, given: sort_matter.link_matters(
            asked.number, plain_code(given["other"]), LinkKind(given["kind"]), **_clerk_and_time(asked)
        ),
    ),
    "identity": MatterStep(
        _("Open who raised it"),
        _("Opened for you, for a day."),
        forms.IdentityForm,
        lambda asked, given: open_identity(asked.number, given["reason"], **_clerk_and_time(asked)),
        has_own_place=True,
    ),
}
"""Every step by the name that `steps_for` gives it, in the order of its button."""


@require_http_methods(["GET", "POST"])
def take_step(request: HttpRequest, matter_no: str, step: str) -> HttpResponse:
    """The page of a step; sent, the step is taken and the matter is shown again."""
    asked = StepRequest(actor_of(request), None, timezone.now())
    asked = StepRequest(asked.actor, get_matter(asked.actor, matter_no, at=asked.at), asked.at)
    kind = STEPS.get(step)
    if kind is None:
        raise NotFound("matter.unknown", _("The procedure knows no such step."))
    if step not in steps_for(asked.actor, asked.matter, at=asked.at):
        raise Refused("matter.state", _("This step is not possible as the matter stands."))
    form = kind.form(request.POST or None, asked=asked)
    if request.method == "POST" and (kind.is_bare or form.is_valid()):
        try:
            kind.act(asked, {} if kind.is_bare else form.cleaned_data)
        except YixianError as error:
            if kind.is_bare:
                raise
            put_error(form, error)
        else:
            messages.success(request, str(kind.done))
            return _onward(asked)
    context = {
        "view": matter_view(asked.actor, asked.matter, at=asked.at),
        "step": kind,
        "name": step,
        "form": form,
    }
    return render(request, "matters/step.html", context, status=422 if form.errors else 200)


def _onward(asked: StepRequest) -> HttpResponse:
    """Back to the matter, or to the list where it is not the actor's to see any more."""
    try:
        get_matter(asked.actor, asked.number, at=timezone.now())
    except NotFound:
        return redirect("staff:matters")
    return redirect("staff:matter", asked.number)
