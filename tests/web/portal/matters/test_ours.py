"""我家的事: a household's own matters with its card, and the ways to them from its other pages."""

from __future__ import annotations

import uuid

from django.test import Client

from tests.matters.place import AT, Place
from tests.web.portal.matters.forms import WORDS, page_of, raised
from yixian.matters.models import Matter, MatterMessage


def test_the_list_and_the_page(place: Place, family: Client) -> None:
    raised(family, who="card")
    listed = page_of(family.get("/ours/matters/"))
    number = Matter.objects.get().number
    assert f"/ours/matters/{number}/" in listed
    page = page_of(family.get(f"/ours/matters/{number}/"))
    assert WORDS in page
    assert Matter.objects.get().code not in page.replace(" ", "")


def test_writing_with_the_card(place: Place, family: Client) -> None:
    raised(family, who="card")
    address = f"/ours/matters/{Matter.objects.get().number}/"
    form = {"do": "write", "key": str(uuid.uuid4()), "words": "再补充一句"}
    for _time in range(2):
        assert "再补充一句" in page_of(family.post(address, form))
    assert MatterMessage.objects.count() == 1


def test_what_was_raised_without_the_card_or_by_others_is_not_there(place: Place, family: Client) -> None:
    raised(family, who="unnamed", words="不留名的事")
    neighbour = place.raised("别家的事")
    assert "/ours/matters/" + Matter.objects.order_by("pk")[0].number not in page_of(
        family.get("/ours/matters/")
    )
    for row in Matter.objects.all():
        assert family.get(f"/ours/matters/{row.number}/").status_code == 404
        form = {"do": "write", "key": str(uuid.uuid4()), "words": "越权"}
        assert family.post(f"/ours/matters/{row.number}/", form).status_code == 404
    assert family.get("/ours/matters/0000000000/").status_code == 404
    assert neighbour.matter.messages.count() == 0


def test_without_a_card_there_is_nothing(place: Place, client: Client) -> None:
    number = place.by_household(at=AT).matter.number
    for path in ("/ours/matters/", f"/ours/matters/{number}/"):
        assert client.get(path)["Location"] == "/"


def test_the_front_page_has_both_entries(place: Place, client: Client) -> None:
    page = page_of(client.get("/"))
    assert 'href="/raise/"' in page
    assert 'href="/status/"' in page


def test_the_household_finds_its_matters_and_says_what_is_missing(place: Place, family: Client) -> None:
    page = page_of(family.get("/ours/household/"))
    assert 'href="/ours/matters/"' in page
    assert 'name="topic" value="inventory"' in page
