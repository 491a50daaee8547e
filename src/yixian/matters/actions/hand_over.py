"""移交: transfer of custody with reason and clause; until the other organisation accepts, custody stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.matters import limits
from yixian.matters.access import SUPERIORS
from yixian.matters.acting import acting_organisations
from yixian.matters.actions.handling import handling
from yixian.matters.colleagues import colleagues
from yixian.matters.intake import optional_words, require_words
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import common_superior
from yixian.matters.steps import ASSIGN, FIX, FORWARD, OFFER, REGISTER, RETURN, TAKE_BACK, TAKE_OVER
from yixian.registry.models import Organisation


@transaction.atomic
def offer(
    number: str, to_organisation: int, reason: str, clause: str, *, actor: Actor, at: datetime
) -> MatterEvent:
    """Offer a matter that one's body holds to another, which accepts or returns it in time; silence is acceptance.

    Raises `Invalid` without a reason or a clause, `NotFound` for a body that there is not, `Refused` for one that the
    matter is about, and what the procedure refuses.
    """
    taken = handling(OFFER, number, actor=actor, at=at)
    return taken.write(
        to_organisation=_receiver(taken.matter, to_organisation, at),
        reason=require_words("reason", reason, limits.MAX_REASON),
        clause=require_words("clause", clause, limits.MAX_CLAUSE),
    )


@transaction.atomic
def forward(number: str, to_organisation: int, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """转送: the petition office registers a matter and forwards it to the body competent for it."""
    taken = handling(FORWARD, number, actor=actor, at=at)
    if taken.state.may_happen(REGISTER.event) and taken.state.course.state == "received":
        record_event(taken.matter, NewEvent(REGISTER.event, taken.organisation_id), actor=actor, at=at)
    note = optional_words("reason", reason, limits.MAX_REASON)
    return taken.write(to_organisation=_receiver(taken.matter, to_organisation, at), reason=note)


@transaction.atomic
def accept_handover(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Take over what was offered; whoever accepts it deals with it until their body says otherwise."""
    taken = handling(TAKE_OVER, number, actor=actor, at=at)
    return taken.write(assignee=taken.user_id)


@transaction.atomic
def return_handover(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Give back what was offered, with the reason. The second return goes to the common superior."""
    taken = handling(RETURN, number, actor=actor, at=at)
    event = taken.write(reason=require_words("reason", reason, limits.MAX_REASON))
    state = state_of(taken.matter, at=event.at)
    if state.course.with_superior and state.holder_id is not None:
        superior = common_superior(
            Organisation.objects.get(pk=state.holder_id),
            Organisation.objects.get(pk=taken.organisation),
            acting_organisations(at=at, roles=SUPERIORS),
        )
        record_event(
            taken.matter, NewEvent("commented", taken.organisation_id, superior.pk), actor=actor, at=at
        )
    return event


@transaction.atomic
def take_back(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """撤回: take an offer back as long as the other body has not answered it. It counts as no return of theirs."""
    taken = handling(TAKE_BACK, number, actor=actor, at=at)
    return taken.write(reason=require_words("reason", reason, limits.MAX_REASON))


@transaction.atomic
def fix_holder(number: str, to_organisation: int, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """After the second return the common superior says whose it is; then it is handed over no more."""
    taken = handling(FIX, number, actor=actor, at=at)
    words = require_words("reason", reason, limits.MAX_REASON)
    receiver = _receiver(taken.matter, to_organisation, at)
    new_event = NewEvent(FIX.event, taken.context.superior_id, receiver, words)
    return record_event(taken.matter, new_event, actor=actor, at=at)


@transaction.atomic
def assign(number: str, user_id: int, *, actor: Actor, at: datetime) -> MatterEvent:
    """Say who deals with it inside the body that holds it. No clock minds; who holds it does not change.

    Raises `NotFound` for somebody who does not act for that body or whom the matter is closed to.
    """
    taken = handling(ASSIGN, number, actor=actor, at=at)
    if user_id not in colleagues(taken.organisation, taken.matter, at=at):
        raise NotFound("user.not_found", _("There is no such user."))
    return taken.write(assignee=user_id)


def _receiver(matter: Matter, to_organisation: int, at: datetime) -> int:
    organisation = Organisation.objects.filter(pk=to_organisation, valid_until=None).first()
    if organisation is None:
        raise Invalid("organisation.not_found", _("There is no such body."), field="to_organisation")
    if keeps_out(matter, organisation.pk):
        raise Refused(
            "matter.about_them",
            _("The matter is about that body or about one that it reports to: it cannot go there."),
            field="to_organisation",
        )
    if organisation.pk not in acting_organisations(at=at):
        raise Refused(
            "matter.nobody_acts",
            _("Nobody can sign in for that body yet: the matter would rest there. Choose another one."),
            field="to_organisation",
        )
    return organisation.pk
