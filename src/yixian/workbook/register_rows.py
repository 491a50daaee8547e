"""登记的行: the register as rows of the workbook, sheet by sheet — for the export, and to tell what a workbook changes.

Values have the very types that `yixian.workbook.cells` gives, so that equal means equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from yixian.duty.models import Stationing
from yixian.inventory.models import InventoryItem
from yixian.registry.models import Area, Body, Helper, Household, HouseholdMember, Post

Values = dict[str, Any]


def area_rows() -> Iterator[Values]:
    """All areas, from the top down."""
    codes = dict(Area.objects.values_list("pk", "code"))
    for area in Area.objects.order_by("path"):
        yield {
            "code": area.code,
            "level": area.level,
            "parent_code": codes.get(area.parent_id, "") if area.parent_id else "",
            "name": area.name,
            "name_en": area.name_en,
            "lon": area.lon,
            "lat": area.lat,
        }


def body_rows() -> Iterator[Values]:
    """All bodies by code."""
    for body in Body.objects.select_related("area", "parent").order_by("code"):
        yield {
            "code": body.code,
            "name": body.name,
            "name_en": body.name_en,
            "kind": body.kind,
            "area_code": body.area.code,
            "parent_code": body.parent.code if body.parent else "",
            "from_date": body.valid_from,
        }


def stationing_rows() -> Iterator[Values]:
    """All stationings that have not ended."""
    rows = Stationing.objects.filter(valid_until=None).select_related("body", "area")
    for row in rows.order_by("body__code", "area__code"):
        yield {
            "body_code": row.body.code,
            "area_code": row.area.code,
            "from_date": row.valid_from,
            "document": row.document,
        }


def helper_rows() -> Iterator[Values]:
    """All helpers by number."""
    posts = Prefetch("posts", Post.objects.filter(valid_until=None).order_by("pk"))
    rows = Helper.objects.select_related("person", "body", "home_area").prefetch_related(posts)
    for helper in rows.order_by("helper_no"):
        post = next(iter(helper.posts.all()), None)
        yield {
            "helper_no": helper.helper_no,
            "name": helper.person.name,
            "gender": helper.person.gender,
            "birth_date": helper.person.birth_date,
            "id_number": helper.person.id_number,
            "kind": helper.kind,
            "body_code": helper.body.code,
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


def household_rows(households: QuerySet[Household]) -> Iterator[Values]:
    """Households that have not ended, by number."""
    for row in households.filter(valid_until=None).select_related("area").order_by("household_no"):
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
        }


def member_rows(households: QuerySet[Household]) -> Iterator[Values]:
    """The members of those households that have not left, by person number."""
    rows = HouseholdMember.objects.filter(
        valid_until=None, household__valid_until=None, household__in=households.values("pk")
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


def item_rows(households: QuerySet[Household]) -> Iterator[Values]:
    """The items of those households that have not ended, by line number."""
    rows = InventoryItem.objects.filter(
        valid_until=None, household__valid_until=None, household__in=households.values("pk")
    )
    columns = (
        "line_no", "household__household_no", "item_code", "quantity", "place", "surveyed_on", "surveyor"
    )  # fmt: skip
    names = ("line_no", "household_no", "item_code", "quantity", "place", "surveyed_on", "surveyor")
    for row in rows.order_by("line_no").values_list(*columns).iterator(chunk_size=5000):
        yield dict(zip(names, row, strict=True))


def register_rows(households: QuerySet[Household]) -> dict[str, Callable[[], Iterator[Values]]]:
    """A maker of rows for each sheet, over these households and everything that is not a household's."""
    return {
        "areas": area_rows,
        "bodies": body_rows,
        "stationings": stationing_rows,
        "people": helper_rows,
        "households": lambda: household_rows(households),
        "persons": lambda: member_rows(households),
        "items": lambda: item_rows(households),
    }
