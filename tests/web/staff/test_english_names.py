"""英文名称: English pages and tables name places and bodies in English where the register can; Chinese ones do not."""

from __future__ import annotations

import csv
import io

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client

from tests.web.staff.test_households import LIST_BUDGET, PAGE_BUDGET
from yixian.registry.models import Area, Organisation

HOUSEHOLD, AREA, ORGANISATION = "/staff/households/{}/", "/staff/areas/{}/", "/staff/organisations/{}/"


@pytest.fixture
def named(county):
    """The county after its places and bodies got English names: "Place 53…", "Body …", by their codes."""
    Area.objects.update(name_en=Concat(Value("Place "), F("code")))
    Organisation.objects.update(name_en=Concat(Value("Body "), F("code")))
    return county


@pytest.fixture
def english(browse, named) -> Client:
    """The clerk's browser after the language switch."""
    client = browse("clerk")
    client.post("/reading/", {"language": "en"}, headers={"sec-fetch-site": "same-origin"})
    return client


def main_of(client: Client, address: str) -> str:
    """What stands between the bars of a page."""
    page = client.get(address, follow=True).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def addresses(named) -> list[str]:
    """Pages that name places or bodies."""
    return [
        "/staff/households/",
        "/staff/organisations/",
        "/staff/accounts/",
        "/staff/accounts/withheld/",
        "/staff/pairing/",
        HOUSEHOLD.format(named.households[0].pk),
        ORGANISATION.format(next(iter(named.organisations.values())).pk),
        f"/staff/areas/{named.areas['county'].pk}/paper/",
    ]


def test_english_pages_show_no_chinese_name_that_has_an_english_one(english, named) -> None:
    chinese = {
        *Area.objects.values_list("name", flat=True),
        *Organisation.objects.values_list("name", flat=True),
    }
    for address in addresses(named):
        main = main_of(english, address)
        assert "Place 53" in main or "Body " in main, address
        assert {name for name in chinese if f">{name}<" in main or f"　{name}<" in main} == set(), address


def test_chinese_pages_keep_the_chinese_names(browse, named) -> None:
    client = browse("clerk")
    for address in addresses(named):
        main = main_of(client, address)
        assert "Place 53" not in main, address
        assert "Body " not in main, address


def test_a_place_without_an_english_name_keeps_its_chinese_one(english, named) -> None:
    household = named.households[0]
    Area.objects.filter(pk=household.area_id).update(name_en="")
    main = main_of(english, HOUSEHOLD.format(household.pk))
    assert f">{household.area.name}<" in main


def test_the_page_of_a_place_has_both_names(english, browse, named) -> None:
    village = named.areas["county"]
    address = AREA.format(village.pk)
    assert f"<h1>Place {village.code}</h1>" in main_of(english, address)
    assert f'<span lang="zh-Hans">{village.name}</span>' in main_of(english, address)
    assert f"<h1>{village.name}</h1>" in main_of(browse("clerk"), address)


def test_an_exported_list_is_in_the_language_of_its_heads(english, named) -> None:
    answer = english.get("/staff/households/export.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][2] == "Location"
    assert {row[2][:8] for row in rows[1:]} == {"Place 53"}


def test_english_costs_no_query_more(english, named, django_assert_max_num_queries) -> None:
    for address, budget in (
        ("/staff/households/", LIST_BUDGET),
        (HOUSEHOLD.format(named.households[0].pk), PAGE_BUDGET),
    ):
        english.get(address)  # what is kept while nothing changes is worked out once
        with django_assert_max_num_queries(budget):
            english.get(address)


def test_the_order_is_that_of_the_chinese_page(english, browse, named) -> None:
    def shown(client: Client) -> list[str]:
        answer = client.get("/staff/households/export.csv?sort=place")
        return [row[1] for row in csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))][1:]

    assert shown(english) == shown(browse("clerk"))
