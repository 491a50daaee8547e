"""我家的人: the helpers assigned to a household on a day, derived from dated intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.choices import AbsenceKind, LeadershipKind, PairingPart
from yixian.duty.duty_read_models import AssignedHelperView, FormerHelperView
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence, Leadership, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import one_of, prepared
from yixian.registry.access import Part, parts_for
from yixian.registry.choices import HelperKind
from yixian.registry.english_terms import in_english
from yixian.registry.models import Household, Post
from yixian.registry.models.named import label_of


class _Row(NamedTuple):
    """What is read of a pairing, and no more: boards read a hundred, and every sealed column is opened when it is read."""

    household_id: int
    helper_id: int
    role: str
    part: str
    valid_from: date
    valid_until: date | None
    began_because: str
    area_path: str
    name: str
    organisation_name: str
    organisation_name_en: str
    work_phone: str
    cause: str | None
    instead_of: str | None


_COLUMNS = (
    *("household_id", "helper_id", "role", "part", "valid_from", "valid_until", "began_because", "area_path"),
    *(
        "helper__person__name",
        "helper__organisation__name",
        "helper__organisation__name_en",
        "helper__work_phone",
    ),
    *("handover__cause", "handover__from_helper__person__name"),
)


def assigned_helpers(actor: Actor, household: Household, *, on: date) -> list[AssignedHelperView]:
    """Who stands beside the household on a day: the cadre first, then the party member; those who are away come last."""
    if Part.DUTY not in parts_for(actor, household):
        return []
    return _views([_Row(*values) for values in _pairings_of(household.pk, on)], on).get(household.pk, [])


def former_helpers(actor: Actor, household: Household, *, on: date) -> list[FormerHelperView]:
    """Who stood beside the household before a day and does so no more, the latest first."""
    if Part.DUTY not in parts_for(actor, household):
        return []
    return [
        FormerHelperView(
            role_label=row.get_role_display(),
            part_label=row.get_part_display(),
            name=row.helper.person.name,
            organisation_name=row.helper.organisation.label,
            since=row.valid_from,
            until=row.valid_until,
            ended=_(row.ended_because) if row.ended_because else "",
        )
        for row in _former(household.pk, on)
        if row.valid_until is not None
    ]


@prepared
def _former(household_id: int, on: date) -> QuerySet[Pairing]:
    rows = Pairing.objects.filter(
        household=household_id, valid_until__lte=on, valid_until__gt=F("valid_from")
    )
    return (
        rows.select_related("helper__person", "helper__organisation")
        .defer("helper__work_phone", "helper__person__id_number", "helper__person__phone")
        .order_by("-valid_until", "role", "pk")
    )


def assigned_helpers_of_many(
    household_ids: Collection[int], *, on: date
) -> dict[int, list[AssignedHelperView]]:
    """The same for many households at once; the caller has limited them to what its actor may see."""
    return _views([_Row(*values) for values in _pairings_of_many(household_ids, on)], on)


@prepared
def _pairings_of(household_id: int, on: date) -> QuerySet[Pairing, tuple[Any, ...]]:
    return _pairings(Pairing.objects.filter(household=household_id), on)


@prepared
def _pairings_of_many(household_ids: Collection[int], on: date) -> QuerySet[Pairing, tuple[Any, ...]]:
    return _pairings(Pairing.objects.filter(one_of("household_id", household_ids)), on)


def _pairings(rows: QuerySet[Pairing], on: date) -> QuerySet[Pairing, tuple[Any, ...]]:
    """Those in force of helpers in service, as `_Row` names their columns."""
    rows = rows.filter(in_force(on), in_force(on, "helper__"))
    return rows.order_by("household_id", "role", "part", "pk").values_list(*_COLUMNS)


def _views(rows: list[_Row], on: date) -> dict[int, list[AssignedHelperView]]:
    """The pairings of some households as they are shown, by household."""
    posts = _titles({row.helper_id for row in rows}, on)
    found: dict[int, list[AssignedHelperView]] = defaultdict(list)
    paths: dict[int, str] = {}
    absences = _away(on) if rows else {}
    for row in rows:
        found[row.household_id].append(_view(row, absences.get(row.helper_id), posts.get(row.helper_id, "")))
        paths[row.household_id] = row.area_path
    _put_leads(found, paths, absences, on)
    return {pk: sorted(views, key=lambda view: view.is_away) for pk, views in found.items()}


class _Away(NamedTuple):
    """An absence that holds a day."""

    valid_from: date
    valid_until: date | None
    kind: str


@memoised(Absence)
def _away(on: date) -> dict[int, _Away]:
    """Everybody who is away on a day, by helper."""
    rows = Absence.objects.filter(in_force(on)).order_by("valid_from")
    columns = rows.values_list("helper_id", "valid_from", "valid_until", "kind")
    return {pk: _Away(begins, ends, kind) for pk, begins, ends, kind in columns}


def missing_roles(household: Household, *, on: date) -> list[HelperKind]:
    """The roles in which nobody stands beside a household, nor is going to, from a day on. A rule, not a page: no actor.

    Somebody who is away stands beside it all the same: whoever stands in for them is found with the absence.
    """
    rows = Pairing.objects.filter(Days(on).overlap(), household=household, part=PairingPart.FIRST)
    held = set(rows.values_list("role", flat=True))
    return [role for role in HelperKind if role.value not in held]


def is_assigned(helper_id: int, household: Household, *, on: date, later: bool = False) -> bool:
    """Whether a helper stands beside a household on a day; with ``later``, or is going to. A rule, not a page: no actor."""
    rows = Pairing.objects.filter(helper_id=helper_id, household=household)
    return rows.filter(Days(on).overlap() if later else in_force(on)).exists()


def assigned_to_any(helper_id: int, household_ids: Collection[int], *, on: date) -> bool:
    """Whether a helper stands beside one of these households, or is going to. A rule, not a page: no actor."""
    rows = Pairing.objects.filter(Days(on).overlap(), helper_id=helper_id, household__in=household_ids)
    return rows.exists()


def _titles(helper_ids: Collection[int], on: date) -> dict[int, str]:
    """The first post that each of these helpers holds on the day."""
    return dict(_posts(helper_ids, on))


@prepared
def _posts(helper_ids: Collection[int], on: date) -> QuerySet[Post, tuple[int, str]]:
    rows = Post.objects.filter(in_force(on), one_of("helper_id", helper_ids)).order_by("-pk")
    return rows.values_list("helper_id", "title")


def _view(row: _Row, absence: _Away | None, post: str) -> AssignedHelperView:
    return AssignedHelperView(
        helper_id=row.helper_id,
        name=row.name,
        organisation_name=label_of(row.organisation_name, row.organisation_name_en),
        post=in_english(post),
        work_phone=row.work_phone,
        role=row.role,
        role_label=str(HelperKind(row.role).label),
        part=row.part,
        part_label=str(PairingPart(row.part).label),
        since=row.valid_from,
        until=row.valid_until,
        reason=_(row.began_because),
        is_away=absence is not None,
        away_since=absence.valid_from if absence else None,
        away_until=absence.valid_until if absence else None,
        suddenly=absence is not None and absence.kind == AbsenceKind.SUDDEN,
        cause=row.cause or "",
        instead_of=row.instead_of or "",
    )


def _put_leads(
    found: dict[int, list[AssignedHelperView]], paths: dict[int, str], absences: Collection[int], on: date
) -> None:
    """Where everybody of a role is away, one of them suddenly: the township's lead, who stands in."""
    alone = {
        (pk, role)
        for pk, views in found.items()
        for role in {view.role for view in views}
        if all(view.is_away for view in views if view.role == role)
        and any(view.suddenly for view in views if view.role == role)
    }
    if not alone:
        return
    townships = {pk: path_at(paths[pk], AreaLevel.TOWNSHIP) for pk, _role in alone}
    rows = _township_leads(set(townships.values()), on)
    leads = {row.area_path: row for row in rows if row.helper_id not in absences}
    posts = _titles({lead.helper_id for lead in leads.values()}, on)
    for pk, role in sorted(alone):
        lead = leads.get(townships[pk])
        if lead is not None:
            found[pk].append(_lead_views(lead, role, found[pk], posts.get(lead.helper_id, "")))


@prepared
def _township_leads(area_paths: Collection[str], on: date) -> QuerySet[Leadership]:
    rows = Leadership.objects.filter(in_force(on), kind=LeadershipKind.TOWNSHIP_LEAD)
    rows = rows.filter(one_of("area_path", area_paths))
    return rows.select_related("helper__person", "helper__organisation").defer(
        "helper__person__id_number", "helper__person__phone"
    )


def _lead_views(
    lead: Leadership, role: str, views: list[AssignedHelperView], post: str
) -> AssignedHelperView:
    away = next(view for view in views if view.role == role and view.suddenly)
    return AssignedHelperView(
        helper_id=lead.helper_id,
        name=lead.helper.person.name,
        organisation_name=lead.helper.organisation.label,
        post=in_english(post),
        work_phone=lead.helper.work_phone,
        role=role,
        role_label=away.role_label,
        part="lead",
        part_label=_("The township's lead stands in"),
        since=away.away_since or lead.valid_from,
        until=None,
        reason=_("Your helper is suddenly away; the lead of the township stands in until somebody is found"),
    )
