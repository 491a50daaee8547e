"""Every page for every role that may ask: it answers, in Chinese, with nothing inline; and refusals are explained."""

from __future__ import annotations

import re

import pytest

from yixian.config.access_matrix import ENDPOINTS

ROLES = (
    "admin",
    "clerk",
    "lead",
    "leader",
    "township",
    "department",
    "cadre",
    "member",
    "surveyor",
    "finance",
    "petition",
)
OVERSEEING = ("auditor", "monitor")
PAGES = {
    "staff:home": "/staff/",
    "staff:households": "/staff/households/",
    "staff:areas": "/staff/areas/",
    "staff:organisations": "/staff/organisations/",
    "staff:accounts": "/staff/accounts/",
    "staff:withheld": "/staff/accounts/withheld/",
    "staff:pairing": "/staff/pairing/",
    "staff:policies": "/staff/policies/",
    "staff:jobs": "/staff/jobs/",
    "staff:users": "/staff/users/",
    "staff:system": "/staff/system/",
}

FIRST_PAGE_BUDGET = 45
"""Statements of the first page, for whoever has most waiting there."""


def texts(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", [*ROLES, *OVERSEEING])
def test_every_page_answers_those_who_may_ask_and_no_others(browse, county, name: str) -> None:
    client = browse(name)
    role = county.users[name].role_grants.get().role
    for url_name, address in PAGES.items():
        response = client.get(address, follow=True)
        assert response.status_code == (200 if role in ENDPOINTS[url_name].roles else 403), address


def test_the_navigation_offers_only_what_may_be_entered(browse) -> None:
    page = texts(browse("cadre").get("/staff/"))
    assert 'href="/staff/households/"' in page
    assert 'href="/staff/users/"' not in page
    assert 'href="/staff/pairing/"' not in page


def test_nothing_on_a_page_is_inline(browse, county) -> None:
    for address in (*PAGES.values(), f"/staff/households/{county.households[0].pk}/"):
        page = texts(browse("lead").get(address, follow=True))
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page), address


def test_places_organisations_and_helpers_show_their_figures(browse, county) -> None:
    township = browse("township")
    page = texts(township.get(f"/staff/areas/{county.areas['t1'].pk}/"))
    assert "源盛村" in page
    assert "336,020.00" in page
    assert township.get(f"/staff/areas/{county.areas['t2'].pk}/").status_code == 404
    assert f'href="/staff/areas/{county.areas["county"].pk}/"' not in page
    assert "永委办〔2026〕3号" in texts(
        township.get(f"/staff/organisations/{county.organisations['water'].pk}/")
    )
    helper = texts(browse("member").get(f"/staff/helpers/{county.helpers['cadre'].pk}/"))
    assert "YC00002" in helper
    assert "YC00001" not in helper


def test_prices_are_found_by_name(browse) -> None:
    pack = browse("clerk").get("/staff/policies/").context["packs"][0].pk
    page = texts(browse("clerk").get(f"/staff/policies/{pack}/prices/", {"q": "框架"}))
    assert "735" in page
    assert "地窖" not in page


def test_refusals_are_pages_and_for_htmx_fragments(browse) -> None:
    forbidden = browse("admin").get("/staff/households/")
    assert forbidden.status_code == 403
    assert "这里没有向您开放" in texts(forbidden)
    fragment = browse("clerk").get("/staff/households/999/", headers={"hx-request": "true"})
    assert fragment.status_code == 404
    assert "<html" not in texts(fragment)
    assert "没有这一户" in texts(fragment)
    unknown = browse("clerk").get("/staff/nowhere/")
    assert "这里没有您要找的内容" in texts(unknown)


def test_the_english_page_is_english(browse) -> None:
    client = browse("clerk")
    client.cookies["django_language"] = "en"
    assert "What needs you today" in texts(client.get("/staff/"))


@pytest.mark.parametrize("name", [*ROLES, *OVERSEEING])
def test_the_first_page_keeps_its_query_budget(browse, name: str, django_assert_max_num_queries) -> None:
    client = browse(name)
    client.get("/staff/")
    with django_assert_max_num_queries(FIRST_PAGE_BUDGET):
        client.get("/staff/")
