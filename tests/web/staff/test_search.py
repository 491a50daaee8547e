"""One search from every page: by any member's name and how it sounds, place, address, number, telephone; words combine."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.staff.test_pages import texts
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.models import Household

PAGE = "/staff/search/"


@pytest.fixture
def sixth(county):
    """The sixth household: nobody else bears its people's names."""
    household = county.households[5]
    child = household.members.exclude(person=household.head).first().person
    household.head.name, child.name = "卢荣建", "卢小英"
    household.head.save()
    child.phone = "13812345678"
    child.save()
    reindex_households([household.pk])
    return household


def opened(browse, who: str, search: str) -> str:
    """Where a search leads at once; "" where it shows a page."""
    response = browse(who).get(PAGE, {"q": search})
    return response.url if response.status_code == 302 else ""


@pytest.mark.parametrize(
    "search",
    [
        "卢荣建",
        "lurongjian",
        "lrj",
        "卢小英",
        "6号 卢荣建",
        "源盛 卢荣建",
        "YC00006 卢",
        "138 1234 5678",
        "13987000006",
        "+86 13987000006",
    ],
)
def test_what_one_household_alone_fits_is_opened(browse, sixth, search: str) -> None:
    assert opened(browse, "clerk", search) == reverse("staff:household", args=[sixth.pk])


def test_the_last_digits_of_a_number_find_it(browse, sixth) -> None:
    assert opened(browse, "clerk", "0006") == reverse("staff:household", args=[sixth.pk])
    assert opened(browse, "clerk", "5678") == reverse("staff:household", args=[sixth.pk])
    assert not opened(browse, "auditor", "5678")  # sees no telephone number


@pytest.mark.parametrize("search", ["黄华 卢荣建", "卢荣建 王家坝", "13812345679", "卢荣建 卢荣国"])
def test_each_word_must_fit(browse, sixth, search: str) -> None:
    assert "没有找到" in texts(browse("clerk").get(PAGE, {"q": search}))


def test_names_that_sound_alike_are_proposed_as_such(browse, sixth) -> None:
    for written in ("卢荣健", "陆荣建"):
        page = texts(browse("clerk").get(PAGE, {"q": written}))
        assert "读音相同的有" in page
        assert "卢荣建" in page


def test_the_list_of_households_finds_by_sound_what_nobody_is_called(browse, sixth) -> None:
    for written, found in (("卢荣健", True), ("卢荣国", False)):
        page = texts(browse("clerk").get(reverse("staff:households"), {"q": written}))
        assert ("卢荣建" in page) is found


def test_a_hit_by_another_member_says_by_whom(browse, sixth) -> None:
    other = sixth.members.exclude(person=sixth.head).last().person
    other.name = "王小英"
    other.save()
    reindex_households([sixth.pk])
    neighbour = Household.objects.get(household_no="YC00001")
    neighbour.head.name = "赵小英"
    neighbour.head.save()
    reindex_households([neighbour.pk])
    page = texts(browse("clerk").get(PAGE, {"q": "小英"}))
    assert "家里有卢小英、王小英" in page
    assert "赵小英" in page


def test_nobody_finds_by_a_telephone_who_sees_none_nor_beyond_their_reach(browse, sixth) -> None:
    assert not opened(browse, "auditor", "13812345678")
    for search in ("YC00008", "0008", "13987000008"):
        assert opened(browse, "clerk", search)
        assert "没有找到" in texts(browse("cadre").get(PAGE, {"q": search}))


def test_places_bodies_people_and_clauses_stand_apart(browse, county) -> None:
    page = texts(browse("clerk").get(PAGE, {"q": "源盛"}))
    for address in (f"/staff/areas/{county.areas['v1'].pk}/", "/staff/organisations/", "/staff/households/"):
        assert address in page
    assert f"/staff/helpers/{county.helpers['member'].pk}/" in texts(
        browse("clerk").get(PAGE, {"q": "唐发贵"})
    )
    assert "/staff/library/" in texts(browse("clerk").get(PAGE, {"q": "房屋"}))


def test_an_empty_search_says_how_and_a_strange_one_finds_nothing(browse) -> None:
    clerk = browse("clerk")
    assert "末四位" in texts(clerk.get(PAGE))
    for strange in ('" OR 1=1 --', "*", "%", "x" * 5000, "\x00"):
        assert clerk.get(PAGE, {"q": strange}).status_code == (404 if strange == "\x00" else 200)
