"""外业资料: what a team's device fetches before it goes out: the forms of its campaign, and the households of its day.

The list holds what a sheet needs, number, head and place, and nothing else: no ID number, telephone, account, or health.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from yixian.domain.policy import Pack
from yixian.domain.policy.survey import MEASURER, SECOND, Sheet
from yixian.engines.survey.form_files import workbook, xform
from yixian.engines.survey.household_list import household_list_file
from yixian.engines.survey.sheet_definition import sheet_definition
from yixian.engines.survey.xlsform import form_id, form_version, xlsform
from yixian.kernel.intervals import in_force
from yixian.policies.queries import read_pack
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.survey.models import CampaignClosing, FieldDevice, TeamDay

_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class FieldForm:
    """调查表: a form as OpenRosa lists it. ``md5`` is of its XML, by which clients see that it has changed."""

    form_id: str
    version: str
    title_zh: str
    title_en: str
    xml: bytes

    @property
    def md5(self) -> str:
        """Of the XML."""
        return md5_of(self.xml)


def md5_of(content: bytes) -> str:
    """The MD5 of a file, as OpenRosa tells versions of files apart; nothing is kept safe by it."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def field_forms(device: FieldDevice) -> list[FieldForm]:
    """The forms of the device's campaign; none once it is closed."""
    campaign = device.team.campaign
    if CampaignClosing.objects.filter(campaign=campaign).exists():
        return []
    return list(_forms_of_pack(campaign.pack_version_id))


def household_list(device: FieldDevice, *, on: date) -> bytes:
    """The households of the villages where the team is on this day and on its next one, as a table with commas.

    Of a closed campaign none: nobody goes out for it any more.
    """
    return household_list_file(
        (row.household_no, row.head.name if row.head else "", row.area.name)
        for row in _households(device, on=on)
    )


@functools.lru_cache(maxsize=4)
def _forms_of_pack(pack_version_id: int) -> tuple[FieldForm, ...]:
    """Published packs never change, so their forms are kept in memory."""
    pack = read_pack(pack_version_id)
    return tuple(
        FieldForm(form_id(pack, sheet), form_version(pack), sheet.title_zh, sheet.title_en, _xml(pack, sheet))
        for sheet in pack.survey.sheets
    )


def day_package(device: FieldDevice, *, at: datetime) -> dict[str, Any]:
    """当日资料: what the field app takes along for the team's day, as data: its forms, and the households of the household list.

    It ends with the team's next day in a village, at the latest with the device's term.
    """
    on = timezone.localdate(at)
    team = device.team
    open_forms = not CampaignClosing.objects.filter(campaign=team.campaign_id).exists()
    pack = read_pack(team.campaign.pack_version_id)
    ends = timezone.make_aware(datetime.combine(_days(device, on=on)[-1] + timedelta(days=1), time()))
    return {
        "campaign": team.campaign.title,
        "team": team.name,
        "surveyors": {
            MEASURER: {"name": team.measurer, "organisation": team.measurer_organisation.name},
            SECOND: {"name": team.second, "organisation": team.second_organisation.name},
        },
        "now": at.isoformat(),
        "until": min(ends, device.expires_at).isoformat(),
        "forms": [sheet_definition(pack, sheet) for sheet in pack.survey.sheets if open_forms],
        "households": [
            {"number": row.household_no, "head": row.head.name if row.head else "", "place": row.area.name}
            for row in _households(device, on=on)
        ],
    }


def _days(device: FieldDevice, *, on: date) -> list[date]:
    """This day, and the team's next one in a village, if there is one."""
    days = TeamDay.objects.filter(team=device.team_id, on__gt=on).order_by("on")
    following = days.values_list("on", flat=True).first()
    return [day for day in (on, following) if day]


def _households(device: FieldDevice, *, on: date) -> QuerySet[Household]:
    days = TeamDay.objects.filter(
        team=device.team_id, team__campaign__closing=None, on__in=_days(device, on=on)
    )
    places = Q(pk__in=())
    for path in set(days.values_list("village__path", flat=True)):
        places |= below(path)
    rows = Household.objects.filter(places, in_force(on)).select_related("area", "head")
    return rows.order_by("household_no")


def _xml(pack: Pack, sheet: Sheet) -> bytes:
    """Made once for the same form, whichever process is asked first: it takes seconds."""
    book = workbook(xlsform(pack, sheet))
    key = f"field-form:{hashlib.sha256(book).hexdigest()}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = xform(book).encode()
        cache.set(key, made, _KEPT_SECONDS)
    return made
