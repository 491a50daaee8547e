"""督办: a leader orders a body to act and to reply by a day; it replies; the leader closes it or sends it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.workflow import Step
from yixian.matters import limits
from yixian.matters.access import SUPERIORS, organisations_of
from yixian.matters.acting import acting_organisations
from yixian.matters.actions.handling import handling
from yixian.matters.intake import optional_words, require_words
from yixian.matters.models import Matter, SupervisionOrder, SupervisionStep
from yixian.matters.queries.supervision import SupervisionView, get_supervision
from yixian.matters.steps import SUPERVISE
from yixian.matters.supervision_steps import CLOSE, REPLY, SEND_BACK
from yixian.registry.models import Organisation


@transaction.atomic
def supervise_matter(
    number: str, words: str, due_on: date, *, actor: Actor, at: datetime
) -> SupervisionOrder:
    """Order the body that holds a matter to act and to reply. It changes neither who holds it nor any limit."""
    taken = handling(SUPERVISE, number, actor=actor, at=at)
    holder = taken.state.holder_id
    if holder is None:
        raise Refused("supervision.nobody", _("Nobody holds the matter: it is closed."))
    about = _("Matter %(number)s") % {"number": number}
    order = _order(taken.matter, str(about), "", holder, words, due_on, actor, at)
    taken.write()
    return order


@transaction.atomic
def supervise(
    about: str,
    link: str,
    organisation_id: int,
    words: str,
    due_on: date,
    *,
    actor: Actor,
    at: datetime,
) -> SupervisionOrder:
    """Order a body to act on anything else: ``about`` says what it is, ``link`` where it stands on the staff pages.

    Raises `Invalid` for a body for which nobody acts, a day that is past, or an address elsewhere.
    """
    if link and (not link.startswith("/staff/") or "//" in link):
        raise Invalid("supervision.link", _("Only an address of these pages can be named."), field="link")
    return _order(None, require_words("about", about, 120), link, organisation_id, words, due_on, actor, at)


@transaction.atomic
def reply(order_id: int, words: str, *, actor: Actor, at: datetime) -> SupervisionStep:
    """Say what was done."""
    view, user = _begin(REPLY, order_id, actor, at)
    said = require_words("words", words)
    return _take(REPLY, view, view.order.organisation, user, said, None, actor, at)


@transaction.atomic
def close(order_id: int, words: str, *, actor: Actor, at: datetime) -> SupervisionStep:
    """Close it: the leader who ordered it is satisfied that it was done."""
    view, user = _begin(CLOSE, order_id, actor, at)
    said = optional_words("words", words, limits.MAX_REASON)
    return _take(CLOSE, view, view.order.by_organisation, user, said, None, actor, at)


@transaction.atomic
def send_back(order_id: int, words: str, due_on: date, *, actor: Actor, at: datetime) -> SupervisionStep:
    """Send a reply back that is not enough, with what is missing and a new day."""
    view, user = _begin(SEND_BACK, order_id, actor, at)
    said = require_words("words", words, limits.MAX_REASON)
    _require_day(due_on, at)
    return _take(SEND_BACK, view, view.order.by_organisation, user, said, due_on, actor, at)


def _order(
    matter: Matter | None,
    about: str,
    link: str,
    organisation_id: int,
    words: str,
    due_on: date,
    actor: Actor,
    at: datetime,
) -> SupervisionOrder:
    user, own = require_person(actor, SUPERIORS), organisations_of(actor.acting_as(SUPERIORS), at=at)
    receiver = (
        Organisation.objects.filter(pk=organisation_id, valid_until=None).select_related("area").first()
    )
    if receiver is None or receiver.pk not in acting_organisations(at=at):
        raise Invalid(
            "supervision.receiver",
            _("Nobody can sign in for that body: nobody would read it."),
            field="organisation",
        )
    if not own or receiver.pk in own:
        raise Refused("supervision.own", _("Nobody supervises their own body."), field="organisation")
    _require_day(due_on, at)
    order = SupervisionOrder.objects.create(
        matter=matter,
        about=about,
        link=link,
        organisation=receiver,
        by_organisation_id=min(own),
        words=require_words("words", words, limits.MAX_REASON),
        due_on=due_on,
        by_id=user,
        at=at,
    )
    _record("supervision.ordered", order, {"due_on": due_on.isoformat()}, actor, at)
    return order


def _begin(
    step: Step[SupervisionView], order_id: int, actor: Actor, at: datetime
) -> tuple[SupervisionView, int]:
    get_supervision(actor, order_id, at=at)
    SupervisionOrder.objects.select_for_update(of=("self",)).get(pk=order_id)
    view = get_supervision(actor, order_id, at=at)
    return view, step.check(view, actor, at)


def _take(
    step: Step[SupervisionView],
    view: SupervisionView,
    organisation: Organisation,
    user: int,
    words: str,
    due_on: date | None,
    actor: Actor,
    at: datetime,
) -> SupervisionStep:
    taken = SupervisionStep.objects.create(
        order=view.order,
        kind=step.event,
        words=words,
        due_on=due_on,
        organisation=organisation,
        by_id=user,
        at=at,
    )
    _record(f"supervision.{step.event}", view.order, {}, actor, at)
    return taken


def _record(kind: str, order: SupervisionOrder, data: dict[str, str], actor: Actor, at: datetime) -> None:
    entry = Entry(kind, "supervision", order.pk, order.organisation.area.path, data)
    record(entry, actor=actor, at=at)


def _require_day(due_on: date, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        raise Invalid("supervision.day", _("The day must not be past."), field="due_on")
