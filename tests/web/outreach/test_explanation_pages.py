"""讲解账目的页面: gone through at the door, confirmed, asked about and denied on the household's own pages; fixed queries."""

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

from tests.outreach.conftest import make_place_with_bureau
from tests.outreach.explained import account_of, answered, explained, positions
from tests.visits.place import AT, DAY, Place
from yixian.matters.models import Matter
from yixian.outreach.explanation_draft import AskedQuestion
from yixian.outreach.models import Explanation, ExplanationConfirmation, ExplanationQuestion
from yixian.policies.models import PolicyQuestion

pytestmark = pytest.mark.sqlite_enough
Browse = Callable[[str], Client]
LIST = "/staff/outreach/explanations/"


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


def address(place: Place) -> str:
    return f"/staff/outreach/households/{place.ours.pk}/explain/"


def typed(place: Place, **changes: Any) -> dict[str, Any]:
    values = {
        "key": str(uuid.uuid4()),
        "version": account_of(place).version,
        "on": DAY.isoformat(),
        "language": "cmn",
    }
    groups = {f"group_{number}": "on" for number in range(9)}
    return {name: value for name, value in (values | groups | changes).items() if value is not None}


def text(response: Any) -> str:
    return response.content.decode()


def test_from_today_to_the_confirmation(place: Place, browse: Browse) -> None:
    cadre = browse("cadre")
    today = text(cadre.get("/staff/"))
    assert "讲解账目" in today
    assert address(place) in today
    page = text(cadre.get(address(place)))
    for line in account_of(place).lines.all():
        assert f'name="words_{line.position}"' in page
    sent = cadre.post(address(place), typed(place, words_1="怎么只有这么多？"))
    row = Explanation.objects.get()
    assert sent["Location"] == f"/staff/outreach/explanations/{row.pk}/confirm/"
    confirm = sent["Location"]
    assert "怎么只有这么多？" in text(cadre.get(confirm))
    assert cadre.post(confirm, {"way": "attested"}).status_code == 422
    assert cadre.post(confirm, {"way": "attested", "attested_by": "邻居"}).status_code == 302
    record = text(cadre.get(f"/staff/outreach/explanations/{row.pk}/"))
    assert "邻居" in record
    assert "还没答复" in record
    assert address(place) not in text(cadre.get("/staff/"))


def test_what_is_missing_is_named_and_what_was_typed_stays(place: Place, browse: Browse) -> None:
    response = browse("cadre").post(address(place), typed(place, group_0=None, words_1="怎么算的？"))
    assert response.status_code == 422
    assert "还有没讲到的行" in text(response)
    assert "怎么算的？" in text(response)
    assert not Explanation.objects.exists()


def test_an_answer_is_brought_back(place: Place, browse: Browse) -> None:
    row = explained(place, AskedQuestion(1, "怎么算的？"))
    answered(place, PolicyQuestion.objects.get().pk, "按表算。", at=AT)
    cadre = browse("cadre")
    assert "把答复带到户里" in text(cadre.get("/staff/"))
    assert "按表算。" in text(cadre.get(f"/staff/outreach/explanations/{row.pk}/confirm/"))


def test_the_household_reads_confirms_and_asks(place: Place, browse: Browse) -> None:
    row, family = explained(place), browse("family")
    assert "/ours/explained/" in text(family.get("/ours/"))
    page = text(family.get("/ours/explained/"))
    assert place.cadre.person.name in page
    assert family.post(f"/ours/explained/{row.pk}/confirm/").status_code == 302
    assert ExplanationConfirmation.objects.get().way == "portal"
    again = family.post(f"/ours/explained/{row.pk}/confirm/")
    assert "已经确认" in text(again)
    form = {"key": str(uuid.uuid4()), "words": "果树没有算。", "route": "matter"}
    assert family.post(f"/ours/explained/{row.pk}/ask/", form).status_code == 302
    assert (ExplanationQuestion.objects.get().matter, Matter.objects.get().channel) == (
        Matter.objects.get(),
        "card",
    )
    assert Matter.objects.get().number in text(family.get("/ours/explained/"))
    assert family.post(f"/ours/explained/{row.pk}/ask/", form | {"words": ""}).status_code == 422


def test_the_household_says_it_never_took_place(place: Place, browse: Browse) -> None:
    row = explained(place)
    assert browse("family").post(f"/ours/explained/{row.pk}/not/", {"words": ""}).status_code == 422
    assert browse("family").post(f"/ours/explained/{row.pk}/not/", {"never_held": "1"}).status_code == 302
    assert "没有发生过" in text(browse("township").get("/staff/"))
    listed = text(browse("township").get(f"{LIST}?state=denied"))
    assert "赵近壹" in listed
    assert address(place) in text(browse("cadre").get("/staff/"))


def test_others_see_none_of_it(place: Place, browse: Browse) -> None:
    row = explained(place)
    stranger = browse("stranger")
    for path in (
        address(place),
        f"/staff/outreach/explanations/{row.pk}/",
        f"/staff/outreach/explanations/{row.pk}/confirm/",
    ):
        assert stranger.get(path).status_code == 404
    assert "赵近壹" not in text(stranger.get(LIST))
    assert browse("finance").get(LIST).status_code == 403
    assert "赵近壹" in text(browse("county").get(LIST))
    assert browse("county").get(f"/staff/outreach/explanations/{row.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("path", "most"),
    [("/staff/outreach/explanations/{row}/", 26), ("/staff/outreach/households/{household}/explain/", 30)],
)
def test_queries_are_few(place: Place, browse: Browse, path: str, most: int) -> None:
    row = explained(place, *[AskedQuestion(position, "为什么？") for position in positions(place)])
    cadre, url = browse("cadre"), path.format(row=row.pk, household=place.ours.pk)
    cadre.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert cadre.get(url).status_code == 200
    assert len(asked) <= most
