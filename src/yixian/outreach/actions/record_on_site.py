"""登记现场办公: write down a leader's session with what was raised and decided there, in one transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.duty.models import Leadership
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.matters.access import matter_scope
from yixian.matters.acting import acting_organisations
from yixian.matters.models import Matter
from yixian.outreach.access import require_recording
from yixian.outreach.models import (
    OnSiteDecision,
    OnSiteSession,
    RaisedPoint,
    SessionLeader,
    SessionParticipant,
    SessionSpeaker,
)
from yixian.outreach.on_site_draft import OnSiteDraft, require_session
from yixian.registry.models import Area, Organisation


@transaction.atomic
def record_on_site(draft: OnSiteDraft, *, actor: Actor, at: datetime) -> OnSiteSession:
    """Record a session at an area in reach. The same key sent again gives the session that it made.

    Raises `NotFound` for an area or a matter out of reach, `NotPermitted` for other roles, `Refused` for a key of another
    form, `Invalid` naming the field: for somebody who was no leader there that day, or a body for which nobody signs in.
    """
    area = Area.objects.filter(pk=draft.area_id).first()
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    user_id = require_recording(actor, area.path)
    before = OnSiteSession.objects.filter(key=draft.key).first()
    if before is not None:
        if (before.area_id, before.recorded_by_id) != (area.pk, user_id):
            raise Refused("on_site.key", _("This form belongs to another session. Open the page again."))
        return before
    require_session(draft, today=timezone.localdate(at))
    session = write_session(draft, area, user_id, actor=actor, at=at)
    data = {
        "on": draft.on.isoformat(),
        "raised": len(draft.raised),
        "decisions": len(draft.decisions),
        "households": draft.households,
    }
    entry = Entry("on_site.recorded", "on_site_session", session.pk, area.path, data)
    record(entry, actor=actor, at=at)
    return session


def write_session(
    draft: OnSiteDraft,
    area: Area,
    user_id: int,
    *,
    actor: Actor,
    at: datetime,
    old: OnSiteSession | None = None,
) -> OnSiteSession:
    """Write a checked draft down, inside the caller's transaction; the caller has checked who may, and records the event.

    Of ``old``, the version that it puts right, bodies that ended since may stay, and what was raised keeps a matter that
    the actor does not see. Raises `Invalid` for somebody who was no leader there, a body for which nobody signs in, and a
    matter out of reach.
    """
    _require_leaders(draft.leaders, area, draft.on)
    _require_organisations(draft, at, old)
    kept = _unseen_matters(old, actor, at)
    matters = [
        _matter(point.matter_no, number, actor, at) or kept.get(_plain(point.words))
        for number, point in enumerate(draft.raised)
    ]
    session = OnSiteSession.objects.create(
        area=area,
        area_path=area.path,
        on=draft.on,
        place=draft.place.strip(),
        households=draft.households,
        villagers=draft.villagers,
        recorded_by_id=user_id,
        recorded_at=at,
        key=draft.key,
    )
    _write(session, draft, matters)
    return session


def _write(session: OnSiteSession, draft: OnSiteDraft, matters: list[Matter | None]) -> None:
    SessionLeader.objects.bulk_create(
        SessionLeader(session=session, helper_id=pk) for pk in sorted(draft.leaders)
    )
    SessionParticipant.objects.bulk_create(
        SessionParticipant(session=session, organisation_id=pk, people=people)
        for pk, people in draft.participants
    )
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=session, name=name.strip(), agreed=draft.speakers_agreed)
        for name in draft.speakers
    )
    RaisedPoint.objects.bulk_create(
        RaisedPoint(
            session=session, position=number, words=point.words.strip(), settled=point.settled, matter=matter
        )
        for number, (point, matter) in enumerate(zip(draft.raised, matters, strict=True))
    )
    OnSiteDecision.objects.bulk_create(
        OnSiteDecision(
            session=session,
            position=number,
            area_path=session.area_path,
            words=one.words.strip(),
            organisation_id=one.organisation_id,
            due_on=one.due_on,
        )
        for number, one in enumerate(draft.decisions)
        if one.organisation_id is not None and one.due_on is not None  # what lacks either was refused
    )


def _require_leaders(helper_ids: frozenset[int], area: Area, on: date) -> None:
    """They led there on that day: at the place, at what it lies in, or at a place within it."""
    rows = Leadership.objects.filter(in_force(on), helper__in=helper_ids)
    above = set(path_chain(area.path))
    led = {row.helper_id for row in rows if row.area_path in above or row.area_path.startswith(area.path)}
    if led != helper_ids:
        raise Invalid(
            "on_site.not_leader", _("Somebody you chose was no leader there on that day."), field="leaders"
        )


def _require_organisations(draft: OnSiteDraft, at: datetime, old: OnSiteSession | None) -> None:
    known = set(Organisation.objects.filter(valid_until=None).values_list("pk", flat=True))
    acting = acting_organisations(at=at)
    for number, one in enumerate(draft.decisions):
        if one.organisation_id not in known & acting:
            raise Invalid(
                "supervision.receiver",
                _("Nobody can sign in for that body: nobody would read it."),
                field=f"whose_{number}",
            )
    stood = set(old.participants.values_list("organisation", flat=True)) if old else set()
    for number, (pk, people) in enumerate(draft.participants):
        if pk not in known | stood or people < 1:
            raise Invalid("on_site.people", _("Say how many of them were there."), field=f"people_{number}")


def _matter(number: str, position: int, actor: Actor, at: datetime) -> Matter | None:
    if not number.strip():
        return None
    matter = matter_scope(actor, at=at).filter(number=number.strip()).first()
    if matter is None:
        raise Invalid("on_site.matter", _("There is no such matter."), field=f"matter_{position}")
    return matter


def _unseen_matters(old: OnSiteSession | None, actor: Actor, at: datetime) -> dict[str, Matter]:
    """The matters of a version's points that the actor does not see and so cannot have taken off, by the points' words."""
    if old is None:
        return {}
    linked = old.raised.exclude(matter=None).select_related("matter")
    points = [(_plain(point.words), point.matter) for point in linked if point.matter is not None]
    seen = matter_scope(actor, at=at).filter(pk__in=[matter.pk for _words, matter in points])
    known = set(seen.values_list("pk", flat=True))
    return {words: matter for words, matter in points if matter.pk not in known}


def _plain(words: str) -> str:
    return " ".join(words.split())
