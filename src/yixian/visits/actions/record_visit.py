"""登记走访: write down a visit with its promises and photographs, once, however often the form is sent."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.kernel.received.photographs import Photograph, photograph_of
from yixian.registry.models import Household
from yixian.visits.access import pairing_of, require_recorder
from yixian.visits.choices import PromiseKind
from yixian.visits.models import Promise, Visit, VisitPhoto, VisitPresence
from yixian.visits.promising.check import ClauseFacts
from yixian.visits.promising.decided import DecidedFacts
from yixian.visits.visit_draft import PromiseDraft, VisitDraft, require_promises, require_valid


def record_visit(household_id: int, draft: VisitDraft, *, actor: Actor, at: datetime) -> Visit:
    """Record a visit by somebody who stands beside the household today, or leads or keeps the register there.

    The same key sent again gives the visit that it made. Raises `NotFound` out of reach, `NotPermitted` for a role that
    records none, `Refused` for an ended household or a key of another form, and `Invalid` naming the field: for a day in
    the future or before one stood there, nobody present, nothing said, a promise that is not decided (``promise.*``), a
    photograph that is none (``photo.*``). Then nothing is written at all.
    """
    household, user_id = require_recorder(actor, household_id)
    before = _recorded(draft.key, household, user_id)
    if before is not None:
        return before
    today = timezone.localdate(at)
    if household.valid_until is not None and household.valid_until <= today:
        raise Refused("household.ended", _("This household has ended."))
    pairing = pairing_of(actor, household, on=today)
    earliest = max(household.valid_from, pairing.valid_from) if pairing else household.valid_from
    require_valid(draft, earliest=earliest, today=today, members=members_on(household, draft.on))
    decided = DecidedFacts(household.area_path, draft.on)
    cited = require_promises(draft, household, decided)
    photographs = [photograph_of(upload) for upload in draft.photos]
    visit = Visit(
        household=household,
        area_path=household.area_path,
        helper_id=pairing.helper_id if pairing else None,
        recorded_by_id=user_id,
        recorded_at=at,
        key=draft.key,
        on=draft.on,
        begun=draft.begun,
        kind=draft.kind,
        others=draft.others.strip(),
        said=draft.said.strip(),
    )
    try:
        _write(visit, draft, cited, photographs, decided, actor, at)
    except IntegrityError:
        again = _recorded(draft.key, household, user_id)
        if again is None:
            raise
        return again
    return visit


def members_on(household: Household, on: date) -> frozenset[int]:
    """The person ids of those who belonged to the household on a day."""
    return frozenset(household.members.filter(in_force(on)).values_list("person_id", flat=True))


def promises_of(
    visit: Visit, promised: tuple[PromiseDraft, ...], cited: list[ClauseFacts | None], decided: DecidedFacts
) -> list[Promise]:
    """The rows of a visit's promises, each with the clause that it rests on."""
    return [_promise(visit, one, clause, decided) for one, clause in zip(promised, cited, strict=True)]


def visit_event_data(visit: Visit, promises: int, photos: int) -> Entry:
    """The ledger's entry: that it was, when and how, and not a word of it."""
    data = {
        "visit": visit.pk,
        "kind": visit.kind,
        "on": visit.on.isoformat(),
        "promises": promises,
        "photos": photos,
    }
    return Entry("visit.recorded", "household", visit.household_id, visit.area_path, data)


def promise_event_data(promise: Promise) -> Entry:
    """The ledger's entry of a promise: its day and its clause, without its words."""
    data = {
        "promise": promise.pk,
        "visit": promise.visit_id,
        "kind": promise.kind,
        "due_on": promise.due_on.isoformat(),
        "cites": f"{promise.pack_id}:{promise.pack_version}:{promise.document}:{promise.clause}"
        if promise.document
        else "",
    }
    return Entry("promise.made", "household", promise.household_id, promise.area_path, data)


def _recorded(key: uuid.UUID, household: Household, user_id: int) -> Visit | None:
    visit = Visit.objects.filter(key=key).first()
    if visit is not None and (visit.household_id, visit.recorded_by_id) != (household.pk, user_id):
        raise Refused("visit.key", _("This form belongs to another visit. Open the page again."))
    return visit


def _write(
    visit: Visit,
    draft: VisitDraft,
    cited: list[ClauseFacts | None],
    photographs: list[Photograph],
    decided: DecidedFacts,
    actor: Actor,
    at: datetime,
) -> None:
    """Everything in one transaction; files of photographs that were not written after all are removed."""
    kept: list[VisitPhoto] = []
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
            VisitPresence.objects.bulk_create(
                VisitPresence(visit=visit, person_id=person) for person in sorted(draft.present)
            )
            promises = promises_of(visit, draft.promises, cited, decided)
            for promise in promises:
                promise.save(force_insert=True)
            for position, photograph in enumerate(photographs):
                kept.append(_keep(visit, position, photograph))
            record(visit_event_data(visit, len(promises), len(photographs)), actor=actor, at=at)
            for promise in promises:
                record(promise_event_data(promise), actor=actor, at=at)
    except BaseException:
        for photo in kept:
            photo.file.delete(save=False)
            photo.small.delete(save=False)
        raise


def _keep(visit: Visit, position: int, photograph: Photograph) -> VisitPhoto:
    name = f"{uuid.uuid4().hex}.jpg"
    photo = VisitPhoto(
        visit=visit,
        position=position,
        width=photograph.width,
        height=photograph.height,
        sha256=photograph.sha256,
    )
    photo.file.save(name, ContentFile(photograph.content), save=False)
    photo.small.save(f"small-{name}", ContentFile(photograph.small), save=False)
    photo.save(force_insert=True)
    return photo


def _promise(
    visit: Visit, promised: PromiseDraft, clause: ClauseFacts | None, decided: DecidedFacts
) -> Promise:
    assert promised.due_on is not None  # noqa: S101 - a draft without a day was refused
    by_policy = promised.kind == PromiseKind.POLICY and clause is not None and decided.pack is not None
    return Promise(
        visit=visit,
        household_id=visit.household_id,
        area_path=visit.area_path,
        helper_id=visit.helper_id,
        text=promised.text.strip(),
        kind=promised.kind,
        made_on=visit.on,
        due_on=promised.due_on,
        pack_id=decided.pack.id if by_policy and decided.pack else "",
        pack_version=decided.pack.version if by_policy and decided.pack else "",
        document=clause.document if clause else "",
        clause=clause.clause if clause else "",
    )
