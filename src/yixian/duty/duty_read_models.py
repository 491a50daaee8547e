"""包保读模型: read models (DTO) that duty's queries hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yixian.registry.models import Area


@dataclass(frozen=True, slots=True)
class AssignedHelperView:
    """Somebody who stands beside a household, with how to reach them.

    ``part`` is one of `yixian.duty.choices.PairingPart`, or ``lead`` for the township's lead who stands in for somebody
    suddenly away. ``until``: the day from which they do so no more, where it is known. ``is_away``: the pairing holds, and
    somebody else stands in while they are away, until ``away_until`` if that is known. ``cause`` is one of
    `yixian.duty.choices.HandoverCause` where they came in somebody's place, and ``instead_of`` that person's name.
    """

    helper_id: int
    role: str
    role_label: str
    name: str
    organisation_name: str
    post: str
    work_phone: str
    since: date
    reason: str
    part: str = "first"
    part_label: str = ""
    until: date | None = None
    is_away: bool = False
    away_since: date | None = None
    away_until: date | None = None
    suddenly: bool = False
    cause: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class UncoveredView:
    """A household that lacks somebody, with whoever stands beside it all the same.

    ``lacks`` names the roles in which nobody does; ``may_assign``: the reader may choose somebody for them.
    """

    pk: int
    household_no: str
    head_name: str
    place: str
    assigned_helpers: list[AssignedHelperView]
    lacks: tuple[str, ...] = ()
    may_assign: bool = False


@dataclass(frozen=True, slots=True)
class ShortHousehold:
    """A household that went without in a pairing, and what it lacked; ``lacks`` is empty if somebody was found since.

    ``may_assign``: the reader may choose somebody for it.
    """

    pk: int
    household_no: str
    head_name: str
    place: str
    lacks: str
    may_assign: bool = False


@dataclass(frozen=True, slots=True)
class FormerHelperView:
    """Somebody who stood beside a household until (not including) a day, and why it ended."""

    role_label: str
    part_label: str
    name: str
    organisation_name: str
    since: date
    until: date
    ended: str


@dataclass(frozen=True, slots=True)
class ShortageView:
    """Households that those who could serve them cannot all take. ``remedies``: sentences, the best first."""

    role_label: str
    households: int
    helpers: int
    places: int
    short: int
    area: Area | None
    shortage_id: int = 0
    sentence: str = ""
    remedies: tuple[str, ...] = ()
    applicable: frozenset[int] = frozenset()
    """The places in the list, from 0, of the remedies that one step carries out."""


@dataclass(frozen=True, slots=True)
class PairingRunView:
    """A solved pairing with its proof."""

    run_id: int
    at: datetime
    on_date: date
    seed: int
    proof: dict[str, Any]
    fairness: dict[str, Any]
    shortages: list[ShortageView]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How many households have whom beside them on a day."""

    households: int
    with_cadre: int
    with_member: int
    with_both: int
    with_lead: int = 0

    @property
    def uncovered(self) -> int:
        """Households that lack a cadre, a party member, or both; ``with_lead`` of them have the township's lead."""
        return self.households - self.with_both


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Somebody who is away or is going to be, and what becomes of their households.

    ``late``: a sudden absence that has lasted longer than the county's rule allows without every household having somebody;
    ``hours`` of ``hours_allowed``, for sudden ones alone.
    """

    absence_id: int
    helper_id: int
    name: str
    role_label: str
    organisation_name: str
    kind: str
    kind_label: str
    valid_from: date
    valid_until: date | None
    reason: str
    document: str
    noticed_at: datetime | None
    covered_at: datetime | None
    households: int
    open_handovers: int
    late: bool
    organisation_id: int = 0
    to_organisation_name: str = ""
    hours: int | None = None
    hours_allowed: int | None = None

    @property
    def is_called_off(self) -> bool:
        """Whether it was called off before it began: then it has no day."""
        return self.valid_until == self.valid_from


@dataclass(frozen=True, slots=True)
class HandoverStepView:
    """A step of a hand-over."""

    kind: str
    label: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A household that passes to somebody else. ``state``: off, done, open or late (its day has come and a step is missing)."""

    handover_id: int
    household_id: int
    household_no: str
    head_name: str
    area_path: str
    role: str
    role_label: str
    cause: str
    cause_label: str
    part: str
    from_name: str
    to_name: str
    to_helper_id: int
    effective_on: date
    until: date | None
    steps: tuple[HandoverStepView, ...]
    state: str

    @property
    def accepted(self) -> bool:
        """Whether the new helper has accepted."""
        return any(step.kind == "accepted" for step in self.steps)

    @property
    def acknowledged(self) -> bool:
        """Whether the household has acknowledged."""
        return any(step.kind == "acknowledged" for step in self.steps)


@dataclass(frozen=True, slots=True)
class RequestView:
    """A household's request for another helper. Its words are for those who may read them: empty for others."""

    request_id: int
    household_id: int
    household_no: str
    head_name: str
    role_label: str
    helper_name: str
    channel_label: str
    by_right: bool
    reason: str
    asked_at: datetime
    settled_at: datetime | None
    withdrawn_at: datetime | None
