"""移交: transfer of custody with reason and clause; until the other organisation accepts, custody stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.permission import require_person
from yixian.matters import limits
from yixian.matters.access import FORWARDERS, HANDLERS, SUPERIORS, get_matter, organisations_of
from yixian.matters.actions.handling import handling
from yixian.matters.colleagues import colleagues
from yixian.matters.intake import optional_words, require_words
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import common_superior
from yixian.registry.models import Organisation


@transaction.atomic
def offer(
    number: str, to_organisation: int, reason: str, clause: str, *, actor: Actor, at: datetime
) -> MatterEvent:
    """Offer a matter that one's body holds to another, which accepts or returns it in time; silence is acceptance.

    Raises `Invalid` without a reason or a clause, `NotFound` for a body that there is not, `Refused` for one that the
    matter is about, and what the procedure refuses.
    """
    step = handling(number, actor=actor, at=at)
    new_event = NewEvent(
        "handover_offered",
        step.organisation_id,
        _receiver(step.matter, to_organisation),
        require_words("reason", reason, limits.MAX_REASON),
        require_words("clause", clause, limits.MAX_CLAUSE),
    )
    return record_event(step.matter, new_event, actor=actor, at=at)


@transaction.atomic
def forward(number: str, to_organisation: int, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """转送: the petition office registers a matter and forwards it to the body competent for it."""
    step = handling(number, actor=actor, at=at, roles=FORWARDERS)
    if step.state.may_happen("registered") and step.state.course.state == "received":
        record_event(step.matter, NewEvent("registered", step.organisation_id), actor=actor, at=at)
    note = optional_words("reason", reason, limits.MAX_REASON)
    new_event = NewEvent("forwarded", step.organisation_id, _receiver(step.matter, to_organisation), note)
    return record_event(step.matter, new_event, actor=actor, at=at)


@transaction.atomic
def accept_handover(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Take over what was offered; whoever accepts it deals with it until their body says otherwise."""
    step = handling(number, actor=actor, at=at, organisations=lambda state: {state.offered_id})
    new_event = NewEvent("handover_accepted", step.organisation_id, assignee=step.user_id)
    return record_event(step.matter, new_event, actor=actor, at=at)


@transaction.atomic
def return_handover(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Give back what was offered, with the reason. The second return goes to the common superior."""
    step = handling(number, actor=actor, at=at, organisations=lambda state: {state.offered_id})
    words = require_words("reason", reason, limits.MAX_REASON)
    event = record_event(
        step.matter, NewEvent("handover_returned", step.organisation_id, None, words), actor=actor, at=at
    )
    state = state_of(step.matter, at=event.at)
    if state.course.with_superior and state.holder_id is not None:
        superior = common_superior(
            Organisation.objects.get(pk=state.holder_id), Organisation.objects.get(pk=step.organisation_id)
        )
        record_event(
            step.matter, NewEvent("commented", step.organisation_id, superior.pk), actor=actor, at=at
        )
    return event


@transaction.atomic
def fix_holder(number: str, to_organisation: int, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """After the second return the common superior says whose it is; then it is handed over no more."""
    matter = get_matter(actor, number, at=at)
    require_person(actor, SUPERIORS)
    state = state_of(matter, at=at)
    if not state.course.with_superior:
        raise Refused(
            "matter.not_with_superior", _("It has not been returned twice: whoever holds it passes it on.")
        )
    asked = matter.events.filter(kind="commented", to_organisation__isnull=False).order_by("-seq").first()
    mine = organisations_of(actor, at=at)
    if asked is None or asked.to_organisation_id not in mine:
        raise Refused("matter.by_superior", _("Only the common superior may do this."))
    words = require_words("reason", reason, limits.MAX_REASON)
    new_event = NewEvent("assigned", asked.to_organisation_id, _receiver(matter, to_organisation), words)
    return record_event(matter, new_event, actor=actor, at=at)


@transaction.atomic
def assign(number: str, user_id: int, *, actor: Actor, at: datetime) -> MatterEvent:
    """Say who deals with it inside the body that holds it. No clock minds; who holds it does not change.

    Raises `NotFound` for somebody who does not act for that body or whom the matter is closed to.
    """
    step = handling(number, actor=actor, at=at, roles=HANDLERS)
    if user_id not in colleagues(step.organisation_id, step.matter, at=at):
        raise NotFound("user.not_found", _("There is no such user."))
    new_event = NewEvent("assigned", step.organisation_id, assignee=user_id)
    return record_event(step.matter, new_event, actor=actor, at=at)


def _receiver(matter: Matter, to_organisation: int) -> int:
    organisation = Organisation.objects.filter(pk=to_organisation, valid_until=None).first()
    if organisation is None:
        raise Invalid("organisation.not_found", _("There is no such body."), field="to_organisation")
    if keeps_out(matter, organisation.pk):
        raise Refused(
            "matter.about_them",
            _("The matter is about that body or about one that it reports to: it cannot go there."),
            field="to_organisation",
        )
    return organisation.pk
