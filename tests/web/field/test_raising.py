"""户里反映: a cadre writes down what the household says, reads it back, and hands over the receipt; what is shared shows."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.kernel.received.pictures import jpeg
from tests.matters.place import AT, SYSTEM, Place, make_place
from tests.web.portal.matters.forms import code_on, own, page_of
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.intake import Complainant, Submission
from yixian.matters.models import Matter
from yixian.matters.queries import open_shared
from yixian.web.duty.open_items import open_items

WORDS = "老人说：灌溉渠断了，田里没有水。"


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Iterator[Place]:
    """The place, on its own day."""
    settings.MEDIA_ROOT = tmp_path
    with patch.object(timezone, "now", return_value=AT):
        yield make_place()


@pytest.fixture
def browse(place: Place) -> Callable[[str], Client]:
    """A browser in which somebody has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(place.users[name])
        return client

    return signed_in


def address(place: Place) -> str:
    return f"/staff/field/{place.ours.pk}/raise/"


def typed(**changes: Any) -> dict[str, Any]:
    values = {"key": str(uuid.uuid4()), "topic": "land", "words": WORDS, "shared": "on", "read_back": "on"}
    return {name: value for name, value in (values | changes).items() if value is not None}


def test_written_down_read_back_and_receipted(place: Place, browse: Callable[[str], Client]) -> None:
    photo = SimpleUploadedFile("渠.jpg", jpeg())
    response = browse("cadre").post(address(place), typed(photos=[photo]))
    assert response.status_code == 200
    matter = Matter.objects.get()
    assert (matter.channel, matter.shared, matter.anonymous) == ("visit", True, False)
    assert matter.text.read_back
    assert matter.recorded_by == place.users["cadre"]
    assert matter.events.get().to_organisation == place.organisations["water"]
    code = code_on(response)
    assert code == matter.code
    assert "<svg" in response.content.decode()
    assert WORDS in page_of(own(Client(), code))
    family_page = open_shared(place.family, [place.ours.pk], at=AT)
    assert [one.number for one in family_page[place.ours.pk]] == [matter.number]


def test_three_times_the_same_is_one(place: Place, browse: Callable[[str], Client]) -> None:
    form, client = typed(), browse("cadre")
    codes = {code_on(client.post(address(place), form)) for _time in range(3)}
    assert len(codes) == Matter.objects.count() == 1


def test_it_must_be_read_back(place: Place, browse: Callable[[str], Client]) -> None:
    response = browse("cadre").post(address(place), typed(read_back=None))
    assert response.status_code == 422
    assert WORDS in page_of(response)
    assert "请先念给他们听" in page_of(response)
    assert not Matter.objects.exists()


def test_a_file_that_cannot_be_kept_is_named(place: Place, browse: Callable[[str], Client]) -> None:
    bad = SimpleUploadedFile("坏的.jpg", b"<svg/>")
    response = browse("cadre").post(address(place), typed(photos=[bad]))
    assert response.status_code == 422
    assert "坏的.jpg" in page_of(response)
    assert not Matter.objects.exists()


def test_about_somebody_in_office_is_never_shared(place: Place, browse: Callable[[str], Client]) -> None:
    response = browse("cadre").post(address(place), typed(office=f"helper-{place.cadre.pk}"))
    assert response.status_code == 200
    matter = Matter.objects.get()
    assert not matter.shared
    assert matter.events.get().to_organisation != place.organisations["water"]
    assert WORDS not in page_of(browse("cadre").get(f"/staff/field/{place.ours.pk}/"))


def test_the_households_of_others_are_out_of_reach(place: Place, browse: Callable[[str], Client]) -> None:
    assert browse("colleague").get(address(place)).status_code == 404
    assert browse("colleague").post(address(place), typed()).status_code == 404
    assert not Matter.objects.exists()


def test_what_is_shared_shows_and_what_is_not_does_not(place: Place, browse: Callable[[str], Client]) -> None:
    shared = place.by_household(shared=True).matter
    kept = place.by_household("家里的私事", topic="other").matter
    theirs = place.raised("别家的事").matter
    page = page_of(browse("cadre").get(f"/staff/field/{place.ours.pk}/"))
    assert f"/staff/matters/{shared.number}/" in page
    assert kept.number not in page
    listed = page_of(browse("cadre").get("/staff/field/"))
    assert "1件事在办" in listed
    cadre = place.actor("cadre")
    assert open_shared(cadre, [place.ours.pk, place.theirs.pk], at=AT).keys() == {place.ours.pk}
    assert open_shared(cadre, [], at=AT) == {}
    assert not open_shared(place.actor("colleague"), [place.ours.pk], at=AT)
    told = open_items(cadre, [place.ours.pk])[place.ours.pk]
    assert len([one for one in told if one.address.endswith("#matters")]) == 1
    assert theirs.number not in page


def test_a_closed_matter_is_open_no_more(place: Place) -> None:
    matter = place.by_household(shared=True).matter
    assert open_shared(place.actor("cadre"), [place.ours.pk], at=AT)
    matter.projection.is_closed = True
    matter.projection.save()
    assert not open_shared(place.actor("cadre"), [place.ours.pk], at=AT)


def test_a_joint_matter_of_two_households_stands_with_both(place: Place) -> None:
    people = (Complainant(household_id=place.ours.pk), Complainant(household_id=place.theirs.pk))
    submission = Submission(uuid.uuid4(), "渠断了", people=people, shared=True, joint=2)
    receive_matter(submission, actor=SYSTEM, at=AT)
    found = open_shared(SYSTEM, [place.ours.pk, place.theirs.pk], at=AT)
    assert found.keys() == {place.ours.pk, place.theirs.pk}


def test_as_many_queries_for_one_as_for_many(place: Place) -> None:
    cadre = place.actor("cadre")
    place.by_household(shared=True)
    open_shared(cadre, [place.ours.pk], at=AT)  # what is kept while nothing changes is worked out once
    with CaptureQueriesContext(connection) as one:
        open_shared(cadre, [place.ours.pk], at=AT)
    for number in range(5):
        place.by_household(f"第{number}件", shared=True)
    with CaptureQueriesContext(connection) as many:
        assert len(open_shared(cadre, [place.ours.pk], at=AT)[place.ours.pk]) == 6
    assert len(one) == len(many)
