"""挂乡与乡镇负责人入库."""

from __future__ import annotations

from yixian.duty.models import Leadership
from yixian.registry.models import Area, Helper
from yixian.workbook.committing.context import Commit
from yixian.workbook.differences import SheetPlan, change_words
from yixian.workbook.schema import sheet


def commit_leaders(plan: SheetPlan, commit: Commit) -> None:
    """New leaders, and corrected ends and documents of known ones."""
    rows = [row.values for row in plan.new] + [change.row.values for change in plan.changed]
    areas = Area.objects.in_bulk({values["township_code"] for values in rows}, field_name="code")
    helpers = Helper.objects.in_bulk({values["helper_no"] for values in rows}, field_name="helper_no")
    for change in plan.changed:  # ends first: a township has one lead at a time
        values = change.row.values
        area = areas[values["township_code"]]
        Leadership.objects.filter(
            area=area,
            helper=helpers[values["helper_no"]],
            kind=values["kind"],
            valid_from=values["from_date"],
        ).update(valid_until=values["until_date"], document=values["document"])
        commit.record_event(
            "leader.changed", "area", area.pk, area.path, changes=change_words(sheet("leaders"), change)
        )
    for row in plan.new:
        values = row.values
        area = areas[values["township_code"]]
        Leadership.objects.create(
            area=area,
            area_path=area.path,
            helper=helpers[values["helper_no"]],
            kind=values["kind"],
            valid_from=values["from_date"],
            valid_until=values["until_date"],
            document=values["document"],
        )
        commit.record_event("leader.imported", "area", area.pk, area.path, helper=values["helper_no"])
