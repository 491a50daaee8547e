"""系统页: an administrator sees whether everything that must happen again and again does happen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from yixian.kernel import ticks
from yixian.kernel.actions.tick import run_all
from yixian.kernel.models import Heartbeat
from yixian.web.staff.ticks import COUNTS, TICKS

BUDGET = 25


def page_of(browse) -> str:
    response = browse("admin").get("/staff/system/")
    assert response.status_code == 200
    return response.content.decode()


def tags(page: str) -> list[str]:
    return re.findall(r'class="tag (tag-\w+)">(\w+)<', page)


def test_what_never_ran_is_late_in_red(browse) -> None:
    page = page_of(browse)
    assert tags(page) == [("tag-bad", "逾期")] * len(ticks.registered())
    assert "yixian tick" in page


def test_what_ran_is_in_order_and_says_what_it_did(browse) -> None:
    run_all(at=timezone.now())
    page = page_of(browse)
    assert tags(page) == [("tag-good", "正常")] * len(ticks.registered())
    assert "过期的登录 0" in page
    assert "yixian tick" not in page


def test_what_fails_says_how_often_and_is_late_in_the_end(browse) -> None:
    now = timezone.now()
    run_all(at=now)
    Heartbeat.objects.filter(name="kernel.tidy").update(failures=2, last_error="OperationalError")
    assert ("tag-warn", "没有办成") in tags(page_of(browse))
    assert "OperationalError × 2" in page_of(browse)
    Heartbeat.objects.filter(name="kernel.tidy").update(last_well_at=now - timedelta(hours=4))
    assert ("tag-bad", "逾期") in tags(page_of(browse))


def test_the_first_page_warns_an_administrator(browse) -> None:
    late = r'class="warn">\s*<dt>逾期的定时工作</dt>'
    assert re.search(late, browse("admin").get("/staff/").content.decode())
    run_all(at=timezone.now())
    assert not re.search(late, browse("admin").get("/staff/").content.decode())


@pytest.mark.django_db
def test_every_tick_and_every_count_has_its_words() -> None:
    counted = {(run.name, count) for run in run_all(at=timezone.now()) for count in run.counts}
    assert {tick.name for tick in ticks.registered()} <= TICKS.keys()
    assert counted <= COUNTS.keys()


def test_the_page_keeps_its_budget(browse, django_assert_max_num_queries) -> None:
    client = browse("admin")
    with django_assert_max_num_queries(BUDGET):
        client.get("/staff/system/")
