"""所述: intake — a complaint as it is submitted through any channel, and its validation."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from yixian.domain.text import plain_text
from yixian.kernel.errors import Invalid
from yixian.matters import limits
from yixian.matters.choices import IntakeChannel, MatterKind, Topic


@dataclass(frozen=True, slots=True)
class Complainant:
    """Somebody who raises a matter, or speaks for those who do. All of it may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a matter is about: a person in office, or a whole body. Ids of the register."""

    helper_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClauseKey:
    """A clause of a policy: pack, document and clause by their ids."""

    pack_id: str
    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class Submission:
    """诉求: everything that comes with a matter. ``key`` is made by the form, so that it may be sent again.

    ``files`` are (name, bytes) as they were sent. ``area_id`` is where it is about; None takes the household's place, or the
    county. ``received_at`` is for what reached the office before it was typed in: a letter, a list, an e-mail.
    """

    key: uuid.UUID
    words: str
    kind: MatterKind = MatterKind.GRIEVANCE
    topic: Topic = Topic.UNSORTED
    channel: IntakeChannel = IntakeChannel.PORTAL
    wanted: str = ""
    people: tuple[Complainant, ...] = ()
    anonymous: bool = False
    joint: int = 1
    area_id: int | None = None
    item_line: str = ""
    payment: str = ""
    clauses: tuple[ClauseKey, ...] = ()
    subjects: tuple[Subject, ...] = ()
    about_official: bool = False
    subject_words: str = ""
    shared: bool = False
    read_back: bool = False
    files: tuple[tuple[str, bytes], ...] = ()
    source_no: str = ""
    received_at: datetime | None = None
    retaliation_for: str = field(default="", repr=False)


def validated(submission: Submission) -> Submission:
    """The submission with every text made plain. Raises `Invalid` naming the field that cannot be taken down."""
    words = _text("words", submission.words, limits.MAX_WORDS)
    if not words:
        raise Invalid("matter.empty", _("Say in a few words what it is about."), field="words")
    people = tuple(_person(one) for one in submission.people)
    if len(people) > limits.MAX_REPRESENTATIVES:
        raise Invalid("matter.representatives", _("At most five people speak for all."), field="people")
    if not 1 <= submission.joint <= limits.MAX_JOINT:
        raise Invalid("matter.joint", _("Say how many raise it together."), field="joint")
    if submission.joint > 1 and not people and not submission.anonymous:
        raise Invalid(
            "matter.no_representative", _("Name those who speak for all, at most five."), field="people"
        )
    if submission.anonymous and any(one != Complainant() for one in people):
        raise Invalid(
            "matter.not_anonymous", _("Without a name there is no name: leave it empty."), field="people"
        )
    if len(submission.clauses) > limits.MAX_CLAUSES:
        raise Invalid("matter.clauses", _("Name at most five clauses."), field="clauses")
    values = {
        "words": words,
        "wanted": _text("wanted", submission.wanted, limits.MAX_WANTED),
        "people": () if submission.anonymous else people,
        "item_line": _text("item_line", submission.item_line, limits.MAX_LINE),
        "payment": _text("payment", submission.payment, 64),
        "subject_words": _text("subject_words", submission.subject_words, limits.MAX_REASON),
        "source_no": _text("source_no", submission.source_no, 64),
        "about_official": submission.about_official or bool(submission.subjects),
    }
    return Submission(**{name: getattr(submission, name) for name in Submission.__slots__} | values)


def require_words(field_name: str, value: str, most: int = limits.MAX_WORDS) -> str:
    """A text that must be there, made plain. Raises `Invalid` where it is empty or too long."""
    text = _text(field_name, value, most)
    if not text:
        raise Invalid("matter.words", _("This must be filled in."), field=field_name)
    return text


def optional_words(field_name: str, value: str, most: int = limits.MAX_WORDS) -> str:
    """A text that may be empty, made plain. Raises `Invalid` where it is too long."""
    return _text(field_name, value, most)


def _text(field_name: str, value: str, most: int) -> str:
    text = plain_text(value).strip()
    if len(text) > most:
        raise Invalid("matter.too_long", _("This is too long."), field=field_name)
    return text


def _person(one: Complainant) -> Complainant:
    email = _text("email", one.email, limits.MAX_EMAIL)
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Invalid("matter.email", _("This is no e-mail address."), field="email") from error
    return Complainant(
        _text("name", one.name, limits.MAX_NAME),
        _text("phone", one.phone, limits.MAX_PHONE),
        email,
        one.household_id,
    )
