"""现场办公草稿: a session as it is typed, checked before anything is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid
from yixian.outreach.limits import MAX_DECISION, MAX_NAME, MAX_NOTE, MAX_POINTS, MAX_SPEAKERS


@dataclass(frozen=True, slots=True)
class PointDraft:
    """Something that was raised: settled there or not, and the number of its matter, "" for none."""

    words: str
    settled: bool = False
    matter_no: str = ""


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """Something that was decided: whose it is, and by when."""

    words: str
    organisation_id: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OnSiteDraft:
    """A session as it is typed. ``participants`` are organisations with how many people each."""

    area_id: int
    on: date
    place: str
    leaders: frozenset[int]
    households: int = 0
    villagers: int = 0
    participants: tuple[tuple[int, int], ...] = ()
    speakers: tuple[str, ...] = ()
    speakers_agreed: bool = False
    raised: tuple[PointDraft, ...] = ()
    decisions: tuple[DecisionDraft, ...] = ()
    names_nobody: bool = False
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def require_session(draft: OnSiteDraft, *, today: date, decided_before: bool = False) -> None:
    """Raise `Invalid` naming the field for a draft that breaks a rule of its own.

    ``decided_before``: it corrects a session whose decisions go on.
    """
    if draft.on > today:
        raise Invalid("explanation.future", _("The day lies in the future."), field="on")
    if not draft.place.strip():
        raise Invalid("on_site.place", _("Say where it was."), field="place")
    if not draft.leaders:
        raise Invalid("on_site.leaders", _("Say which leader was there."), field="leaders")
    if not draft.raised and not draft.decisions and not decided_before:
        raise Invalid("on_site.nothing", _("Write down what was raised or decided."))
    if max(len(draft.raised), len(draft.decisions)) > MAX_POINTS:
        raise Invalid("on_site.points", _("Six points and six decisions at most."))
    _require_speakers(draft)
    for number, point in enumerate(draft.raised):
        if len(point.words) > MAX_NOTE:
            raise Invalid(
                "visit.note_long",
                _("This is too long: a thousand characters at most."),
                field=f"raised_{number}",
            )
    for number, decision in enumerate(draft.decisions):
        _require_decision(decision, number, draft.on)
    if draft.decisions and not draft.names_nobody:
        raise Invalid(
            "on_site.names",
            _("Decisions are read by everybody: see that none names a villager, and say so."),
            field="names_nobody",
        )


def _require_speakers(draft: OnSiteDraft) -> None:
    if len(draft.speakers) > MAX_SPEAKERS or any(len(name) > MAX_NAME for name in draft.speakers):
        raise Invalid("on_site.speakers", _("Twenty names at most, each on a line."), field="speakers")
    if draft.speakers and not draft.speakers_agreed:
        raise Invalid(
            "on_site.agreed",
            _("A villager is named only if they spoke and agreed to it."),
            field="speakers_agreed",
        )


def _require_decision(decision: DecisionDraft, number: int, on: date) -> None:
    if not decision.words.strip() or len(decision.words) > MAX_DECISION:
        raise Invalid(
            "on_site.decision", _("Write the decision in three hundred characters."), field=f"what_{number}"
        )
    if decision.organisation_id is None:
        raise Invalid("on_site.whose", _("Say whose it is."), field=f"whose_{number}")
    if decision.due_on is None or decision.due_on < on:
        raise Invalid("on_site.due", _("Say by which day, not before the session."), field=f"due_{number}")
