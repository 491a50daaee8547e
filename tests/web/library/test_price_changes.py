"""调价: each price that changed, from what to what, since when, by which document; nothing where nothing did."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from tests.visits.place import AT, DAY, PACK, SYSTEM, Place, make_place
from yixian.compensation.queries import current_account
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.policies.price_changes import price_history
from yixian.policies.queries import read_pack
from yixian.web.library.price_change_rows import RepricedLines, change_rows, since_the_account

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

PAGE = "/policy/prices/changes/"
CHANGED = DAY + timedelta(days=30)
LATER = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)
LAST = date(2026, 6, 1)


@pytest.fixture
def place(db: None) -> Place:
    """A household with an account under the shipped pack."""
    return make_place()


def repriced(place: Place, folder: Path, *, on: date = CHANGED) -> None:
    """Brick houses in the country cost 560 instead of 530 from a day on, by a document of the county."""
    pack = folder / "pack"
    shutil.copytree(PACK, pack)
    head, prices = pack / "pack.yaml", pack / "prices.csv"
    head.write_text(re.sub(r"(?m)^version:.*$", 'version: "99"', head.read_text("utf-8")), "utf-8")
    lines = prices.read_text("utf-8").splitlines(keepends=True)
    prices.write_text(
        "".join(line.replace(",530", ",560") if "brick_concrete" in line else line for line in lines), "utf-8"
    )
    kept = register_pack(pack, actor=SYSTEM, at=AT)
    now = PackAdoption.objects.get()
    PackAdoption.objects.filter(pk=now.pk).update(valid_until=on)
    PackAdoption.objects.create(
        pack_version=kept, area=now.area, valid_from=on, document="两政发〔2026〕5号", proposed_by=now.proposed_by,
        proposed_at=AT, approved_by=now.approved_by, approved_at=AT,
    )  # fmt: skip


def page_of(client: Client, path: str, at: datetime) -> str:
    with patch.object(timezone, "now", return_value=at):
        return client.get(path).content.decode()


def test_where_nothing_changed_the_page_says_so(place: Place) -> None:
    page = page_of(Client(), PAGE, AT)
    assert "没有。2020年1月1日以来，单价一样也没有变过。" in page.replace("\n", "").replace(" ", "")
    assert "以后要变的，也没有定过" in page
    assert "2020年1月1日起没有变过" in page_of(Client(), "/policy/prices/", AT).replace(" ", "")
    assert "单价变过没有" in page_of(Client(), "/", AT)


def test_a_change_stands_with_its_day_and_its_document(place: Place, tmp_path: Path) -> None:
    repriced(place, tmp_path)
    history = price_history("", LATER.date())
    assert history is not None
    found = {
        one.key: (one.before.amount, one.after.amount, one.since, one.by_document) for one in history.changes
    }
    assert found == {
        (f"house.{part}.brick_concrete", "rural", "m2"): (
            Decimal(530),
            Decimal(560),
            CHANGED,
            "两政发〔2026〕5号",
        )
        for part in ("main", "side")
    }
    page = page_of(Client(), PAGE, LATER)
    for words in ("变过。最近一次是", "两政发〔2026〕5号", "530", "560", "#c-table-rural"):
        assert words in page, words
    prices = page_of(Client(), "/policy/prices/?q=砖混", LATER).replace(" ", "")
    assert "每平方米由530元改为560元" in prices
    assert "2020年1月1日起没有变过" in prices, "in town it stayed"


def test_what_is_decided_for_later_is_announced(place: Place, tmp_path: Path) -> None:
    repriced(place, tmp_path)
    page = page_of(Client(), PAGE, AT)
    assert "已经定了、还没到日子的：2 项。" in page
    assert "没有变过" in page


def test_the_account_says_whether_a_price_in_it_changed(place: Place, tmp_path: Path) -> None:
    card, client = place.card(), Client()
    with patch.object(timezone, "now", return_value=AT):
        client.post("/c/", {"code": card.code, "pin": card.pin})
    assert "账里的单价没有变过" in page_of(client, "/ours/", AT)
    repriced(place, tmp_path)
    page = page_of(client, "/ours/", AT).replace(" ", "")
    assert "那天以后变了的" not in page
    assert "账里的单价没有变过" in page
    assert page.index("已经定了、还没到日子的：") < page.index("每平方米由530元改为560元")
    with patch.object(timezone, "now", return_value=LATER):
        client.post("/c/", {"code": card.code, "pin": card.pin})
    page = page_of(client, "/ours/", LATER).replace(" ", "")
    assert page.index("那天以后变了的") < page.index("每平方米由530元改为560元")
    assert "还没到日子" not in page


def test_a_price_that_changed_twice_is_followed_in_its_own_zone(place: Place, tmp_path: Path) -> None:
    """530 became 560 and then 600: both are told, the later as announced; another zone's change at 530 is none of theirs."""
    repriced(place, tmp_path)
    history = price_history("", LATER.date())
    assert history is not None
    first = next(one for one in history.changes if one.key[0] == "house.main.brick_concrete")
    assert first.after
    again = replace(first, before=first.after, after=replace(first.after, amount=Decimal(600)), since=LAST)
    history = replace(history, changes=(again, *history.changes))
    account = current_account(place.family, place.ours, on=DAY)[0]
    assert account
    found = since_the_account(account, "rural", history, LATER.date())
    assert [(row.before, row.after) for row in found.changed] == [(Decimal(530), Decimal(560))]
    assert [(row.before, row.after) for row in found.announced] == [(Decimal(560), Decimal(600))]
    assert since_the_account(account, "town", history, LATER.date()) == RepricedLines()


def test_a_township_of_its_own_knows_what_its_county_had_before(place: Place, tmp_path: Path) -> None:
    repriced(place, tmp_path)
    later = PackAdoption.objects.get(valid_from=CHANGED)
    PackAdoption.objects.filter(pk=later.pk).update(area=place.township)
    PackAdoption.objects.exclude(pk=later.pk).update(valid_until=None)
    history = price_history(place.ours.area_path, LATER.date())
    assert history is not None
    assert history.begin == date(2020, 1, 1)
    assert {(one.before.amount, one.after.amount) for one in history.changes} == {
        (Decimal(530), Decimal(560))
    }


def test_a_price_whose_document_ended_is_done_away_with(place: Place) -> None:
    """As the engine reckons: without a document in force there is no price, also where its own days go on."""
    PackAdoption.objects.update(
        valid_until=None
    )  # a stamp of its own, so that no other test is given what is remembered here
    pack = read_pack(PackAdoption.objects.get().pack_version_id)
    code = next(price.document for price in pack.prices if price.item_code == "house.main.brick_concrete")
    documents = pack.documents | {code: replace(pack.documents[code], valid_until=CHANGED)}
    with patch("yixian.policies.price_changes.read_pack", return_value=replace(pack, documents=documents)):
        history = price_history(place.ours.area_path, LATER.date())
    assert history is not None
    gone = [one for one in history.changes if one.key[0] == "house.main.brick_concrete"]
    assert {(one.after, one.since) for one in gone} == {(None, CHANGED)}


def test_what_did_away_with_a_price_is_cited(place: Place, tmp_path: Path) -> None:
    repriced(place, tmp_path)
    history = price_history("", LATER.date())
    assert history is not None
    row = change_rows([replace(history.changes[0], after=None)])[0]
    assert (row.document_title, row.address, row.by_document) == ("两政发〔2026〕5号", "", "")


def test_a_household_is_told_of_its_own_place_alone(place: Place, tmp_path: Path) -> None:
    repriced(place, tmp_path)
    assert price_history("/nowhere/", LATER.date()) is None
    ours = price_history(place.ours.area_path, LATER.date())
    assert ours is not None
    assert len(ours.changes) == 2
