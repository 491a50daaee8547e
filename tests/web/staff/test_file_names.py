"""文件名: a saved file says in its reader's language what it holds, of which place, on which day."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest
from django.utils import timezone

from yixian.kernel.actors import Actor, Grant
from yixian.kernel.roles import Role
from yixian.registry.models import Area
from yixian.web.ui.file_names import file_name, own_place

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def called(response) -> str:
    """The name under which a browser saves it."""
    return unquote(response["Content-Disposition"].partition("filename*=utf-8''")[2])


def test_a_name_says_what_where_and_when_and_nothing_a_disk_forbids() -> None:
    assert file_name("移民户", "瓦房林村", on=date(2026, 12, 1)) == "移民户-瓦房林村-2026-12-01"
    assert file_name("旱地/水田: 单价?", "", on=date(2026, 12, 1)) == "旱地 水田 单价-2026-12-01"
    assert file_name("Account", "53\\24\n") == "Account-53 24"


def test_a_place_of_ones_own_is_named_and_everything_is_not(county) -> None:
    village = Area.objects.order_by("-path").first()
    assert own_place(Actor("x", grants=(Grant(Role.TOWNSHIP_LEAD, (village.path,)),))) == village.label
    assert own_place(Actor("x", grants=(Grant(Role.TOWNSHIP_LEAD, ("",)),))) == ""
    two = Grant(Role.TOWNSHIP_LEAD, (village.path, village.path[:-1]))
    assert own_place(Actor("x", grants=(two,))) == ""


def test_a_list_is_called_by_its_title_the_place_asked_for_and_the_day(browse, county) -> None:
    clerk, today = browse("clerk"), timezone.localdate().isoformat()
    village = Area.objects.filter(level="village").first() or Area.objects.order_by("-path").first()
    answer = clerk.get("/staff/households/export.csv", {"area": village.pk})
    assert called(answer) == f"移民户-{village.label}-{today}.csv"
    clerk.post("/reading/", {"language": "en"}, headers={"sec-fetch-site": "same-origin"})
    english = clerk.get("/staff/households/export.xlsx")["Content-Disposition"]
    assert english.startswith('attachment; filename="Households')
    assert english.endswith(f'{today}.xlsx"')
