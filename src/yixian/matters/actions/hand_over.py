"""移交: pass a matter on, with a reason and the clause that makes it the other's. Until they accept, one holds it oneself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.permission import require_person
from yixian.matters import limits
from yixian.matters.access import FORWARDERS, HANDLERS, SUPERIORS, bodies_of, get_matter
from yixian.matters.actions.handling import handling
from yixian.matters.colleagues import colleagues
from yixian.matters.drafting import optional_words, require_words
from yixian.matters.following import Happening, append, standing_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import common_superior
from yixian.registry.models import Body


@transaction.atomic
def offer(number: str, to_body: int, reason: str, clause: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Offer a matter that one's body holds to another, which accepts or returns it in time; silence is acceptance.

    Raises `Invalid` without a reason or a clause, `NotFound` for a body that there is not, `Refused` for one that the
    matter is about, and what the procedure refuses.
    """
    step = handling(number, actor=actor, at=at)
    happening = Happening(
        "handover_offered",
        step.body_id,
        _receiver(step.matter, to_body),
        require_words("reason", reason, limits.MOST_REASON),
        require_words("clause", clause, limits.MOST_CLAUSE),
    )
    return append(step.matter, happening, actor=actor, at=at)


@transaction.atomic
def forward(number: str, to_body: int, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """转送: the petition office registers a matter and forwards it to the body competent for it."""
    step = handling(number, actor=actor, at=at, roles=FORWARDERS)
    if step.standing.may_happen("registered") and step.standing.course.state == "received":
        append(step.matter, Happening("registered", step.body_id), actor=actor, at=at)
    note = optional_words("reason", reason, limits.MOST_REASON)
    happening = Happening("forwarded", step.body_id, _receiver(step.matter, to_body), note)
    return append(step.matter, happening, actor=actor, at=at)


@transaction.atomic
def accept_handover(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Take over what was offered; whoever accepts it deals with it until their body says otherwise."""
    step = handling(number, actor=actor, at=at, bodies=lambda standing: {standing.offered_id})
    happening = Happening("handover_accepted", step.body_id, assignee=step.user_id)
    return append(step.matter, happening, actor=actor, at=at)


@transaction.atomic
def return_handover(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Give back what was offered, with the reason. The second return goes to the common superior."""
    step = handling(number, actor=actor, at=at, bodies=lambda standing: {standing.offered_id})
    words = require_words("reason", reason, limits.MOST_REASON)
    event = append(step.matter, Happening("handover_returned", step.body_id, None, words), actor=actor, at=at)
    standing = standing_of(step.matter, at=event.at)
    if standing.course.with_superior and standing.holder_id is not None:
        superior = common_superior(Body.objects.get(pk=standing.holder_id), Body.objects.get(pk=step.body_id))
        append(step.matter, Happening("commented", step.body_id, superior.pk), actor=actor, at=at)
    return event


@transaction.atomic
def fix_holder(number: str, to_body: int, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """After the second return the common superior says whose it is; then it is handed over no more."""
    matter = get_matter(actor, number, at=at)
    require_person(actor, SUPERIORS)
    standing = standing_of(matter, at=at)
    if not standing.course.with_superior:
        raise Refused(
            "matter.not_with_superior", _("It has not been returned twice: whoever holds it passes it on.")
        )
    asked = matter.events.filter(kind="commented", to_body__isnull=False).order_by("-seq").first()
    mine = bodies_of(actor, at=at)
    if asked is None or asked.to_body_id not in mine:
        raise Refused("matter.by_superior", _("Only the common superior may do this."))
    words = require_words("reason", reason, limits.MOST_REASON)
    happening = Happening("assigned", asked.to_body_id, _receiver(matter, to_body), words)
    return append(matter, happening, actor=actor, at=at)


@transaction.atomic
def assign(number: str, user_id: int, *, actor: Actor, at: datetime) -> MatterEvent:
    """Say who deals with it inside the body that holds it. No clock minds; who holds it does not change.

    Raises `NotFound` for somebody who does not act for that body or whom the matter is closed to.
    """
    step = handling(number, actor=actor, at=at, roles=HANDLERS)
    if user_id not in colleagues(step.body_id, step.matter, at=at):
        raise NotFound("user.not_found", _("There is no such user."))
    happening = Happening("assigned", step.body_id, assignee=user_id)
    return append(step.matter, happening, actor=actor, at=at)


def _receiver(matter: Matter, to_body: int) -> int:
    body = Body.objects.filter(pk=to_body, valid_until=None).first()
    if body is None:
        raise Invalid("body.not_found", _("There is no such body."), field="to_body")
    if keeps_out(matter, body.pk):
        raise Refused(
            "matter.about_them",
            _("The matter is about that body or about one that it reports to: it cannot go there."),
            field="to_body",
        )
    return body.pk
