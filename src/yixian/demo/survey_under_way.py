"""示范调查: a campaign under way in the first example's township, two teams with devices, and sheets in every state.

Nothing of it reaches the register: items, accounts and figures of the county stay what they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yixian.demo.example import first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.demo.survey_sheet import SIGNATURE, Filled, Measured, drawings, filled_form
from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.actors import Actor
from yixian.kernel.received.upload import Upload
from yixian.policies.queries import read_pack
from yixian.registry.access import below
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Area, Household, Organisation
from yixian.survey.actions.issue_device import issue_device, revoke_device
from yixian.survey.actions.note_yard_visit import YardVisitDraft, note_yard_visit
from yixian.survey.actions.open_campaign import (
    FreezeNotice,
    TeamMembers,
    form_team,
    open_campaign,
    plan_team_day,
)
from yixian.survey.actions.receive_sheet import receive_sheet
from yixian.survey.choices import YardVisitOutcome
from yixian.survey.models import Campaign, FieldDevice, SurveyTeam

_NOTICE = ("澜政发〔2026〕31号（演示）", "澜渡县人民政府")
_BEGAN, _LASTS, _FROZEN = 5, 30, 20
"""Days since the first day in the villages, days that it lasts, and days from the notice to its beginning."""

_TEAMS = (("一组", "李丈青", "王绘云", "cmn,iii"), ("二组", "杨规远", "赵尺素", "cmn"))
_TERM = 60
_HOUSEHOLDS = 10
_IDS = uuid.UUID("6f1d3c52-57a0-4c0e-9b2a-6a6f1f6f0b01")
_WALL = Measured("facility.masonry_wall", "wall", (("length", "18.5"), ("height", "2.1")), "38.85")
_LONGER_WALL = Measured("facility.masonry_wall", "wall", (("length", "19.2"), ("height", "2.1")), "40.32")
_WRONG_WALL = Measured("facility.masonry_wall", "wall", (("length", "18.5"), ("height", "12")), "222.00")
_YARD = Measured("facility.concrete_yard", "surface", (("length", "9.6"), ("width", "7.25")), "69.60")
_PEN = Measured("facility.pen", "piece", (("count", "2"),), "2")
_HOUSE = Measured(
    "house.main.earth_timber",
    "building",
    (
        ("length", "12.4"),
        ("width", "8.6"),
        ("storeys", "2"),
        ("built_on", "1998-10-01"),
        ("scope", "flooded"),
    ),
    "213.28",
)


@dataclass(frozen=True, slots=True)
class _Team:
    """A team with the device that its sheets come from, and who signs for it."""

    team: SurveyTeam
    device: FieldDevice

    @property
    def surveyors(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The two persons with their organisations."""
        one, other = self.team.measurer_organisation, self.team.second_organisation
        return (self.team.measurer, one.name), (self.team.second, other.name)


def is_survey_under_way() -> bool:
    """Whether a campaign was ever opened."""
    return Campaign.objects.exists()


@transaction.atomic
def begin_survey(*, at: datetime) -> None:
    """Open the campaign, form its teams, and send what they have measured so far."""
    clerk, on = user_actor(CLERK, at=at), timezone.localdate(at)
    example = first_example(on).household
    township = Area.objects.get(path=path_at(example.area_path, AreaLevel.TOWNSHIP))
    village = Area.objects.get(path=path_at(example.area_path, AreaLevel.VILLAGE))
    campaign = _opened(township, clerk, at)
    teams = [_formed(campaign, number, clerk, at) for number in range(len(_TEAMS))]
    for ago, one in enumerate(teams):
        for day in (on - timedelta(days=ago), on + timedelta(days=ago + 1)):
            plan_team_day(one.team.pk, village.pk, day, actor=clerk, at=at)
    lost, _secret = issue_device(teams[1].team.pk, "旧手机", _TERM, actor=clerk, at=at)
    revoke_device(lost.pk, "手机丢了（演示）", actor=clerk, at=at)
    rows = Household.objects.filter(below(village.path), valid_until=None, head__isnull=False)
    households = list(rows.select_related("head").order_by("household_no")[:_HOUSEHOLDS])
    _visit(teams[0].team, households, clerk, at)
    pack, files = read_pack(campaign.pack_version_id), drawings()
    for hours, (number, filled) in enumerate(_sheets(households, on - timedelta(days=2))):
        one = teams[number]
        came = at - timedelta(hours=40 - hours)
        receive_sheet(one.device, filled_form(pack, filled, one.surveyors), files, at=came)


def _opened(township: Area, clerk: Actor, at: datetime) -> Campaign:
    began = timezone.localdate(at) - timedelta(days=_BEGAN)
    frozen = began - timedelta(days=_FROZEN)
    return open_campaign(
        township.pk,
        f"{township.name}蓄水影响区补充调查（演示）",
        FreezeNotice(*_NOTICE, frozen, frozen),
        (began, began + timedelta(days=_LASTS)),
        actor=clerk,
        at=at,
    )


def _formed(campaign: Campaign, number: int, clerk: Actor, at: datetime) -> _Team:
    name, measurer, second, languages = _TEAMS[number]
    bureau = Organisation.objects.filter(kind=OrganisationKind.RESETTLEMENT_BUREAU).earliest("pk")
    department = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("code")[number]
    members = TeamMembers(measurer, bureau.pk, second, department.pk, languages, has_woman=number == 0)
    team = form_team(campaign.pk, name, members, actor=clerk, at=at)
    device, _secret = issue_device(team.pk, f"平板{number + 1}", _TERM, actor=clerk, at=at)
    return _Team(team, device)


def _visit(team: SurveyTeam, households: list[Household], clerk: Actor, at: datetime) -> None:
    """One household where nobody was, to which the team comes again today, and one for which a relative came with a letter."""
    on = timezone.localdate(at) - timedelta(days=2)
    absent, represented = households[8].household_no, households[9].household_no
    paper = Upload("letter.png", drawings()[SIGNATURE])
    for draft in (
        YardVisitDraft(absent, on, YardVisitOutcome.NOTICE_LEFT, next_on=on + timedelta(days=2)),
        YardVisitDraft(
            represented,
            on,
            YardVisitOutcome.RELATIVE,
            representative="侄子（演示）",
            paper=paper,
            asked_woman=True,
        ),
    ):
        note_yard_visit(team.pk, draft, actor=clerk, at=at)


def _sheets(households: list[Household], on: date) -> Iterator[tuple[int, Filled]]:
    """Each sheet with the number of its team: signed, refused, corrected, waiting, set aside, and two of one household."""

    def filled(place: int, name: str, *items: Measured, sheet: str = "facility", **more: str) -> Filled:
        household = households[place % len(households)]
        head = household.head.name if household.head else ""
        number = more.pop("number", household.household_no)
        return Filled(sheet, _id(name), number, head, on, items, **more)

    yield 0, filled(0, "first", _WALL, _YARD)
    yield 0, filled(0, "house", _HOUSE, sheet="house")
    yield 0, filled(1, "refused", _WALL, refused="说院墙少量了两米，等复核（演示）")
    yield 1, filled(2, "before", _WALL)
    yield 1, filled(2, "after", _LONGER_WALL, replaces=_id("before"))
    yield 1, filled(3, "waiting", _YARD, replaces=_id("still on the phone"))
    yield 0, filled(4, "out of range", _WRONG_WALL, _PEN)
    yield 1, filled(5, "unknown", _PEN, number="没有这户")
    yield 0, filled(6, "one", _WALL, _PEN)
    yield 1, filled(6, "other", _LONGER_WALL, _PEN)
    yield 0, filled(7, "last", _YARD, _PEN)


def _id(name: str) -> str:
    return str(uuid.uuid5(_IDS, name))
