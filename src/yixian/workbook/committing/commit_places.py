"""区划、机构与驻村包组入库."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from yixian.domain.areas import LEVELS, SEGMENT, child_path
from yixian.duty.models import Stationing
from yixian.registry.models import Area, AreaCode, AreaShape, Organisation
from yixian.workbook.committing.context import Commit
from yixian.workbook.differences import SheetPlan, change_words
from yixian.workbook.schema import sheet

_AREA_COLUMNS = ("name", "name_en", "lon", "lat")
_SHAPE_COLUMNS = ("outline", "waterline")
_ORGANISATION_COLUMNS = ("name", "name_en", "kind", "phone", "address", "hours")


def commit_areas(plan: SheetPlan, commit: Commit) -> None:
    """New areas level by level, so that each finds its parent; names and seats of known ones corrected."""
    last = _last_numbers()
    for level in LEVELS:
        rows = [row.values for row in plan.new if row.values["level"] == level]
        if not rows:
            continue
        parents = Area.objects.in_bulk({row["parent_code"] for row in rows} - {""}, field_name="code")
        areas = []
        for values in rows:
            parent = parents.get(values["parent_code"])
            path = parent.path if parent else ""
            last[path] += 1
            areas.append(
                Area(
                    level=level,
                    parent=parent,
                    path=child_path(path, last[path]),
                    code=values["code"],
                    **{name: values[name] for name in _AREA_COLUMNS},
                )
            )
        created = Area.objects.bulk_create(areas)
        AreaCode.objects.bulk_create(
            [AreaCode(area=area, code=area.code, valid_from=commit.today) for area in created]
        )
        shapes = [_shape(area, values) for area, values in zip(created, rows, strict=True)]
        AreaShape.objects.bulk_create([shape for shape in shapes if shape.outline or shape.waterline])
        for area in created:
            commit.record_event("area.imported", "area", area.pk, area.path)
    known = Area.objects.in_bulk([change.row.values["code"] for change in plan.changed], field_name="code")
    for change in plan.changed:
        area = known[change.row.values["code"]]
        for name in _AREA_COLUMNS:
            setattr(area, name, change.row.values[name])
        area.save(update_fields=list(_AREA_COLUMNS))
        if {*_SHAPE_COLUMNS} & {*change.columns}:
            _shape(area, change.row.values).save()
        commit.record_event(
            "area.changed", "area", area.pk, area.path, changes=change_words(sheet("areas"), change)
        )


def _shape(area: Area, values: dict[str, Any]) -> AreaShape:
    return AreaShape(area=area, **{name: values[name] for name in _SHAPE_COLUMNS})


def commit_organisations(plan: SheetPlan, commit: Commit) -> None:
    """New bodies first, then everybody's superior, which may be new as well."""
    rows = [row.values for row in plan.new] + [change.row.values for change in plan.changed]
    areas = Area.objects.in_bulk({values["area_code"] for values in rows}, field_name="code")
    created = Organisation.objects.bulk_create(
        [
            Organisation(
                code=row.values["code"],
                area=areas[row.values["area_code"]],
                valid_from=row.values["from_date"],
                **{name: row.values[name] for name in _ORGANISATION_COLUMNS},
            )
            for row in plan.new
        ]
    )
    for organisation in created:
        commit.record_event("organisation.imported", "organisation", organisation.pk, organisation.area.path)
    organisations = Organisation.objects.in_bulk(field_name="code")
    for change in plan.changed:
        values, organisation = change.row.values, organisations[change.row.values["code"]]
        for name in _ORGANISATION_COLUMNS:
            setattr(organisation, name, values[name])
        organisation.area, organisation.valid_from = areas[values["area_code"]], values["from_date"]
        commit.record_event(
            "organisation.changed",
            "organisation",
            organisation.pk,
            organisation.area.path,
            changes=change_words(sheet("organisations"), change),
        )
    touched = [organisations[values["code"]] for values in rows]
    for values, organisation in zip(rows, touched, strict=True):
        organisation.parent = organisations.get(values["parent_code"])
    Organisation.objects.bulk_update(touched, [*_ORGANISATION_COLUMNS, "area", "valid_from", "parent"])


def commit_stationings(plan: SheetPlan, commit: Commit) -> None:
    """New stationings, and corrected dates or documents of known ones."""
    areas, organisations = (
        Area.objects.in_bulk(field_name="code"),
        Organisation.objects.in_bulk(field_name="code"),
    )
    rows = [
        Stationing(
            organisation=organisations[row.values["organisation_code"]],
            area=areas[row.values["area_code"]],
            area_path=areas[row.values["area_code"]].path,
            valid_from=row.values["from_date"],
            document=row.values["document"],
        )
        for row in plan.new
    ]
    for row in Stationing.objects.bulk_create(rows):
        commit.record_event(
            "stationing.imported", "organisation", row.organisation_id, row.area_path, area=row.area.name
        )
    for change in plan.changed:
        values = change.row.values
        current = Stationing.objects.filter(
            organisation__code=values["organisation_code"], area__code=values["area_code"], valid_until=None
        )
        current.update(valid_from=values["from_date"], document=values["document"])
        words = change_words(sheet("stationings"), change)
        organisation, area = organisations[values["organisation_code"]], areas[values["area_code"]]
        commit.record_event("stationing.changed", "organisation", organisation.pk, area.path, changes=words)


def _last_numbers() -> dict[str, int]:
    """Parent path → the highest number among its areas."""
    last: dict[str, int] = defaultdict(int)
    for path in Area.objects.values_list("path", flat=True):
        last[path[:-SEGMENT]] = max(last[path[:-SEGMENT]], int(path[-SEGMENT:]))
    return last
