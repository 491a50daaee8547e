"""户的经过: names the item and both persons, and is limited by kind, month and person."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from yixian.inventory.models import InventoryItem
from yixian.kernel.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

CHANGE = {"field": "LINE quantity", "old": "82.7100", "new": "83.7100"}


def _event(county, kind: str, at: datetime, user: str, **data: object) -> None:
    household = county.households[0]
    Event.objects.create(
        kind=kind,
        subject_kind="household",
        subject_id=household.pk,
        area_path=household.area_path,
        actor_label=user,
        actor_user_id=county.users[user].pk,
        at=at,
        data=data,
    )


def history_of(client, county, **asked: str) -> str:
    """The part of the household's page that tells what happened."""
    page = client.get(f"/staff/households/{county.households[0].pk}/", asked).content.decode()
    return page[page.index('id="history"') :].partition("</section>")[0]


@pytest.fixture
def told(county):
    """Six further events of two months."""
    now = timezone.now()
    line = InventoryItem.objects.filter(household=county.households[0]).first().line_no
    two = {"proposed_by": county.users["clerk"].pk, "agreed_by": county.users["lead"].pk}
    change = {**CHANGE, "field": CHANGE["field"].replace("LINE", line)}
    _event(county, "items.corrected", now, "lead", changes=[change], **two)
    for days in range(5):
        _event(county, "visit.recorded", now - timedelta(days=40 + days), "cadre", promises=days + 1)
    return now


def test_a_correction_names_both_persons_and_the_values(browse, county, told) -> None:
    page = history_of(browse("clerk"), county)
    assert "框架结构正房（YC00001-01）" in page
    assert "“82.71”→“83.71”" in page
    names = {name: str(county.users[name]) for name in ("clerk", "lead")}
    assert f"{names['clerk']}提出，{names['lead']}核准" in page


def test_the_history_is_limited_by_kind_month_and_person(browse, county, told) -> None:
    clerk = browse("clerk")
    by_kind = history_of(clerk, county, happened="登记了一次走访")
    assert "承诺：5 项" in by_kind
    assert "82.71" not in by_kind
    month = f"{timezone.localtime(told):%Y-%m}"
    assert "82.71" in history_of(clerk, county, month=month)
    assert "82.71" not in history_of(clerk, county, month=month, by=str(county.users["cadre"]))
    assert "没有这样的事" in history_of(clerk, county, month=month, by=str(county.users["cadre"]))


def test_the_people_of_a_household_are_sorted_by_their_headings(browse, county) -> None:
    def order(asked: str) -> list[str]:
        address = f"/staff/households/{county.households[0].pk}/"
        page = browse("clerk").get(address, {"people": asked}).content.decode()
        part = page[page.rindex("家庭成员") :]
        return re.findall(r"\d{4}-\d{2}-\d{2}", part.partition("</table>")[0])

    born = order("born")
    assert len(born) > 1
    assert born == sorted(born)
    assert order("-born") == born[::-1]


def lines_of(client, county, **asked: str) -> list[tuple[str, int]]:
    """The account's lines by title and amount in fen, as they stand on the household's page."""
    page = client.get(f"/staff/households/{county.households[0].pk}/", asked).content.decode()
    part = page[page.index('id="account"') :].partition("</table>")[0]
    rows = re.findall(r'class="lead-cell"[^>]*>([^<]+)<.*?beside-name"[^>]*>([\d,.]+)', part)
    return [(title, int(amount.replace(",", "").replace(".", ""))) for title, amount in rows]


def test_the_lines_of_an_account_are_sorted_by_their_amounts(browse, county) -> None:
    clerk = browse("clerk")
    as_it_stands = lines_of(clerk, county)
    assert len(as_it_stands) > 1
    upwards = sorted(amount for _title, amount in as_it_stands)
    assert [amount for _title, amount in lines_of(clerk, county, lines="sum")] == upwards
    assert [amount for _title, amount in lines_of(clerk, county, lines="-sum")] == upwards[::-1]
    assert lines_of(clerk, county, lines="item") == sorted(as_it_stands)
    page = clerk.get(f"/staff/households/{county.households[0].pk}/").content.decode()
    assert 'href="?lines=sum#account"' in page


def test_lines_of_the_survey_sorted_by_quantity_are_unfolded(browse, county) -> None:
    folded = browse("clerk").get(f"/staff/households/{county.households[0].pk}/").content.decode()
    assert '<details class="more" open>' not in folded
    address = f"/staff/households/{county.households[0].pk}/"
    page = browse("clerk").get(address, {"survey": "-quantity"}).content.decode()
    part = page[page.index('id="items"') :].partition("</section>")[0]
    assert '<details class="more" open>' in part
    tables = [
        [Decimal(one.replace(",", "")) for one in re.findall(r'data-label="数量">([\d,.]+)', table)]
        for table in part.split("</table>")
    ]
    assert max(len(one) for one in tables) > 1
    assert all(one == sorted(one, reverse=True) for one in tables)


def test_what_no_event_bears_limits_nothing(browse, county, told) -> None:
    assert "82.71" in history_of(browse("clerk"), county, month="1999-01", by="nobody")
