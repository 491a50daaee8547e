"""归类: classify a matter — its topic, clauses, subject (whose recusal begins at once), and duplicates of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.matters import limits
from yixian.matters.access import get_matter
from yixian.matters.actions.handling import Handling, handling
from yixian.matters.choices import LinkKind, Topic
from yixian.matters.intake import ClauseKey
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import (
    Matter,
    MatterClause,
    MatterLink,
    MatterProjection,
    MatterSorting,
    MatterSubject,
)
from yixian.matters.recusal import above
from yixian.matters.routing import first_organisation
from yixian.matters.steps import LINK, SORT, SUBJECT
from yixian.policies.models import PackClause
from yixian.registry.models import Helper, Organisation


@transaction.atomic
def sort_matter(
    number: str, topic: Topic, clauses: Collection[ClauseKey], *, actor: Actor, at: datetime
) -> Matter:
    """Say what it is about, and add clauses that it points at. What stood there stays.

    Raises `Invalid` for a clause that the library does not have, or for more than five.
    """
    taken = handling(SORT, number, actor=actor, at=at)
    MatterSorting.objects.create(matter=taken.matter, topic=topic, by_id=taken.user_id, at=at)
    MatterProjection.objects.filter(pk=taken.matter.pk).update(topic=topic)
    return _with_clauses(taken, clauses)


@transaction.atomic
def add_clause(number: str, clause: ClauseKey, *, actor: Actor, at: datetime) -> Matter:
    """Add a clause that it points at, and leave its topic as it is: so a working group's answer reaches it.

    Raises `Invalid` as `sort_matter` does.
    """
    return _with_clauses(handling(SORT, number, actor=actor, at=at), [clause])


def _with_clauses(taken: Handling, clauses: Collection[ClauseKey]) -> Matter:
    matter = taken.matter
    known = {(row.pack_id, row.document, row.clause) for row in matter.clauses.all()}
    for key in dict.fromkeys(clauses):
        values = (key.pack_id, key.document, key.clause)
        if values in known:
            continue
        rows = PackClause.objects.filter(document=key.document, clause=key.clause)
        if not rows.filter(pack_version__pack_id=key.pack_id).exists():
            raise Invalid("matter.clause", _("There is no such clause in the library."), field="clauses")
        known.add(values)
        MatterClause.objects.create(
            matter=matter,
            pack_id=key.pack_id,
            document=key.document,
            clause=key.clause,
            by_id=taken.user_id,
            at=taken.at,
        )
    if len(known) > limits.MAX_CLAUSES:
        raise Invalid("matter.clauses", _("Name at most five clauses."), field="clauses")
    taken.write()
    return matter


@transaction.atomic
def name_subject(
    number: str, helper_id: int | None, organisation_id: int | None, *, actor: Actor, at: datetime
) -> MatterSubject:
    """Say whom a matter is about. From this moment they, and everybody who reports to them, never learn of it.

    If that is the body that holds it, the matter goes to one that may. Raises `NotFound` for nobody in the register.
    """
    taken = handling(SUBJECT, number, actor=actor, at=at)
    matter = taken.matter
    helper = Helper.objects.select_related("organisation").filter(pk=helper_id).first() if helper_id else None
    named = Organisation.objects.filter(pk=organisation_id).first() if organisation_id else None
    organisation = helper.organisation if helper else named
    if organisation is None:
        raise NotFound("organisation.not_found", _("There is no such body."))
    subject = MatterSubject.objects.create(
        matter=matter, helper=helper, organisation=organisation, named_by_id=taken.user_id, named_at=at
    )
    MatterProjection.objects.filter(pk=matter.pk).update(guarded=True)
    step_aside(matter, actor=actor, at=at)
    return subject


def step_aside(matter: Matter, *, actor: Actor, at: datetime) -> None:
    """Take a matter out of the hands of a body that it is about, or that reports to one it is about."""
    projection = MatterProjection.objects.get(pk=matter.pk)
    about = set(matter.subjects.values_list("organisation_id", flat=True))
    held = [pk for pk in (projection.holder_id, projection.offered_to_id) if pk is not None]
    if not any(above([pk]) & about for pk in held):
        return
    organisation = first_organisation(matter.area, [], about, at=at)
    record_event(matter, NewEvent(SUBJECT.event, None, organisation.pk), actor=actor, at=at)


@transaction.atomic
def link_matters(number: str, other_number: str, kind: LinkKind, *, actor: Actor, at: datetime) -> MatterLink:
    """Say that two matters are the same, or only look alike. Neither is changed or closed by it."""
    taken = handling(LINK, number, actor=actor, at=at)
    other = _other(other_number, actor, at)
    if other.pk == taken.matter.pk:
        raise Invalid("matter.itself", _("A matter is not linked to itself."), field="other")
    if taken.matter.links.filter(other=other, kind=kind).exists():
        raise Refused("matter.linked", _("They are linked already."))
    link = MatterLink.objects.create(matter=taken.matter, other=other, kind=kind, by_id=taken.user_id, at=at)
    taken.write()
    return link


def _other(number: str, actor: Actor, at: datetime) -> Matter:
    """The matter to be linked, if it is within reach; the refusal names the field."""
    try:
        return get_matter(actor, number, at=at)
    except NotFound as error:
        error.field = "other"
        raise
