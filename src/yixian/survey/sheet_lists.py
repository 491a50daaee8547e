"""调查清单: campaigns with what has come, the sheets of one with where each stands, and the sheets that wait for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from yixian.domain.policy import Pack
from yixian.engines.survey.xlsform import form_id
from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.policies.queries import read_pack
from yixian.registry.choices import Language
from yixian.registry.models import Household
from yixian.registry.queries.areas import area_names
from yixian.survey.access import CHOOSERS, ORGANISERS
from yixian.survey.choices import CampaignStatus, DeviceStatus, SheetStatus
from yixian.survey.models import (
    Campaign,
    FieldDevice,
    SheetChoice,
    SheetSubmission,
    SubmissionReading,
    SurveyTeam,
)
from yixian.survey.queries import campaigns, received_sheets
from yixian.survey.sheet_states import states_of_campaign
from yixian.survey.survey_read_models import CampaignRow, DeviceRow, SheetKey, SheetRow, TeamRow

TO_MEND = frozenset({SheetStatus.SET_ASIDE, SheetStatus.WAITING})
"""What waits for the yard: a corrected sheet, or the one that it corrects."""

NOT_TAKEN = TO_MEND | {SheetStatus.TO_CHOOSE}
"""What waits for somebody."""


_MAX_CAMPAIGNS = 32
"""Of so many campaigns the sheets are kept: more than a page of the list holds, each of which is asked."""


@memoised(SheetSubmission, SubmissionReading, SheetChoice, most=_MAX_CAMPAIGNS)
def sheet_keys(campaign_id: int) -> tuple[SheetKey, ...]:
    """Every sheet of a campaign with where it stands, the latest first."""
    rows = SheetSubmission.objects.filter(campaign=campaign_id)
    states = states_of_campaign(received_sheets(rows))
    columns = ("pk", "campaign_id", "instance_id", "household_no", "form_id", "received_at", "area_path")
    found = rows.order_by("-received_at", "-pk").values_list(*columns)
    return tuple(
        SheetKey(pk, campaign, key, number, form, at, path, states[key])
        for pk, campaign, key, number, form, at, path in found
        if key in states
    )


def campaign_list(actor: Actor, *, on: date) -> ResultSet[CampaignRow]:
    """Campaigns in reach, the latest first, with their teams and sheets. Raises `NotPermitted`."""
    rows = campaigns(actor).select_related("area", "closing").annotate(team_count=Count("teams"))
    orders = {
        "title": ("title",),
        "place": ("area__path",),
        "first_day": ("first_day",),
        "teams": ("team_count",),
    }
    return ResultSet(rows, orders, lambda window: [_campaign_row(row, on) for row in window])


def campaign_status(campaign: Campaign, on: date) -> CampaignStatus:
    """Where it stands on a day."""
    if hasattr(campaign, "closing"):
        return CampaignStatus.CLOSED
    if on < campaign.first_day:
        return CampaignStatus.PLANNED
    return CampaignStatus.UNDER_WAY if on <= campaign.last_day else CampaignStatus.OVER


def sheets_by_status(campaign: Campaign) -> Counter[SheetStatus]:
    """How many sheets of a campaign stand where."""
    return Counter(key.status for key in sheet_keys(campaign.pk))


def sheet_list(
    campaign: Campaign, *, search: str = "", status: str = "", area_path: str = ""
) -> ResultSet[SheetRow]:
    """The sheets of a campaign, which the reader reaches, the latest first."""
    keys = [
        key
        for key in sheet_keys(campaign.pk)
        if (not status or key.status == status)
        and key.area_path.startswith(area_path)
        and search in key.household_no
    ]
    orders = {
        "household": ("household_no", "form_id"),
        "form": ("form_id", "household_no"),
        "received": ("received_at",),
        "status": ("status", "household_no"),
        "place": ("area_path", "household_no"),
    }
    return ResultSet(keys, orders, _sheet_rows)


def form_titles(pack: Pack) -> dict[str, str]:
    """What the forms of a pack are called in the language of the page, by form id."""
    return {form_id(pack, sheet): sheet.title(language()) for sheet in pack.survey.sheets}


def team_list(campaign: Campaign) -> list[TeamRow]:
    """The teams of a campaign with how many sheets came from them."""
    rows = campaign.teams.select_related("measurer_organisation", "second_organisation").order_by("pk")
    sent = Counter(
        SheetSubmission.objects.filter(campaign=campaign).values_list("device__team_id", flat=True)
    )
    return [TeamRow(row, _languages(row), sent[row.pk]) for row in rows]


def device_list(campaign: Campaign, *, at: datetime) -> list[DeviceRow]:
    """The devices of a campaign's teams, the latest first."""
    rows = (
        FieldDevice.objects.filter(team__campaign=campaign)
        .select_related("team", "revocation", "last_seen", "issued_by")
        .order_by("-pk")
    )
    sent = Counter(SheetSubmission.objects.filter(campaign=campaign).values_list("device_id", flat=True))
    return [_device_row(row, sent[row.pk], at) for row in rows]


def sheets_to_mend(actor: Actor) -> ResultSet[Pending]:
    """Sheets that were set aside or wait for what they correct, of whoever may see to it (worklist).

    One whose household has a sheet of the same form that is taken needs nobody any more, and none of a closed campaign does:
    no team goes out for it.
    """
    return _waiting(actor, ORGANISERS, TO_MEND, Q(closing=None))


def sheets_to_choose(actor: Actor) -> ResultSet[Pending]:
    """Households of which a person must choose between sheets, each once (worklist)."""
    return _waiting(actor, CHOOSERS, frozenset({SheetStatus.TO_CHOOSE}), Q())


def _waiting(
    actor: Actor, roles: frozenset[object], statuses: frozenset[SheetStatus], among: Q
) -> ResultSet[Pending]:
    if not actor.has_any(roles):  # type: ignore[arg-type]
        return NOTHING
    found: list[SheetKey] = []
    rows = campaigns(actor.acting_as(roles)).filter(among)  # type: ignore[arg-type]
    for campaign in rows.values_list("pk", flat=True):
        keys = sheet_keys(campaign)
        taken = {(key.household_no, key.form_id) for key in keys if key.status == SheetStatus.TAKEN}
        waiting = {
            (key.household_no, key.form_id): key
            for key in keys
            if key.status in statuses and (key.household_no, key.form_id) not in taken
        }
        found += waiting.values()
    return ResultSet(sorted(found, key=lambda key: key.received_at), read=_pending)


def _pending(keys: Sequence[SheetKey]) -> list[Pending]:
    return [
        Pending(
            row.pk,
            f"{row.head or row.key.household_no or row.key.instance_id} · {row.form}",
            row.place,
            since=timezone.localdate(row.key.received_at),
        )
        for row in _sheet_rows(keys)
    ]


def _sheet_rows(keys: Sequence[SheetKey]) -> list[SheetRow]:
    """A window of sheets with head, place, form, team and problems, read in bulk."""
    latest = SubmissionReading.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    rows = SheetSubmission.objects.filter(pk__in=[key.pk for key in keys]).select_related(
        "device__team", "campaign"
    )
    read = {
        row.pk: row for row in rows.defer("content").annotate(wrong=Subquery(latest.values("problems")[:1]))
    }
    households = _households(keys)
    places = area_names({key.area_path for key in keys})
    titles = {
        pk: form_titles(read_pack(pk)) for pk in {row.campaign.pack_version_id for row in read.values()}
    }
    return [
        SheetRow(
            key,
            household_id,
            head,
            places.get(key.area_path, ""),
            titles[read[key.pk].campaign.pack_version_id].get(key.form_id, key.form_id),
            read[key.pk].device.team.name,
            read[key.pk].device.label,
            len(read[key.pk].wrong or ()),
        )
        for key in keys
        for household_id, head in [households.get((key.household_no, key.area_path), (None, ""))]
    ]


def _households(keys: Iterable[SheetKey]) -> dict[tuple[str, str], tuple[int | None, str]]:
    """Households and their heads by number and place: a number of another place, which a sheet may say, names nobody."""
    rows = Household.objects.filter(household_no__in={key.household_no for key in keys})
    columns = ("pk", "household_no", "area_path", "head__name")
    return {(no, path): (pk, name or "") for pk, no, path, name in rows.values_list(*columns)}


def _campaign_row(campaign: Campaign, on: date) -> CampaignRow:
    by_status = sheets_by_status(campaign)
    return CampaignRow(
        campaign,
        campaign_status(campaign, on),
        campaign.team_count,  # type: ignore[attr-defined]
        by_status[SheetStatus.TAKEN],
        sum(by_status[status] for status in NOT_TAKEN),
    )


def _device_row(device: FieldDevice, sheets: int, at: datetime) -> DeviceRow:
    if hasattr(device, "revocation"):
        status = DeviceStatus.REVOKED
    else:
        status = DeviceStatus.HOLDS if device.expires_at > at else DeviceStatus.ENDED
    seen = device.last_seen.at if hasattr(device, "last_seen") else None
    return DeviceRow(device, device.team.name, status, seen, sheets)


def _languages(team: SurveyTeam) -> tuple[str, ...]:
    known = dict(Language.choices)
    return tuple(str(known.get(code, code)) for code in team.languages.split(",") if code)
