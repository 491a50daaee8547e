"""Reckon it yourself: the pack's lines for what anybody enters, and nothing of it left anywhere."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from tests.web.conftest import LONG_AGO, SYSTEM
from tests.web.portal.test_portal import visitor
from yixian.kernel.models import RecordRead
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.web.portal.calculator.entered import MAX_ROWS
from yixian.web.portal.calculator.views import RATE_LIMIT

PACKS = Path(__file__).parents[3] / "packs"
HOUSE = "house.main.brick_concrete"


@pytest.fixture(autouse=True)
def fresh_pace():
    RATE_LIMIT._left.clear()


def form(*rows, do="calculate", zone="rural", **facts):
    data = {"rows": len(rows), "do": do, "zone": zone}
    for position, (code, quantity) in enumerate(rows):
        data |= {f"row-{position}-item": code, f"row-{position}-quantity": quantity}
    return data | {f"home-{name}": value for name, value in ({"persons": "3"} | facts).items()}


def page_of(client, data, path="/reckon/", **headers):
    response = client.post(path, data, **headers)
    assert response.status_code == 200
    return unescape(response.content.decode())


def adopt(valley, pack, area):
    """Another pack in force at another place from long ago."""
    version = register_pack(PACKS / pack, actor=SYSTEM, at=timezone.now())
    one = PackAdoption.objects.get()
    return PackAdoption.objects.create(
        pack_version=version,
        area=area,
        valid_from=LONG_AGO,
        document="another",
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        approved_by=one.approved_by,
        approved_at=one.approved_at,
    )


def test_the_lines_of_the_worked_example(valley, client: Client) -> None:
    page = page_of(
        client, form(("house.main.earth_timber", "60.5"), ("facility.cistern", "0.0101"), persons="4")
    )
    for shown in ("23,232.00", "1.52", "27,648.00", "50,881.52 元", "伍万零捌佰捌拾壹元伍角贰分", "不是决定"):
        assert shown in page
    assert "blockquote" in page
    assert valley is not None


def test_digits_are_taken_as_they_are_typed(valley, client: Client) -> None:
    page = page_of(client, form((HOUSE, "８６。４"), persons="３"))
    assert "45,792.00 元" in page
    assert "530,000.00" in page_of(client, form((HOUSE, "1,000"), persons="0"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (form((HOUSE, "many")), "这不是数字"),
        (form((HOUSE, "1.00001")), "小数点后最多 4 位"),
        (form((HOUSE, "-1")), "从 0 到 99,999,999"),
        (form((HOUSE, "86.4"), persons=""), "请填写"),
        (form((HOUSE, "86.4"), persons="1.5"), "请写整数"),
        (form((HOUSE, "86.4"), zone=""), "请选一项"),
        (form((HOUSE, "86.4"), ("no.such.thing", "1")), "这份政策里没有这一项"),
        (form((HOUSE, "86.4")) | {"on": "2009-10-0x"}, "这不是日期"),
        (form((HOUSE, "86.4")) | {"on": "1999-01-01"}, "那一天没有现行的政策"),
    ],
)
def test_what_is_missing_is_said_at_its_place_and_there_is_no_sum(valley, client: Client, data, said) -> None:
    page = page_of(client, data)
    assert said in page
    assert 'class="figure"' not in page
    assert 'class="amount"' not in page


def test_an_empty_row_is_not_counted_and_that_is_said(valley, client: Client) -> None:
    page = page_of(client, form((HOUSE, "86.4"), ("land.paddy", "")))
    assert "45,792.00 元" in page
    assert "有 1 行空着没填" in page


def test_rows_are_added_taken_away_put_back_and_cleared(valley, client: Client) -> None:
    begun = client.get("/reckon/").context["rows"]
    assert [row.code.partition(".")[0] for row in begun] == ["house", "land", "tree"]
    added = client.post("/reckon/", form((HOUSE, "86.4"), do="add") | {"new": "grave.single"})
    assert [row.code for row in added.context["rows"]] == [HOUSE, "grave.single"]
    two = ((HOUSE, "86.4"), ("grave.single", "2"))
    fewer = client.post("/reckon/", form(*two, do="remove-0"))
    assert [row.code for row in fewer.context["rows"]] == ["grave.single"]
    left = form(("grave.single", "2"), do="undo") | {"gone": fewer.context["gone"]}
    back = client.post("/reckon/", left)
    assert [(row.code, row.fields[0].value) for row in back.context["rows"]] == list(two)
    cleared = client.post("/reckon/", form(*two, do="clear"))
    assert all(not field.value for row in cleared.context["rows"] for field in row.fields)
    assert cleared.context["gone"]


@pytest.mark.parametrize("gone", ["{", "[[1]]", '[["x",1,2,3]]', '{"a":1}', '[[-4,"a","",{}]]', "[" * 5000])
def test_a_broken_memory_of_what_was_taken_away_is_nothing(valley, client: Client, gone) -> None:
    page_of(client, form((HOUSE, "1"), do="undo") | {"gone": gone})


def test_no_more_rows_than_a_form_may_have(valley, client: Client) -> None:
    data = form(*[(HOUSE, "1")] * (MAX_ROWS + 1), do="add") | {"new": HOUSE}
    assert len(client.post("/reckon/", data).context["rows"]) == MAX_ROWS


def test_the_place_decides_which_policy_and_any_pack_can_be_calculated(valley, client: Client) -> None:
    other = adopt(valley, "lai-chau-2010", valley.second)
    page = client.get("/reckon/").content.decode()
    assert "丹江口库区移民补偿标准" in page
    assert "越南莱州省" in page
    data = {
        "policy": other.pk,
        "do": "calculate",
        "home-persons": "6",
        "home-move": "inside",
        "home-km": "12.5",
        "rows": "1",
        "row-0-item": "grave.reburied.earth",
        "row-0-quantity": "2",
    }
    answer = client.post("/reckon/", data)
    assert answer.context["account"].problems == []
    page = unescape(answer.content.decode())
    assert "盾" in page
    assert "元整" not in page
    assert {line.key[1] for line in answer.context["lines"]} >= {"item_price", "moving"}


def test_a_change_of_print_or_language_keeps_what_was_entered(valley, client: Client) -> None:
    data = form((HOUSE, "86.4")) | {"answered": "1", "language": "en"}
    del data["do"]
    response = client.post("/reckon/", data)
    page = response.content.decode()
    assert "45,792.00 yuan" in page
    assert 'lang="en"' in page
    assert set(response.cookies) == {"django_language"}
    del data["language"]
    large = client.post("/reckon/", data | {"large": "1"})
    assert 'class="large"' in large.content.decode()
    assert set(large.cookies) == {"large"}


@pytest.mark.parametrize("path", ["/", "/policy/", "/policy/prices/"])
def test_it_is_found_from_the_public_pages(valley, client: Client, path) -> None:
    assert 'href="/reckon/"' in client.get(path).content.decode()


def contents():
    """Every row of every table."""
    return {
        model._meta.db_table: sorted(str(row) for row in model._base_manager.values_list())
        for model in apps.get_models()
    }


def test_nothing_is_kept_and_nothing_is_logged(valley, client: Client, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    marked = form((HOUSE, "98765.4321"), persons="7")
    before = contents()
    response = client.post("/reckon/", marked)
    assert "98,765.4321" in response.content.decode()
    client.post("/reckon/", marked | {"do": "clear"})
    client.post("/reckon/", form((HOUSE, "castle-98765")))
    assert contents() == before
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert not client.session.keys()
    assert not [said for said in caplog.messages if "98765" in said or "castle" in said]


def test_who_asks_too_often_waits_and_keeps_what_was_entered(valley, client: Client, monkeypatch) -> None:
    data = form((HOUSE, "86.4"))
    now = timezone.now()
    monkeypatch.setattr("yixian.web.portal.calculator.views.timezone.now", lambda: now)
    assert {client.post("/reckon/", data | {"do": "undo"}).status_code for _ in range(120)} == {200}
    waited = client.post("/reckon/", data)
    assert waited.status_code == 429
    assert waited["Retry-After"] == "1"
    assert waited.context["rows"][0].fields[0].value == "86.4"
    assert waited.context["account"] is None
    assert Client(REMOTE_ADDR="192.0.2.7").post("/reckon/", data).status_code == 200
    monkeypatch.setattr("yixian.web.portal.calculator.views.timezone.now", lambda: now + timedelta(seconds=1))
    assert client.post("/reckon/", data).status_code == 200


def test_another_site_cannot_post_here(valley, client: Client) -> None:
    response = client.post("/reckon/", form((HOUSE, "1")), headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_our_own_things_fill_the_form_and_a_change_shows_its_difference(valley) -> None:
    client = visitor(valley, valley.zhao)
    filled = client.get("/ours/reckon/")
    (row,) = filled.context["rows"]
    assert (row.code, row.fields[0].value) == (HOUSE, "86.4")
    assert filled.context["question"].entered.facts == {"persons": "3"}
    same = form((HOUSE, "86.4")) | {"row-0-line": row.line_id}
    page = page_of(client, same, "/ours/reckon/")
    assert "每一条都一样" in page
    answer = client.post("/ours/reckon/", same | {"row-0-quantity": "96.4"})
    (change,) = answer.context["comparison"].lines
    assert (change.old, change.new, change.difference) == ("45,792.00 元", "51,092.00 元", "5,300.00 元")
    assert change.more
    assert "86.40" in change.old_sentence
    assert not RecordRead.objects.exists()
    less = client.post("/ours/reckon/", form())
    (gone,) = less.context["comparison"].lines[1:]
    assert {change.new for change in less.context["comparison"].lines} >= {""}
    assert gone is not None


def test_only_our_own(valley) -> None:
    client = visitor(valley, valley.qian)
    page = client.get(f"/ours/reckon/?household_id={valley.zhao.pk}").content.decode()
    assert "86.4" not in page
    assert Client().get("/ours/reckon/")["Location"] == "/"
    answer = client.post("/ours/reckon/", form((HOUSE, "1")) | {"row-0-line": "someone else's"})
    assert answer.context["rows"][0].line_id == ""


def test_a_household_whose_things_cannot_be_calculated_has_nothing_to_compare(valley) -> None:
    client = visitor(valley, valley.sun)
    assert "no.such.item" in client.get("/ours/reckon/").content.decode()
    page = page_of(client, form((HOUSE, "50")), "/ours/reckon/")
    assert "没有可比的数" in page
    assert re.search(r'class="figure"[^>]*>38,160\.00 元', page)


def test_the_card_page_leads_there_and_the_public_page_offers_our_own(valley) -> None:
    client = visitor(valley, valley.zhao)
    assert 'href="/ours/reckon/"' in client.get("/ours/").content.decode()
    assert 'href="/ours/reckon/"' in client.get("/reckon/").content.decode()
    assert 'href="/ours/reckon/"' not in Client().get("/reckon/").content.decode()
