"""一次调查: a campaign with a team of two organisations, its device, and sheets as a phone sends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from tests.compensation.signing import PACK
from tests.engines.survey.filling import PICTURE
from tests.engines.survey.test_submission_folder import instance
from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_user
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.models import Area, Household, Organisation
from yixian.survey.actions.issue_device import issue_device
from yixian.survey.actions.open_campaign import FreezeNotice, TeamMembers, form_team, open_campaign
from yixian.survey.actions.receive_sheet import Receipt, receive_sheet
from yixian.survey.choices import SheetStatus
from yixian.survey.models import Campaign, FieldDevice, SheetSubmission, SurveyTeam
from yixian.survey.queries import status_of

AT = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
NOTICE = FreezeNotice("云政发〔2026〕8号", "云岭省人民政府", date(2026, 9, 1), date(2026, 9, 1))
DAYS = (date(2026, 11, 1), date(2026, 12, 31))


@dataclass
class Yard:
    """A county under survey; ``other`` is a county beside it."""

    county: Area
    other: Area
    village: Area
    bureau: Organisation
    institute: Organisation
    household: Household
    users: dict[str, User]
    campaign: Campaign
    team: SurveyTeam
    device: FieldDevice
    secret: str

    def actor(self, name: str) -> Actor:
        """One of ``clerk``, ``lead``, ``cadre``, ``stranger``."""
        return actor_for(self.users[name], at=AT)

    def xml(self, name: str, **changes: str) -> bytes:
        """A right sheet of the household, by its instance id."""
        return instance(name, changes.pop("household", self.household.household_no), **changes).encode()  # type: ignore[arg-type]

    def send(self, name: str, *, files: dict[str, bytes] | None = None, **changes: str) -> Receipt:
        """Send it with its picture, or with other files."""
        came = {PICTURE: picture_content()} if files is None else files
        return receive_sheet(self.device, self.xml(name, **changes), came, at=AT)

    def status(self, name: str) -> SheetStatus:
        """Where it stands."""
        return status_of(SheetSubmission.objects.get(instance_id=name))


def picture_content(colour: str = "white") -> bytes:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    return file.getvalue()


def make_yard() -> Yard:
    """Enter it into an empty database, by the product's own actions."""
    province = make_area(name="云岭省")
    county, other = make_area(province, "两河县"), make_area(province, "远谷县")
    village = make_area(make_area(county, "近溪镇"), "近溪村")
    household = make_household(make_area(village, "近溪一组"), "周正")
    users = {
        "clerk": make_user(Role.BUREAU_CLERK, area_path=county.path),
        "lead": make_user(Role.BUREAU_LEAD, area_path=county.path),
        "cadre": make_user(Role.CADRE),
        "stranger": make_user(Role.BUREAU_LEAD, area_path=other.path),
    }
    pack = register_pack(PACK, actor=system_actor("test"), at=AT)
    PackAdoption.objects.create(
        pack_version=pack,
        area=county,
        valid_from=LONG_AGO,
        document="两政发〔2026〕1号",
        proposed_by=users["clerk"],
        proposed_at=AT,
        approved_by=users["lead"],
        approved_at=AT,
    )
    clerk = actor_for(users["clerk"], at=AT)
    campaign = open_campaign(county.pk, "实物调查", NOTICE, DAYS, actor=clerk, at=AT)
    bureau, institute = make_organisation(county), make_organisation(county)
    members = TeamMembers("李量", bureau.pk, "王图", institute.pk)
    team = form_team(campaign.pk, "一组", members, actor=clerk, at=AT)
    device, secret = issue_device(team.pk, "手机1", 30, actor=clerk, at=AT)
    return Yard(county, other, village, bureau, institute, household, users, campaign, team, device, secret)
