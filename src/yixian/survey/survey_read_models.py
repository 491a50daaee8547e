"""实物调查读模型: read models (DTO) of campaigns, teams, devices and sheets, as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from yixian.engines.survey.sheet_reading import SignedBy
from yixian.registry.models import Household
from yixian.survey.choices import CampaignStatus, DeviceStatus, SheetStatus
from yixian.survey.models import Campaign, FieldDevice, SheetChoice, SheetSubmission, SurveyTeam


@dataclass(frozen=True, slots=True)
class SheetKey:
    """What a list of sheets is limited and sorted by."""

    pk: int
    campaign_id: int
    instance_id: str
    household_no: str
    form_id: str
    received_at: datetime
    area_path: str
    status: SheetStatus


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in a list: of whom, on which form, from which team, and where it stands.

    ``household_id`` is None where the number names no household of the place.
    """

    key: SheetKey
    household_id: int | None
    head: str
    place: str
    form: str
    team: str
    device: str
    problems: int

    @property
    def pk(self) -> int:
        """Its number."""
        return self.key.pk


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign in a list: its teams, its sheets that are taken, and those that wait for somebody."""

    campaign: Campaign
    status: CampaignStatus
    teams: int
    taken: int
    waiting: int


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device of a team, where its credential stands, when it was last seen, and how many sheets came from it."""

    device: FieldDevice
    team: str
    status: DeviceStatus
    last_seen: datetime | None
    sheets: int


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with the day and village of its next visit, and how many of its sheets came."""

    team: SurveyTeam
    languages: tuple[str, ...]
    sheets: int


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """An answer about an item in words: what was asked, what was answered, in which unit."""

    title: str
    answer: str
    unit: str = ""

    @property
    def words(self) -> str:
        """The answer with its unit."""
        return f"{self.answer} {self.unit}".strip() if self.answer else ""


@dataclass(frozen=True, slots=True)
class SheetItem:
    """An item of a sheet as it was measured. ``quantity`` is calculated anew; None where an answer is wrong."""

    number: int
    code: str
    title: str
    values: tuple[MeasuredValue, ...]
    formula: str
    quantity: Decimal | None
    unit: str
    said_quantity: str
    photographs: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """What is wrong with a sheet: of which question in words, and why."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LinkedSheet:
    """A sheet that a sheet corrects, is corrected by, or is a rival of."""

    pk: int
    instance_id: str
    received_at: datetime
    status: SheetStatus
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet on its page. ``household`` is None where the register knows no such number."""

    submission: SheetSubmission
    campaign: Campaign
    status: SheetStatus
    form: str
    household: Household | None
    measured_on: date | None
    place: str
    items: tuple[SheetItem, ...]
    present: tuple[SignedBy, ...]
    problems: tuple[SheetProblem, ...]
    linked: tuple[LinkedSheet, ...] = ()
    rivals: tuple[LinkedSheet, ...] = ()
    files: dict[str, int] = field(default_factory=dict)
    choices: tuple[SheetChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One answer of two sheets side by side."""

    item: str
    asked: str
    here: str
    there: str

    @property
    def differs(self) -> bool:
        """Whether they say something else."""
        return self.here != self.there
