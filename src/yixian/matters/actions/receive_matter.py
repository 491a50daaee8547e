"""收件: idempotent intake — a matter is received once for its key, however often it is sent, and has a holder from then on.

What is acknowledged is committed: the receipt is made of the row that was written. Files are written before the row that names
them, so that whatever dies in between leaves at most a sealed file that nothing points at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel import throttle
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.permission import require, require_person
from yixian.kernel.received.receiving import Received, received_of
from yixian.kernel.received.upload import Upload
from yixian.kernel.roles import Role
from yixian.matters.access import RECORDERS, belongs_to, organisations_of
from yixian.matters.actions.take_on import register_intake
from yixian.matters.choices import FileKind, IntakeChannel, LinkKind
from yixian.matters.codes import code_index, household_index, in_fours, new_code, new_number
from yixian.matters.intake import Complainant, Subject, Submission, validated
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import (
    Matter,
    MatterClause,
    MatterFile,
    MatterLink,
    MatterPerson,
    MatterSorting,
    MatterSubject,
    MatterText,
)
from yixian.matters.procedures import current_version, offered_kinds
from yixian.matters.receipt_digits import without_receipts
from yixian.matters.routing import first_organisation
from yixian.policies.models import PackClause
from yixian.registry.access import household_scope
from yixian.registry.models import Area, Helper, Household, Organisation

OPEN_CHANNELS = frozenset({IntakeChannel.PORTAL, IntakeChannel.EMAIL})
"""Doors that anybody may use without saying who they are."""

MATTERS_PER_SOURCE = 30
"""A village may share one mobile address; beyond this many in a day each further matter doubles the wait."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: what the person takes along. ``code`` is the sixteen digits; ``is_new`` is false for the same form sent again."""

    matter: Matter
    code: str
    holder: Organisation
    is_new: bool

    @property
    def code_in_fours(self) -> str:
        """The digits as they are printed and read aloud."""
        return in_fours(self.code)


def receive_matter(submission: Submission, *, source: str = "", actor: Actor, at: datetime) -> Receipt:
    """Take a matter down and give a receipt. The same key sent again gives the same matter and the same receipt.

    ``source`` is where a public form comes from (an address), kept as a keyed digest only to slow floods down; nothing of
    it is kept with the matter. Raises `Invalid` naming the field, `NotFound` for a household or a place out of reach,
    `NotPermitted` for a role that takes nothing down, `Refused` for a key of another matter, `TooManyGuesses` for a flood.
    """
    _require_channel(submission, actor)
    submission = _without_receipts(validated(submission))
    before = _received(submission)
    if before is not None:
        return before
    if submission.kind not in offered_kinds():
        raise Invalid("matter.kind", _("This county has no procedure for this kind of matter."), field="kind")
    received = received_of([Upload(name, content) for name, content in submission.files])
    try:
        with transaction.atomic():
            if source:
                _slow_down(source, at)
            return _write(submission, received, actor, at)
    except IntegrityError:
        again = _received(submission)
        if again is None:
            raise
        return again


def _without_receipts(submission: Submission) -> Submission:
    """The submission with no receipt's digits in what staff will read."""
    return replace(
        submission,
        words=without_receipts(submission.words),
        wanted=without_receipts(submission.wanted),
        item_line=without_receipts(submission.item_line),
        payment=without_receipts(submission.payment),
        subject_words=without_receipts(submission.subject_words),
        source_no=without_receipts(submission.source_no),
    )


def _require_channel(submission: Submission, actor: Actor) -> None:
    """Strangers come by the open doors, households by their own pages, staff by the others."""
    if submission.channel in OPEN_CHANNELS or (submission.channel != IntakeChannel.CARD and actor.is_system):
        return
    if submission.channel != IntakeChannel.CARD:
        require_person(actor, RECORDERS)
        return
    require(actor, {Role.HOUSEHOLD})
    own = {pk for grant in actor.grants if grant.role == Role.HOUSEHOLD for pk in grant.household_ids}
    if not {one.household_id for one in submission.people} - {None} <= own:
        raise NotFound("household.not_found", _("There is no such household."))


def _received(submission: Submission) -> Receipt | None:
    """What the same form has made already."""
    matter = Matter.objects.select_related("text").filter(key=submission.key).first()
    if matter is None:
        return None
    if matter.text.words != submission.words:
        raise Refused("matter.once", _("This form was sent already. Open the page again for another matter."))
    first = matter.events.select_related("to_organisation").order_by("seq").first()
    assert first is not None  # noqa: S101 - written in the same transaction as the matter
    assert first.to_organisation is not None  # noqa: S101 - a matter is always received by a body
    return Receipt(matter, matter.code, first.to_organisation, is_new=False)


def _write(submission: Submission, received: Received, actor: Actor, at: datetime) -> Receipt:
    area = _area(submission, actor)
    subjects = [_named(one) for one in submission.subjects]
    holder = first_organisation(
        area,
        _asked_first(submission, actor, at),
        [organisation.pk for _helper, organisation in subjects],
        at=at,
        is_unnamed=submission.about_official and not subjects,
    )
    code = new_code()
    arrived = min(submission.received_at or at, at)
    matter = Matter.objects.create(
        number=new_number(),
        code=code,
        code_index=code_index(code),
        key=submission.key,
        kind=submission.kind,
        procedure_version=current_version(at=at),
        channel=submission.channel,
        area=area,
        area_path=area.path,
        anonymous=submission.anonymous,
        shared=submission.shared and not submission.about_official and not submission.anonymous,
        about_official=submission.about_official,
        joint=submission.joint,
        received_at=arrived,
        recorded_by_id=actor.user_id,
    )
    _write_contents(matter, submission, actor, at)
    for helper, organisation in subjects:
        MatterSubject.objects.create(
            matter=matter, helper=helper, organisation=organisation, named_by_id=actor.user_id, named_at=at
        )
    keep_files(matter, received, by_person=True, at=at)
    _link_to_original(matter, submission, actor, at)
    new_event = NewEvent("received", None, holder.pk, assignee=_assignee(holder, actor, at))
    record_event(matter, new_event, actor=actor, at=arrived)
    register_intake(matter, holder, actor=actor, at=at)
    return Receipt(matter, code, holder, is_new=True)


def _write_contents(matter: Matter, submission: Submission, actor: Actor, at: datetime) -> None:
    MatterText.objects.create(
        matter=matter,
        words=submission.words,
        wanted=submission.wanted,
        item_line=submission.item_line,
        payment=submission.payment,
        subject_words=submission.subject_words,
        source_no=submission.source_no,
        read_back=submission.read_back,
    )
    MatterSorting.objects.create(matter=matter, topic=submission.topic, by_id=actor.user_id, at=at)
    for position, one in enumerate(submission.people, 1):
        MatterPerson.objects.create(matter=matter, position=position, **_sealed(one))
    known = {
        (row.pack_version.pack_id, row.document, row.clause)
        for row in PackClause.objects.select_related("pack_version")
        .defer("pack_version__content")
        .filter(clause__in=[key.clause for key in submission.clauses])
    }
    for key in dict.fromkeys(submission.clauses):
        if (key.pack_id, key.document, key.clause) not in known:
            raise Invalid("matter.clause", _("There is no such clause in the library."), field="clauses")
        MatterClause.objects.create(
            matter=matter,
            pack_id=key.pack_id,
            document=key.document,
            clause=key.clause,
            by_id=actor.user_id,
            at=at,
        )


def _sealed(one: Complainant) -> dict[str, str]:
    values = {"name": one.name, "phone": one.phone, "email": one.email}
    if one.household_id is not None:
        values |= {
            "household": str(one.household_id),
            "household_index": household_index(one.household_id),
        }
    return values


def keep_files(matter: Matter, received: Received, *, by_person: bool, at: datetime) -> None:
    """Keep photographs and voice notes with a matter, after those that it has."""
    position = matter.files.count()
    for photo in received.photographs:
        position += 1
        MatterFile.objects.create(
            matter=matter,
            position=position,
            kind=FileKind.PHOTO,
            file=ContentFile(photo.content, name="photo.jpg"),
            small=ContentFile(photo.small, name="small.jpg"),
            width=photo.width,
            height=photo.height,
            sha256=photo.sha256,
            by_person=by_person,
            at=at,
        )
    for note in received.voice_notes:
        position += 1
        MatterFile.objects.create(
            matter=matter,
            position=position,
            kind=FileKind.VOICE_NOTE,
            file=ContentFile(note.content, name="voice.mp3"),
            seconds=note.seconds,
            sha256=note.sha256,
            by_person=by_person,
            at=at,
        )


def _area(submission: Submission, actor: Actor) -> Area:
    """Where it is about: as said, else where the household lives, else the county."""
    for one in submission.people:
        if one.household_id is not None:
            _household(one.household_id, actor)
    if submission.area_id is not None:
        area = Area.objects.filter(pk=submission.area_id).first()
        if area is None:
            raise NotFound("area.not_found", _("There is no such area."))
        return area
    lived = next((one.household_id for one in submission.people if one.household_id is not None), None)
    if lived is not None:
        return Household.objects.select_related("area").get(pk=lived).area
    county = Area.objects.filter(level="county").order_by("path").first()
    if county is None:
        raise Refused("matter.no_place", _("The register holds no county yet."))
    return county


def _household(household_id: int, actor: Actor) -> None:
    """Staff may name a household in their reach, a household itself, a stranger none."""
    if not actor.is_system and not household_scope(actor).filter(pk=household_id).exists():
        raise NotFound("household.not_found", _("There is no such household."))


def _named(subject: Subject) -> tuple[Helper | None, Organisation]:
    """The person in office with their body, or the body. Raises `NotFound` where the register has none."""
    if subject.helper_id is not None:
        helper = Helper.objects.select_related("organisation").filter(pk=subject.helper_id).first()
        if helper is not None:
            return helper, helper.organisation
    elif subject.organisation_id is not None:
        organisation = Organisation.objects.filter(pk=subject.organisation_id).first()
        if organisation is not None:
            return None, organisation
    raise NotFound("organisation.not_found", _("There is no such body."))


def _asked_first(submission: Submission, actor: Actor, at: datetime) -> list[int]:
    """The body of whoever took it down: first asked is responsible. What came by post or list is the petition office's."""
    if (
        submission.channel in {IntakeChannel.COUNTER, IntakeChannel.PHONE, IntakeChannel.VISIT}
        and actor.user_id is not None
    ):
        return sorted(organisations_of(actor, at=at)) or sorted(belongs_to(actor, at=at))
    return []


def _assignee(holder: Organisation, actor: Actor, at: datetime) -> int | None:
    """Whoever took it down deals with it until their body says otherwise, if they act for the body that holds it."""
    return (
        actor.user_id if actor.user_id is not None and holder.pk in organisations_of(actor, at=at) else None
    )


def _link_to_original(matter: Matter, submission: Submission, actor: Actor, at: datetime) -> None:
    """Retaliation is a matter of its own, linked to the one for which it was suffered; whoever holds its receipt may say so."""
    if not submission.retaliation_for:
        return
    original = Matter.objects.filter(code_index=code_index(submission.retaliation_for)).first()
    if original is None:
        raise NotFound("matter.no_receipt", _("There is no matter with this receipt number."))
    MatterLink.objects.create(
        matter=matter, other=original, kind=LinkKind.RETALIATION, by_id=actor.user_id, at=at
    )


def _slow_down(source: str, at: datetime) -> None:
    subject = f"matter-source:{source}"
    throttle.check(subject, at=at)
    throttle.failed(subject, at=at, free=MATTERS_PER_SOURCE)
