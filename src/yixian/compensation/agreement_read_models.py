"""What is handed out about agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One party's place on an agreement; ``signed_on`` is None while it has not signed."""

    party: str
    party_label: str
    organisation: str
    signer_name: str
    post: str
    authority: str
    authority_paper: str
    signed_on: date | None
    way_label: str
    kept_at: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class EndView:
    """Why and by whom an agreement ended, or is proposed to be void."""

    kind_label: str
    reason: str
    document: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementPointer:
    """An agreement that a page points to, and how far it is."""

    pk: int
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in a list. ``place`` is the name of its area where a list asked for it."""

    pk: int
    number: str
    household_id: int
    household_no: str
    head: str
    area_path: str
    version: int
    total_fen: int
    state: str
    state_label: str
    drawn_up_on: date
    signed: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One agreement: what it is over, who has signed, and whether it holds. ``terms`` are masked to the reader."""

    pk: int
    number: str
    household_id: int
    household_no: str
    statement_id: int
    version: int
    is_current: bool
    total_fen: int
    total_capital: str
    state: str
    state_label: str
    drawn_up_on: date
    drawn_up_by: str
    terms: dict[str, str]
    members: list[str]
    signatures: list[SignatureView]
    end: EndView | None
    proposal: EndView | None
    proposed_by_id: int | None
