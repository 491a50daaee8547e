"""起点的检验: what tests begin with is made once, and no test sees what another one did to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import make_area
from tests.starting_states import StartingState
from yixian.registry.models import Area

_made: list[str] = []


def _make_province() -> Area:
    _made.append("province")
    (Path(settings.MEDIA_ROOT) / "seal.txt").write_bytes(b"sealed")
    return make_area(name="云岭省")


def _make_county(province: Area) -> Area:
    _made.append("county")
    return make_area(province, "三江县")


_PROVINCE = StartingState(_make_province)
province = _PROVINCE.fixture()
county = StartingState(_make_county, on=_PROVINCE).fixture()


@pytest.mark.django_db
def test_whoever_asks_for_nothing_meets_nothing() -> None:
    assert not Area.objects.exists()


@pytest.mark.parametrize("_time", [1, 2])
def test_a_change_is_the_tests_own(province: Area, _time: int) -> None:
    assert (province.name, Area.objects.get().name) == ("云岭省", "云岭省")
    seal = Path(settings.MEDIA_ROOT) / "seal.txt"
    assert seal.read_bytes() == b"sealed"
    province.name = "别的省"
    province.save()
    seal.write_bytes(b"broken")


def test_a_state_on_another_one_is_made_with_it(province: Area, county: Area) -> None:
    assert county.parent == province
    assert Area.objects.count() == 2
    assert _made == ["province", "county"]
