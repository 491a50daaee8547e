"""The portal: a card opens its own household and nothing else, and leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from yixian.duty.models import Pairing
from yixian.inventory.models import InventoryItem
from yixian.kernel.models import Event, RecordRead
from yixian.policies.queries import pack_in_force
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Organisation
from yixian.web.item_titles import line_names
from yixian.web.portal.household_session import IDLE_LIMIT

OURS = ("/ours/", "/ours/household/", "/ours/record/", "/ours/statement.pdf")
PUBLIC = ("/", "/c/", "/left/", "/policy/", "/policy/prices/", "/offices/", "/genuine/")


def enter(client: Client, card, **headers):
    return client.post("/c/", {"code": card.code, "pin": card.pin}, headers=headers or None)


def visitor(valley, household) -> Client:
    client = Client()
    assert enter(client, valley.card_of(household)).status_code == 302
    return client


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_need_nothing_and_set_no_cookie(valley, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "<script>" not in response.content.decode()
    assert " style=" not in response.content.decode()


@pytest.mark.parametrize("path", OURS)
def test_without_a_card_nothing_of_a_household_is_shown(valley, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == "/"


def test_the_card_opens_our_account(valley) -> None:
    response = visitor(valley, valley.zhao).get("/ours/")
    assert response["Cache-Control"] == "no-store"
    page = response.content.decode()
    for shown in (
        "赵䶮",
        "JC0001",
        "李建国",
        "阿木子",
        'href="tel:13800000001"',
        "45,792.00",
        "肆万伍仟柒佰玖拾贰元整",
    ):
        assert shown in page
    assert "86.40" in page


def test_an_account_stands_in_groups_with_subtotals_and_the_clause_behind_each_line(valley) -> None:
    page = " ".join(visitor(valley, valley.zhao).get("/ours/").content.decode().split())
    assert '<span data-aloud>房屋</span> <span class="amount" data-aloud>¥45,792.00</span>' in page
    assert "/policy/documents/danjiangkou-2009/D2009-215/#c-table-rural" in page
    assert "住在农村的，房子按结构" in page
    assert "按这一条：砖混结构正房，每平方米 530 元" in page
    assert 'name="item_line" value="砖混结构正房、86.4 平方米、45,792.00 元 (1-1)"' in page


def test_what_comes_next_is_said_as_far_as_it_is_decided(valley) -> None:
    page = visitor(valley, valley.zhao).get("/ours/").content.decode()
    assert "搬到哪里" in page
    assert "哪一天搬还没有定" in page
    assert "澜渡县移民局（演示，虚构）" in page


def test_a_seat_beside_us_that_nobody_holds_is_named_with_whom_to_call(valley) -> None:
    for role, label in (("member", "农村党员"), ("cadre", "包户干部")):
        Pairing.objects.filter(household=valley.zhao, role=role).update(valid_until=timezone.localdate())
        page = visitor(valley, valley.zhao).get("/ours/").content.decode()
        assert f"{label}：您家的还没有定" in page


def test_offices_are_listed_with_their_numbers_and_taken_along(valley, client: Client) -> None:
    bureau = Organisation.objects.earliest("pk")
    bureau.kind, bureau.phone = OrganisationKind.RESETTLEMENT_BUREAU, "16010000005"
    bureau.address, bureau.hours = "河滨路 8 号", "8:30–17:30"
    bureau.save()
    page = client.get("/offices/").content.decode()
    assert 'href="tel:16010000005"' in page
    assert "河滨路 8 号 · 8:30–17:30" in page
    assert b"16010000005" in b"".join(client.get("/offices/export.csv").streaming_content)
    assert "没有找到这样的单位" in client.get("/offices/?q=没有这个单位").content.decode()
    assert "本站由" in client.get("/").content.decode()


def test_our_things_and_people_with_masked_numbers(valley) -> None:
    person = valley.zhao.head
    person.id_number = "11010519491231002X"
    person.save()
    page = visitor(valley, valley.zhao).get("/ours/household/").content.decode()
    assert "砖混结构正房" in page
    assert "赵家1" in page
    assert "11010519491231002X" not in page
    assert "1949" not in page


def test_a_withheld_account_says_why_and_shows_no_sum(valley) -> None:
    page = visitor(valley, valley.sun).get("/ours/").content.decode()
    assert "no.such.item" in page
    assert 'class="figure"' not in page
    assert 'class="amount"' not in page


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: " ".join(code[start : start + 4] for start in range(0, 16, 4)),
        lambda code: "-".join(code[start : start + 4] for start in range(0, 16, 4)),
        lambda code: code.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
    ],
    ids=["spaces", "dashes", "full width"],
)
def test_the_number_may_be_typed_as_it_is_printed(valley, client: Client, typed) -> None:
    card = valley.card_of(valley.zhao)
    assert client.post("/c/", {"code": typed(card.code), "pin": card.pin}).status_code == 302


def test_a_wrong_pin_and_a_wrong_card_get_the_same_answer(valley, client: Client) -> None:
    card = valley.card_of(valley.zhao)
    wrong_pin = client.post("/c/", {"code": card.code, "pin": _other(card.pin)})
    wrong_card = client.post("/c/", {"code": _other(card.code), "pin": card.pin})
    assert wrong_pin.status_code == wrong_card.status_code == 404
    assert _faults(wrong_pin) == _faults(wrong_card)
    assert not wrong_pin.cookies
    assert client.get("/ours/").status_code == 302


def test_guessing_slows_down_even_for_the_right_pin(valley, client: Client) -> None:
    card = valley.card_of(valley.zhao)
    statuses = [
        client.post("/c/", {"code": card.code, "pin": _other(card.pin)}).status_code for _ in range(6)
    ]
    assert statuses == [404, 404, 404, 404, 404, 429]
    locked = enter(client, card)
    assert locked.status_code == 429
    assert 0 < int(locked["Retry-After"]) <= 30
    assert client.get("/ours/").status_code == 302


def test_nothing_typed_and_half_a_number_are_named(valley, client: Client) -> None:
    response = client.post("/c/", {"code": "1234", "pin": ""})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"code", "pin"}


def test_the_pin_is_never_sent_back(valley, client: Client) -> None:
    response = client.post("/c/", {"code": "1" * 16, "pin": "987654"})
    assert "987654" not in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
@pytest.mark.parametrize("path", ["/c/", "/leave/", "/reading/"])
def test_forms_of_other_sites_are_refused(valley, client: Client, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, {"language": "en"}, headers=headers).status_code == 403


def test_a_household_never_sees_another(valley) -> None:
    zhao, qian = visitor(valley, valley.zhao), visitor(valley, valley.qian)
    for path in OURS[:3]:
        ours, theirs = zhao.get(path).content.decode(), qian.get(path).content.decode()
        assert "钱玉兰" not in ours
        assert "JC0002" not in ours
        assert "赵䶮" not in theirs
        assert "JC0001" not in theirs


def test_a_card_opens_no_staff_page(valley) -> None:
    client = visitor(valley, valley.zhao)
    for path in (
        "/staff/",
        f"/staff/households/{valley.zhao.pk}/",
        f"/staff/households/{valley.zhao.pk}/statement.pdf",
        f"/staff/areas/{valley.first.pk}/paper/",
    ):
        assert client.get(path).status_code in {302, 403}, path
        assert "赵䶮" not in client.get(path).content.decode()


def test_entering_starts_a_fresh_session_and_leaving_ends_it(valley) -> None:
    client = Client()
    enter(client, valley.card_of(valley.zhao))
    first = client.cookies[settings.SESSION_COOKIE_NAME].value
    enter(client, valley.card_of(valley.qian))
    second = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert first != second
    assert not Session.objects.filter(session_key=first).exists()
    assert "钱玉兰" in client.get("/ours/").content.decode()
    assert client.post("/leave/").status_code == 302
    assert not Session.objects.filter(session_key=second).exists()
    assert client.get("/ours/").status_code == 302


def test_leaving_is_asked_for_by_a_button_alone(valley) -> None:
    client = Client()
    enter(client, valley.card_of(valley.zhao))
    assert client.get("/leave/").status_code == 405
    assert client.get("/ours/").status_code == 200


def test_the_session_ends_after_fifteen_idle_minutes(valley) -> None:
    client = visitor(valley, valley.zhao)
    assert IDLE_LIMIT.total_seconds() == 15 * 60
    assert client.session.get_expiry_age() <= 15 * 60
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] <= 15 * 60


def test_every_touch_begins_the_fifteen_minutes_again(valley, monkeypatch: pytest.MonkeyPatch) -> None:
    client, began = visitor(valley, valley.zhao), timezone.now()

    def status_after(passed: timedelta) -> int:
        monkeypatch.setattr(timezone, "now", lambda: began + passed)
        return client.get("/ours/").status_code

    assert status_after(IDLE_LIMIT - timedelta(seconds=5)) == 200
    assert status_after(2 * IDLE_LIMIT - timedelta(seconds=10)) == 200
    assert status_after(3 * IDLE_LIMIT) == 302
    assert status_after(3 * IDLE_LIMIT) == 302
    assert "赵䶮" not in client.get("/").content.decode()


def test_a_long_visit_asks_for_the_card_again(valley) -> None:
    client = visitor(valley, valley.zhao)
    session = client.session
    session["portal_began_at"] -= 2 * 3600 + 1
    session.save()
    assert client.get("/ours/")["Location"] == "/c/"
    assert client.get("/ours/").status_code == 302


def test_reading_our_own_record_is_not_held_against_us(valley) -> None:
    client = visitor(valley, valley.zhao)
    for path in OURS:
        assert client.get(path).status_code == 200
    assert not RecordRead.objects.exists()


def test_our_own_history_names_what_was_put_right(valley) -> None:
    line = InventoryItem.objects.filter(household=valley.zhao).first()
    assert line is not None
    Event.objects.create(
        kind="items.corrected",
        subject_kind="household",
        subject_id=valley.zhao.pk,
        area_path=valley.zhao.area_path,
        actor_label="clerk",
        at=timezone.now(),
        data={"changes": [{"field": f"{line.line_no} quantity", "old": "82.7100", "new": "83.7100"}]},
    )
    page = visitor(valley, valley.zhao).get("/ours/record/").content.decode()
    name = line_names([line], pack_in_force(valley.zhao.area_path, timezone.localdate())[1])[line.line_no]
    assert name not in {line.line_no, line.item_code}
    assert f"{name}（{line.line_no}） 数量：“82.71”→“83.71”" in page


def test_who_looked_is_shown(valley, staff, client: Client) -> None:
    clerk = staff("clerk", "bureau_clerk")
    client.force_login(clerk)
    assert client.get(f"/staff/households/{valley.zhao.pk}/statement.pdf").status_code == 200
    page = visitor(valley, valley.zhao).get("/ours/record/").content.decode()
    assert "clerk" in page
    assert "clerk" not in visitor(valley, valley.qian).get("/ours/record/").content.decode()


def test_a_new_card_ends_the_old_one(valley, client: Client) -> None:
    old = valley.card_of(valley.zhao)
    valley.card_of(valley.zhao)
    assert enter(client, old).status_code == 404


def test_language_and_large_print_are_remembered(valley, client: Client) -> None:
    assert 'class="large"' not in client.get("/").content.decode()
    response = client.post("/reading/", {"large": "1", "language": "en", "next": "/policy/"})
    assert response["Location"] == "/policy/"
    page = client.get("/").content.decode()
    assert 'class="large"' in page
    assert "See what your household is owed" in page
    assert client.post("/reading/", {"large": "0", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_the_public_prices_can_be_searched(valley, client: Client) -> None:
    page = client.get("/policy/prices/", {"q": "砖混"}).content.decode()
    assert "砖混结构正房" in page
    assert "木结构正房" not in page.replace("砖木结构正房", "")


def _other(digits: str) -> str:
    return f"{digits[:-1]}{(int(digits[-1]) + 1) % 10}"


def _faults(response) -> list[str]:
    return list(response.context["form"].non_field_errors())
