"""宣讲会的页面: written down, its sheet ticked, the absent told afterwards from *Today*, and the household's own word."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_household
from tests.outreach.conftest import make_place_with_bureau
from tests.visits.place import AT, DAY, Place
from yixian.outreach.models import MeetingAbsence, PolicyMeeting, ReachedAfterwards

pytestmark = pytest.mark.sqlite_enough
Browse = Callable[[str], Client]
NEW = "/staff/outreach/meetings/new/"


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Iterator[Place]:
    """The place, on its own day."""
    settings.MEDIA_ROOT = tmp_path
    with patch.object(timezone, "now", return_value=AT):
        yield make_place_with_bureau()


@pytest.fixture
def browse(place: Place) -> Browse:
    """A browser in Chinese in which somebody has signed in; "family" shows the card of the household."""

    def signed_in(name: str) -> Client:
        client = Client()
        if name == "family":
            card = place.card()
            client.post("/c/", {"code": card.code, "pin": card.pin})
        else:
            client.force_login(place.users[name])
        return client

    return signed_in


def text(response: Any) -> str:
    return response.content.decode()


def written_down(place: Place, client: Client) -> PolicyMeeting:
    form = {
        "key": str(uuid.uuid4()),
        "area": place.township.pk,
        "place": "村委会",
        "on": DAY.isoformat(),
        "languages": ["cmn", "hmd"],
        "topics": ["danjiangkou-2009|D2009-215"],
        "asked_0": "岸上的地呢？",
        "not_understood_0": 9,
    }
    assert client.post(NEW, form).status_code == 302
    return PolicyMeeting.objects.get()


def test_from_the_meeting_to_the_household(place: Place, browse: Browse) -> None:
    township, cadre, family = browse("township"), browse("cadre"), browse("family")
    assert township.post(NEW, {}).status_code == 422
    row = written_down(place, township)
    own = f"/staff/outreach/meetings/{row.pk}/"
    page = text(township.get(own))
    assert "苗语" in page
    assert "已交政策咨询台" in page
    assert "赵近壹" in text(township.get(f"{own}sheet/"))
    assert township.post(f"{own}sheet/", {"absent": [place.ours.pk]}).status_code == 302
    assert township.post(f"{own}sheet/", {"absent": []}).status_code == 422
    tell = f"{own}reached/{place.ours.pk}/"
    assert tell in text(cadre.get("/staff/"))
    assert "赵近壹" in text(cadre.get(tell))
    assert cadre.post(tell, {"on": DAY.isoformat(), "visit": ""}).status_code == 302
    assert ReachedAfterwards.objects.get().visit is None
    assert tell not in text(cadre.get("/staff/"))
    assert "已补讲" in text(family.get("/ours/village/"))
    denial = f"/ours/village/meetings/{row.pk}/not/"
    assert family.post(denial, {"words": ""}).status_code == 422
    assert family.post(denial, {"never_held": "1"}).status_code == 302
    assert "户里说没到会" in text(township.get(own))
    assert "近溪村" in text(township.get("/staff/outreach/meetings/reach/"))


def test_a_hundred_rows_are_ticked_at_once_and_read_in_few_statements(place: Place, browse: Browse) -> None:
    rows = [make_household(place.ours.area, f"户{number}") for number in range(99)]
    township = browse("township")
    own = f"/staff/outreach/meetings/{written_down(place, township).pk}/"
    township.post(f"{own}sheet/", {"absent": [row.pk for row in rows]})
    assert MeetingAbsence.objects.count() == 99
    with CaptureQueriesContext(connection) as asked:
        assert text(township.get(own)).count("缺席，还没补讲") == 99
    assert len(asked) <= 25


def test_others_see_none_of_it(place: Place, browse: Browse) -> None:
    row = written_down(place, browse("township"))
    assert browse("cadre").get(f"/staff/outreach/meetings/{row.pk}/").status_code == 403
    assert (
        browse("stranger").get(f"/staff/outreach/meetings/{row.pk}/reached/{place.ours.pk}/").status_code
        == 404
    )
    assert browse("county").get(f"/staff/outreach/meetings/{row.pk}/sheet/").status_code == 403
