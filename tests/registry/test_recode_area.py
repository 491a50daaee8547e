"""Official codes change by document; places, paths and households stay, and the old codes are remembered."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.factories import LONG_AGO, make_group, make_household
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted
from yixian.kernel.roles import Role
from yixian.registry.actions.recode_area import recode_area
from yixian.registry.models import Area, AreaCode

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
ON = date(2026, 6, 1)
SYSTEM = system_actor("test")


def _line() -> list[Area]:
    """Province to group, each with the code it bears since long ago."""
    area = make_group()
    line = [area]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    for row in line:
        AreaCode.objects.create(area=row, code=row.code, valid_from=LONG_AGO)
    return line


def _recode(area: Area, code: str, **changes):
    return recode_area(
        area.pk, code, **{"document": "民函〔2026〕9号", "on": ON, "actor": SYSTEM, "at": AT} | changes
    )


def test_everything_below_follows_and_the_old_codes_are_kept():
    _province, county, township, village, group = _line()
    household = make_household(group)
    new = county.code + "998"
    changed = _recode(township, new)
    assert [row.code for row in changed] == [new, new + village.code[9:], new + group.code[9:]]
    for old in (township, village, group):
        fresh = Area.objects.get(pk=old.pk)
        assert (fresh.path, fresh.code) == (old.path, new + old.code[9:])
        history = list(
            AreaCode.objects.filter(area=old).order_by("valid_from").values_list("code", "valid_until")
        )
        assert history == [(old.code, ON), (fresh.code, None)]
    household.refresh_from_db()
    assert household.area_path == group.path


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("12", {}),
        ("999999998", {}),
        ("", {}),
        ("PARENT998", {"document": " "}),
        ("PARENT998", {"on": date(2019, 1, 1)}),
        ("SAME", {}),
        ("TAKEN", {}),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(code, changes):
    _province, county, township, *_rest = _line()
    other = Area.objects.create(
        level="township", name="邻乡", parent=county, code=county.code + "777", path=county.path + "000099"
    )
    wanted = {"SAME": township.code, "TAKEN": other.code}.get(code, code.replace("PARENT", county.code))
    with pytest.raises(Invalid):
        _recode(township, wanted, **changes)
    assert Area.objects.get(pk=township.pk).code == township.code
    assert AreaCode.objects.filter(valid_until__isnull=False).count() == 0


def test_only_the_bureau_recodes_and_only_in_reach():
    line = _line()
    with pytest.raises(NotPermitted):
        _recode(line[2], line[1].code + "998", actor=Actor("user:a", grants=(Grant(Role.AUDITOR, ("",)),)))
    with pytest.raises(NotFound):
        _recode(
            line[2],
            line[1].code + "998",
            actor=Actor("user:c", grants=(Grant(Role.BUREAU_CLERK, ("999999",)),)),
        )
