"""登记的行: the register as rows of the workbook, sheet by sheet — for the export, and to tell what a workbook changes.

Values have the very types that `yixian.workbook.workbook_cells` gives, so that equal means equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Prefetch, Q

from yixian.domain.areas import path_chain
from yixian.duty.models import Leadership, Stationing
from yixian.inventory.models import InventoryItem
from yixian.registry.access import below
from yixian.registry.models import Area, Helper, Household, HouseholdMember, Organisation, Post
from yixian.workbook.access import EVERYTHING, Reach
from yixian.workbook.schema import Sheet

Values = dict[str, Any]

ALL = Q()
"""No limit: every row in reach."""


def area_rows(reach: Reach = EVERYTHING) -> Iterator[Values]:
    """Areas from the top down: those in reach, and those above them."""
    rows = Area.objects.filter(_around(reach, "path")).select_related("parent", "shape").order_by("path")
    for area in rows:
        shape = getattr(area, "shape", None)
        yield {
            "code": area.code,
            "level": area.level,
            "parent_code": area.parent.code if area.parent else "",
            "name": area.name,
            "name_en": area.name_en,
            "lon": area.lon,
            "lat": area.lat,
            "outline": shape.outline if shape else "",
            "waterline": shape.waterline if shape else "",
        }


def organisation_rows(reach: Reach = EVERYTHING, only: Q = ALL) -> Iterator[Values]:
    """Bodies by code: those in reach, and those of the areas above."""
    rows = Organisation.objects.filter(_around(reach, "area__path"), only).select_related("area", "parent")
    for organisation in rows.order_by("code"):
        yield {
            "code": organisation.code,
            "name": organisation.name,
            "name_en": organisation.name_en,
            "kind": organisation.kind,
            "area_code": organisation.area.code,
            "parent_code": organisation.parent.code if organisation.parent else "",
            "from_date": organisation.valid_from,
            "phone": organisation.phone,
            "address": organisation.address,
            "hours": organisation.hours,
        }


def stationing_rows(reach: Reach = EVERYTHING) -> Iterator[Values]:
    """Stationings in reach that have not ended."""
    rows = Stationing.objects.filter(_within(reach, "area_path"), valid_until=None)
    for row in rows.select_related("organisation", "area").order_by("organisation__code", "area__code"):
        yield {
            "organisation_code": row.organisation.code,
            "area_code": row.area.code,
            "from_date": row.valid_from,
            "document": row.document,
        }


def helper_rows(reach: Reach = EVERYTHING, only: Q = ALL) -> Iterator[Values]:
    """Helpers of bodies in reach, by number."""
    posts = Prefetch("posts", Post.objects.filter(valid_until=None).order_by("pk"))
    rows = Helper.objects.filter(_within(reach, "organisation__area__path"), only)
    rows = rows.select_related("person", "organisation", "home_area").prefetch_related(posts)
    for helper in rows.order_by("helper_no"):
        post = next(iter(helper.posts.all()), None)
        yield {
            "helper_no": helper.helper_no,
            "name": helper.person.name,
            "gender": helper.person.gender,
            "birth_date": helper.person.birth_date,
            "id_number": helper.person.id_number,
            "kind": helper.kind,
            "organisation_code": helper.organisation.code,
            "post": post.title if post else "",
            "home_area_code": helper.home_area.code if helper.home_area else "",
            "work_phone": helper.work_phone,
            "languages": helper.languages,
            "places": helper.places,
            "lon": helper.lon,
            "lat": helper.lat,
            "from_date": helper.valid_from,
            "until_date": helper.valid_until,
        }


def leader_rows(reach: Reach = EVERYTHING) -> Iterator[Values]:
    """Leaders of townships in reach, also those whose time is over."""
    rows = Leadership.objects.filter(_within(reach, "area_path")).select_related("area", "helper")
    for row in rows.order_by("area__code", "kind", "valid_from", "helper__helper_no"):
        yield {
            "township_code": row.area.code,
            "helper_no": row.helper.helper_no,
            "kind": row.kind,
            "from_date": row.valid_from,
            "until_date": row.valid_until,
            "document": row.document,
        }


def household_rows(reach: Reach = EVERYTHING, only: Q = ALL) -> Iterator[Values]:
    """Households in reach that have not ended, by number."""
    rows = Household.objects.filter(_within(reach, "area_path"), only, valid_until=None)
    for row in rows.select_related("area", "host_area").order_by("household_no"):
        yield {
            "household_no": row.household_no,
            "group_code": row.area.code,
            "zone": row.zone,
            "address": row.address,
            "lon": row.lon,
            "lat": row.lat,
            "language": row.language,
            "requested_gender": row.requested_gender,
            "difficulty": row.difficulty,
            "phone": row.phone,
            "bank_name": row.bank_name,
            "bank_account": row.bank_account,
            "from_date": row.valid_from,
            "host_village_code": row.host_area.code if row.host_area else "",
        }


def member_rows(reach: Reach = EVERYTHING, only: Q = ALL) -> Iterator[Values]:
    """The members of those households that have not left, by person number."""
    rows = HouseholdMember.objects.filter(
        _within(reach, "household__area_path"), only, valid_until=None, household__valid_until=None
    )
    for row in rows.select_related("person", "household").order_by("person__person_no"):
        yield {
            "person_no": row.person.person_no,
            "household_no": row.household.household_no,
            "name": row.person.name,
            "relation": row.relation,
            "gender": row.person.gender,
            "birth_date": row.person.birth_date,
            "ethnicity": row.person.ethnicity,
            "id_number": row.person.id_number,
            "register_type": row.register_type,
            "present_at_cutoff": row.present_at_cutoff,
            "eligibility": row.eligibility,
            "eligibility_note": row.eligibility_note,
            "phone": row.person.phone,
            "from_date": row.valid_from,
        }


def item_rows(reach: Reach = EVERYTHING, only: Q = ALL) -> Iterator[Values]:
    """The items of those households that have not ended, by line number."""
    rows = InventoryItem.objects.filter(
        _within(reach, "area_path"), only, valid_until=None, household__valid_until=None
    )
    columns = (
        "line_no", "household__household_no", "item_code", "quantity", "place", "surveyed_on", "surveyor"
    )  # fmt: skip
    names = ("line_no", "household_no", "item_code", "quantity", "place", "surveyed_on", "surveyor")
    for row in rows.order_by("line_no").values_list(*columns).iterator(chunk_size=5000):
        yield dict(zip(names, row, strict=True))


ROWS: dict[str, Callable[[Reach], Iterator[Values]]] = {
    "areas": area_rows,
    "organisations": organisation_rows,
    "stationings": stationing_rows,
    "people": helper_rows,
    "leaders": leader_rows,
    "households": household_rows,
    "persons": member_rows,
    "items": item_rows,
}
"""Sheet key → the register's rows of that sheet, within a reach."""

PUBLIC = frozenset({"areas", "organisations", "stationings", "leaders"})
"""Sheets in which no personal data stands."""


def rows_by_key(sheet: Sheet, reach: Reach) -> dict[tuple[Any, ...], Values]:
    """The register's rows of a sheet by what names them: personal sheets within reach, the public ones whole."""
    rows = ROWS[sheet.key](EVERYTHING if sheet.key in PUBLIC else reach)
    return {row_key(sheet, values): values for values in rows}


def row_key(sheet: Sheet, values: Values) -> tuple[Any, ...]:
    """What names a row of a sheet."""
    return tuple(values[column] for column in sheet.keys)


def _within(reach: Reach, column: str) -> Q:
    """Everything at or below one of the paths."""
    if "" in reach:
        return Q()
    inside = Q(pk__in=())
    for path in reach:
        inside |= below(path, column)
    return inside


def _around(reach: Reach, column: str) -> Q:
    """Everything within reach, and what lies on the way down to it."""
    above = {step for path in reach if path for step in path_chain(path)}
    return _within(reach, column) | Q(**{f"{column}__in": above}) if above else _within(reach, column)
