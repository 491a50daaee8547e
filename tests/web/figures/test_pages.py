"""数字页: every figure of a desk opens what it counts; what everybody reads of a quarter hides small numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.matters.lives import live
from tests.matters.place import Place
from yixian.matters.figures.metrics_queries import PublicRow, refresh_metrics
from yixian.matters.figures.organisation_metrics import MEASURES as NAMES
from yixian.matters.figures.quarterly_figures import publish_quarters
from yixian.web.figures.measures import GROUPS, MEASURES
from yixian.web.portal.figure_sentences import said

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]


def given_back(place: Place, received_at: datetime) -> str:
    petition, water = place.organisations["petition"], place.organisations["water"]
    steps = [
        (0, "received", None, petition),
        (1, "handover_offered", petition, water),
        (2, "handover_returned", water, None),
    ]
    return live(place.near, received_at, steps).number


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_every_figure_has_its_words_and_its_place() -> None:
    assert set(MEASURES) == set(NAMES)
    assert sorted(name for _title, names in GROUPS for name in names) == sorted(NAMES)


def test_before_the_first_working_out_the_page_says_so(browse: Browse) -> None:
    assert "还没有算出来" in texts(browse("auditor").get("/staff/metrics/"))


def test_a_figure_leads_to_the_matters_behind_it(place: Place, browse: Browse) -> None:
    numbers = {given_back(place, timezone.now() - timedelta(days=20 + day)) for day in range(3)}
    refresh_metrics(at=timezone.now())
    auditor = browse("auditor")
    page = texts(auditor.get("/staff/metrics/"))
    address = f"/staff/metrics/{place.organisations['water'].pk}/returned/"
    assert f'href="{address}">3</a>' in page
    behind = texts(auditor.get(address))
    assert all(number in behind for number in numbers)
    assert "没有您能看的" in texts(browse("land").get(address))
    assert auditor.get(f"/staff/metrics/{place.organisations['water'].pk}/nothing/").status_code == 404


def test_the_table_taken_along_says_the_same(place: Place, browse: Browse) -> None:
    given_back(place, timezone.now() - timedelta(days=20))
    refresh_metrics(at=timezone.now())
    response = browse("lead").get("/staff/metrics/export.csv")
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content)))
    water = next(row for row in rows if row[0] == place.organisations["water"].name)
    assert water[1 + NAMES.index("returned")] == "1"
    assert all(len(row) == len(rows[0]) for row in rows)


def test_only_those_who_lead_or_check_see_desks(browse: Browse) -> None:
    for name in ("clerk", "cadre", "surveyor", "finance", "admin"):
        assert browse(name).get("/staff/metrics/").status_code == 403
    assert browse("").get("/staff/metrics/").status_code == 302


def test_a_quarter_in_public(place: Place, browse: Browse) -> None:
    stranger = browse("")
    assert "还没有公布过季度数字" in texts(stranger.get("/figures/"))
    start = datetime(2026, 1, 5, 2, tzinfo=UTC)
    for number in range(12):
        given_back(place, start + timedelta(hours=number))
    publish_quarters(at=datetime(2026, 4, 2, tzinfo=UTC))
    page = texts(stranger.get("/figures/"))
    assert "2026年1月1日 至 2026年3月31日" in page
    assert "2026年第1季度" in page
    assert "收到 12 件。" in page
    assert "·<" not in page, "what is not shown is named in a sentence"
    assert "不公布" in page
    assert stranger.get("/figures/?quarter=nonsense").status_code == 200


def test_rates_are_said_in_per_cent_and_rates_of_nothing_not_at_all() -> None:
    row = PublicRow(
        "", 40, 36, 12, 30, None, 0, Decimal("97.3"), Decimal("66.7"), 0, None, None,
        of_nothing=frozenset({"resolution", "satisfaction"}),
    )  # fmt: skip
    with translation.override("zh-hans"):
        found = said(row)
        hidden = said(replace(row, of_nothing=frozenset()))
    assert "按时给了答复的，占 97.3%。" in found.sentences
    assert "按时作出决定的，占 66.7%。" in found.sentences
    assert found.withheld == ""
    assert hidden.withheld != ""
    assert not any("一百" in sentence for sentence in found.sentences)
