"""现场办公的页面: written down on one page, carried out and closed on others; everybody reads the decision."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_organisation, make_user
from tests.outreach.conftest import make_place_with_bureau
from tests.outreach.on_the_spot import DUE, held, leader_at, water
from tests.visits.place import AT, DAY, Place
from yixian.duty.models import Leadership
from yixian.kernel.roles import Role
from yixian.outreach.models import OnSiteDecision, OnSiteSession, SessionParticipant
from yixian.registry.models import Organisation

pytestmark = pytest.mark.sqlite_enough
Browse = Callable[[str], Client]
NEW = "/staff/outreach/sessions/new/"


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Iterator[Place]:
    """The place, on its own day, with a leader."""
    settings.MEDIA_ROOT = tmp_path
    with patch.object(timezone, "now", return_value=AT):
        made = make_place_with_bureau()
        leader_at(made)
        yield made


@pytest.fixture
def browse(place: Place) -> Browse:
    """A browser in Chinese in which somebody has signed in; "family" shows the card, "" nothing."""

    def signed_in(name: str) -> Client:
        client = Client()
        if name == "family":
            card = place.card()
            client.post("/c/", {"code": card.code, "pin": card.pin})
        elif name:
            client.force_login(place.users[name])
        return client

    return signed_in


def typed(place: Place, **changes: Any) -> dict[str, Any]:
    values = {
        "key": str(uuid.uuid4()),
        "area": place.township.pk,
        "place": "村小学",
        "on": DAY.isoformat(),
        "leaders": [leader_at(place).pk],
        "households": 12,
        "villagers": 30,
        "body_0_typed": water(place).label,
        "people_0": 2,
        "raised_0": "水渠断了。",
        "what_0": "七日内修通水渠。",
        "whose_0_typed": water(place).label,
        "due_0": DUE.isoformat(),
        "names_nobody": "on",
    } | changes
    return {name: value for name, value in values.items() if value is not None}


def text(response: Any) -> str:
    return response.content.decode()


def test_from_the_form_to_the_end(place: Place, browse: Browse) -> None:
    county, owner = browse("county"), browse("water")
    assert "程县长" in text(county.get(NEW))
    sent = county.post(NEW, typed(place))
    session, decision = OnSiteSession.objects.get(), OnSiteDecision.objects.get()
    assert sent["Location"] == f"/staff/outreach/sessions/{session.pk}/"
    assert SessionParticipant.objects.get().people == 2
    assert "水渠断了。" in text(county.get(sent["Location"]))
    assert "落实现场决定" in text(owner.get("/staff/"))
    own = f"/staff/outreach/decisions/{decision.pk}/"
    assert f"{own}done/" in text(owner.get(own))
    assert owner.post(f"{own}done/", {"words": "修通了。"}).status_code == 302
    assert "把决定跟到底" in text(county.get("/staff/"))
    assert owner.get(f"{own}close/").status_code == 403
    assert county.post(f"{own}send_back/", {"words": "下游没水。", "due_on": DUE}).status_code == 302
    assert owner.post(f"{own}not_done/", {"words": "等汛后。"}).status_code == 302
    assert county.post(f"{own}close/", {"words": ""}).status_code == 302
    assert "等汛后。" in text(county.get(own))
    assert "已办到底" in text(county.get("/staff/outreach/decisions/?tab=closed"))


def test_a_session_is_put_right_on_its_page(place: Place, browse: Browse) -> None:
    row, county = held(place), browse("county")
    address = f"/staff/outreach/sessions/{row.pk}/correct/"
    assert f'href="{address}"' in text(county.get(f"/staff/outreach/sessions/{row.pk}/"))
    page = county.get(address)
    assert "近溪村小学" in text(page)
    assert "水渠断了。" in text(page)
    given = typed(place, what_0=None, whose_0_typed=None, due_0=None) | {"place": "近溪村部"}
    assert county.post(address, given).status_code == 422
    sent = county.post(address, given | {"reason": "地点写错了"})
    assert sent.status_code == 302
    new = text(county.get(sent["Location"]))
    assert "近溪村部" in new
    assert "七日内修通水渠。" in new
    assert "地点写错了" in new
    assert "看现行的一版" in text(county.get(f"/staff/outreach/sessions/{row.pk}/"))
    assert sent["Location"] == county.post(address, given | {"reason": "地点写错了"})["Location"]
    other = county.post(address, given | {"reason": "又错了", "key": str(uuid.uuid4())})
    assert other.status_code == 422
    for told in (other, county.get(address)):
        assert "已经更正过" in text(told)
    assert county.get(address).status_code == 409


def test_who_left_and_what_ended_since_stays_in_a_session_that_is_put_right(
    place: Place, browse: Browse
) -> None:
    ago, leader = DAY - timedelta(days=3), leader_at(place)
    works, namesake = (make_organisation(place.county, name="Old Water Works") for _one in range(2))
    row, county = held(place, "county", on=ago, participants=((works.pk, 4),)), browse("county")
    Leadership.objects.filter(helper=leader).update(valid_until=DAY)
    Organisation.objects.filter(pk=works.pk).update(valid_until=DAY)
    address = f"/staff/outreach/sessions/{row.pk}/correct/"
    form = county.get(address).context["form"]
    assert [pk for pk, _words in form.fields["leaders"].choices] == [leader.pk]
    _chosen, name = form["body_0"].value()
    assert name == namesake.label
    given = typed(place, what_0=None, whose_0_typed=None, due_0=None, on=ago.isoformat())
    given |= {"body_0_typed": name, "people_0": 4, "reason": "地点写错了"}
    assert county.post(address, given).status_code == 302
    new = OnSiteSession.objects.latest("pk")
    assert list(new.leaders.values_list("helper", flat=True)) == [leader.pk]
    assert list(new.participants.values_list("organisation", "people")) == [(works.pk, 4)]


def test_what_is_missing_is_named_at_its_field(place: Place, browse: Browse) -> None:
    response = browse("county").post(NEW, typed(place, names_nobody=None, whose_0_typed="没有的单位"))
    assert response.status_code == 422
    assert "水渠断了。" in text(response)
    assert not OnSiteSession.objects.exists()
    response = browse("county").post(NEW, typed(place, names_nobody=None))
    assert "请看清没有写村民的名字" in text(response)


def test_everybody_reads_the_decision_and_no_name(place: Place, browse: Browse) -> None:
    held(place, "county", speakers=("赵大娘",), speakers_agreed=True)
    page = text(browse("").get("/decided/"))
    assert "七日内修通水渠。" in page
    assert "待落实" in page
    assert "赵大娘" not in page
    assert "七日内修通水渠。" in browse("").get("/decided/export.csv").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]


def test_the_household_reads_and_denies(place: Place, browse: Browse) -> None:
    row, family = held(place), browse("family")
    assert "七日内修通水渠。" in text(family.get("/ours/village/"))
    assert family.post(f"/ours/village/{row.pk}/not/", {"words": ""}).status_code == 422
    assert family.post(f"/ours/village/{row.pk}/not/", {"never_held": "1"}).status_code == 302
    assert "1 户说没有这回事" in text(browse("county").get(f"/staff/outreach/sessions/{row.pk}/"))


def test_others_see_none_of_it(place: Place, browse: Browse) -> None:
    row = held(place)
    assert browse("cadre").get(f"/staff/outreach/sessions/{row.pk}/").status_code == 403
    place.users["far"] = make_user(Role.TOWNSHIP_LEAD, area_path=place.theirs.area_path)
    far = browse("far")
    assert far.get(f"/staff/outreach/sessions/{row.pk}/").status_code == 404
    assert far.get(f"/staff/outreach/decisions/{OnSiteDecision.objects.get().pk}/").status_code == 404
    assert "村小学" not in text(far.get("/staff/outreach/sessions/"))
    assert browse("cadre").get("/staff/outreach/decisions/").status_code == 403


def test_what_stands_in_a_line_is_parted_as_its_language_parts_it(place: Place, browse: Browse) -> None:
    row, county = held(place, "county", speakers=("赵大娘", "钱二"), speakers_agreed=True), browse("county")
    address = f"/staff/outreach/sessions/{row.pk}/"
    assert "赵大娘、钱二" in text(county.get(address))
    assert "程县长（两河县委）" in text(county.get(address))
    county.cookies["django_language"] = "en"
    english = text(county.get(address))
    assert "赵大娘, 钱二" in english
    assert "程县长 (" in english
