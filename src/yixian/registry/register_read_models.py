"""登记读模型: read models (DTO) of the register — plain rows, already limited and masked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from yixian.registry.models import Area


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a household as this actor may see it; what may not be seen is empty or masked."""

    person_id: int
    name: str
    relation: str
    relation_label: str
    gender_label: str
    birth_date: date
    age: int
    ethnicity: str
    id_number: str
    phone: str
    register_type_label: str
    present_at_cutoff: bool
    eligibility: str
    eligibility_label: str
    eligibility_note: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class ContactView:
    """How to reach and to pay a household; empty where the actor may not see it."""

    phone: str
    bank_name: str
    bank_account: str


@dataclass(frozen=True, slots=True)
class RegisterTotals:
    """Counts of an area and of each area directly below it."""

    households: int
    persons: int
    eligible_persons: int
    by_child: list[tuple[Area, int, int]]


@dataclass(frozen=True, slots=True)
class RegisterEventView:
    """One event in words."""

    at: datetime
    who: str
    title: str
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RecordReadView:
    """One reading of a record."""

    at: datetime
    who: str
    role_label: str
    what: str


@dataclass(frozen=True, slots=True)
class HelperRow:
    """One of a body's people as a row of a list. ``places``: how many households they can take."""

    pk: int
    name: str
    posts: tuple[str, ...]
    kind_label: str
    places: int
