"""A survey team in a served county, by the product's own actions, in a process of its own: the county has another database."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.registry.models import Area, Household, Organisation
from yixian.survey.actions.issue_device import issue_device
from yixian.survey.actions.open_campaign import FreezeNotice, TeamMembers, form_team, open_campaign
from yixian.survey.device_settings import device_code
from yixian.survey.models import TeamDay

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = "import django; django.setup(); from tests.browser.field_team import main; main()"


@dataclass(frozen=True)
class FieldTeam:
    """Its device's secret, alone and as Collect scans it, a household of its day, and how many there are."""

    secret: str
    collect_code: str
    household_no: str
    head: str
    households: int


def make_field_team(home: Path, environment: dict[str, str]) -> FieldTeam:
    """Make one in the home folder of a county that is being served."""
    result = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=_ROOT,
        env=environment | {"YIXIAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "yixian.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return FieldTeam(**json.loads(result.stdout.splitlines()[-1]))


def main() -> None:
    """Make it, and say what it is."""
    now = timezone.now()
    today = timezone.localdate(now)
    clerk = actor_for(User.objects.get(username="clerk"), at=now)
    household = Household.objects.filter(valid_until=None).select_related("area", "head").earliest("pk")
    village = household.area.parent or household.area
    county = Area.objects.filter(level="county").earliest("pk")
    first, second = Organisation.objects.order_by("pk")[:2]
    notice = FreezeNotice("演示〔2026〕8号", "演示省人民政府", date(2020, 9, 1), date(2020, 9, 1))
    days = (today - timedelta(days=30), today + timedelta(days=30))
    campaign = open_campaign(county.pk, "实物调查（演示）", notice, days, actor=clerk, at=now)
    members = TeamMembers("李量", first.pk, "王图", second.pk)
    team = form_team(campaign.pk, "外业一组", members, actor=clerk, at=now)
    TeamDay.objects.create(team=team, village=village, on=today)
    device, secret = issue_device(team.pk, "手机", 30, actor=clerk, at=now)
    there = Household.objects.filter(area__path__startswith=village.path, valid_until=None).count()
    code = device_code(device, secret, server="https://yixian.example.gov.cn")
    head = household.head.name if household.head else ""
    made = FieldTeam(secret, code, household.household_no, head, there)
    sys.stdout.write(json.dumps(asdict(made)) + "\n")
