"""JSON shapes of the API. Money is integer fen; dates are ISO 8601; what the caller may not see is empty."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class AreaOut(Schema):
    """An area of the tree."""

    id: int
    code: str
    level: str
    name: str
    name_en: str


class HouseholdOut(Schema):
    """A household in a list."""

    id: int
    household_no: str
    head_name: str
    area: AreaOut
    zone: str
    language: str
    difficulty: int


class HouseholdPage(Schema):
    """A page of a list, with the number of all that match within the caller's reach."""

    count: int
    items: list[HouseholdOut]


class MemberOut(Schema):
    """A member, masked to the caller's role."""

    person_id: int
    name: str
    relation: str
    birth_date: date
    id_number: str
    phone: str
    eligibility: str


class HelperOut(Schema):
    """Somebody who stands beside the household."""

    role: str
    name: str
    body_name: str = Field(alias="organisation_name")
    work_phone: str
    since: date


class LineOut(Schema):
    """A line of the account."""

    position: int
    sentence: str
    quantity: str
    unit: str
    price: str
    amount_fen: int
    paid: str
    document: str
    clause: str


class StatementOut(Schema):
    """A household's account in its current version."""

    version: int
    status: str
    total_fen: int | None
    monthly_fen: int | None
    yearly_fen: int | None
    on_date: date
    issued_at: datetime
    lines: list[LineOut]
    problems: list[str]


class HouseholdDetail(HouseholdOut):
    """Everything of a household that the caller may see."""

    members: list[MemberOut]
    beside: list[HelperOut]
    statement: StatementOut | None


class OutcomeOut(Schema):
    """What one side said became of a promise."""

    outcome: str
    said_by: str
    on: date
    note: str


class PromiseOut(Schema):
    """A promise to a household, its state today, and the clause that it rests on (title and words; none for help)."""

    id: int
    text: str
    kind: str
    by: str
    made_on: date
    due_on: date
    state: str
    clause: str
    clause_words: str
    said: list[OutcomeOut]


class VisitOut(Schema):
    """A visit as it stands now. ``photos`` are ids; ``confirmed`` whether the household confirmed these words."""

    id: int
    on: date
    kind: str
    by: str
    body: str
    present: list[str]
    said: str
    confirmed: bool
    corrected: bool
    objections: list[str]
    photos: list[int]
    promises: list[int]


class ErrorOut(Schema):
    """A refusal: a stable key and a sentence."""

    key: str
    message: str
    field: str = ""


class MeOut(Schema):
    """Who the caller is."""

    label: str
    roles: list[str]
