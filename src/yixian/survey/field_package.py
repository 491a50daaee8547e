"""外业资料: what a team's device fetches before it goes out: the forms of its campaign, and the households of its day.

The list holds what a sheet needs, number, head and place, and nothing else: no ID number, telephone, account, or health.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Q

from yixian.domain.policy import Pack
from yixian.domain.policy.survey import Sheet
from yixian.engines.survey.form_files import workbook, xform
from yixian.engines.survey.household_list import household_list_file
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
    """The households of the villages where the team is on this day and on its next one, as a table with commas."""
    days = TeamDay.objects.filter(team=device.team_id, on__gte=on).order_by("on")
    following = days.filter(on__gt=on).values_list("on", flat=True).first()
    villages = days.filter(on__in=[day for day in (on, following) if day]).values_list(
        "village__path", flat=True
    )
    places = Q(pk__in=())
    for path in set(villages):
        places |= below(path)
    rows = Household.objects.filter(places, in_force(on)).select_related("area", "head")
    return household_list_file(
        (row.household_no, row.head.name if row.head else "", row.area.name)
        for row in rows.order_by("household_no")
    )


@functools.lru_cache(maxsize=4)
def _forms_of_pack(pack_version_id: int) -> tuple[FieldForm, ...]:
    """Published packs never change, so their forms are kept in memory."""
    pack = read_pack(pack_version_id)
    return tuple(
        FieldForm(form_id(pack, sheet), form_version(pack), sheet.title_zh, sheet.title_en, _xml(pack, sheet))
        for sheet in pack.survey.sheets
    )


def _xml(pack: Pack, sheet: Sheet) -> bytes:
    """Made once for the same form, whichever process is asked first: it takes seconds."""
    book = workbook(xlsform(pack, sheet))
    key = f"field-form:{hashlib.sha256(book).hexdigest()}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = xform(book).encode()
        cache.set(key, made, _KEPT_SECONDS)
    return made
