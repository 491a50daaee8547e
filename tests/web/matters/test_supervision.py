"""督办: a leader's order reaches who must reply, comes back to the leader, and is seen to its end; the person sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.matters.actions import hand_over, supervise
from yixian.matters.choices import Topic
from yixian.matters.intake import Subject
from yixian.matters.models import Matter, SupervisionOrder
from yixian.matters.queries.own_matter import own_view
from yixian.matters.queries.supervision import get_supervision, late_orders, to_close, to_reply

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
ORDERS = "/staff/matters/supervision/"
SOON = date(2026, 12, 3)


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def with_bureau(place: Place) -> Matter:
    matter = place.raised("水沟堵了，下雨就淹。", at=ago(9)).matter
    hand_over.forward(
        matter.number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=ago(8)
    )
    hand_over.accept_handover(matter.number, actor=place.actor("clerk"), at=ago(7))
    return matter


def keys(found: object) -> list[int | str]:
    return [row.key for row in found.window(0, 9)]  # type: ignore[attr-defined]


def test_an_order_goes_to_its_end_on_the_pages(place: Place, browse: Browse) -> None:
    matter = with_bureau(place)
    county, clerk = browse("county"), browse("clerk")
    assert f"/staff/matters/{matter.number}/supervise/" in texts(
        county.get(f"/staff/matters/{matter.number}/")
    )
    form = {"words": "三日内到现场看，办好回复。", "due_on": SOON}
    assert county.post(f"/staff/matters/{matter.number}/supervise/", form).status_code == 302
    order = SupervisionOrder.objects.get()
    assert order.organisation == place.organisations["bureau"]
    assert "回复督办" in texts(clerk.get("/staff/"))
    assert "三日内到现场看" in texts(clerk.get(f"{ORDERS}{order.pk}/"))
    assert "领导督办" not in texts(clerk.get(f"{ORDERS}{order.pk}/"))
    assert county.post(f"{ORDERS}{order.pk}/reply/", {"words": "替你们说"}).status_code in {403, 409}
    clerk.post(f"{ORDERS}{order.pk}/reply/", {"words": "已到现场。"})
    assert "督办销号" in texts(county.get("/staff/"))
    assert "回复督办" not in texts(clerk.get("/staff/"))
    county.post(f"{ORDERS}{order.pk}/send_back/", {"words": "沟还没有通。", "due_on": date(2026, 12, 9)})
    at = timezone.now()
    assert keys(to_reply(place.actor("clerk"), at=at)) == [order.pk]
    assert get_supervision(place.actor("clerk"), order.pk, at=at).due_on == date(2026, 12, 9)
    clerk.post(f"{ORDERS}{order.pk}/reply/", {"words": "沟通了。"})
    county.post(f"{ORDERS}{order.pk}/close/", {"words": ""})
    assert not keys(to_reply(place.actor("clerk"), at=at)) + keys(to_close(place.actor("county"), at=at))
    assert "领导同意销号" in texts(county.get(f"{ORDERS}{order.pk}/"))
    assert texts(county.get(f"{ORDERS}?tab=closed")).count("三日内到现场看") == 1
    kinds = Event.objects.filter(subject_kind="supervision").order_by("pk").values_list("kind", flat=True)
    assert [kind.partition(".")[2] for kind in kinds] == [
        "ordered",
        "replied",
        "sent_back",
        "replied",
        "closed",
    ]


def test_the_person_sees_that_a_leader_follows_it(place: Place) -> None:
    matter = with_bureau(place)
    supervise.supervise_matter(matter.number, "三日内办好。", SOON, actor=place.actor("county"), at=ago(1))
    (told,) = own_view(Matter.objects.get(pk=matter.pk), at=timezone.now()).supervised
    assert (told[0], told[2]) == ("两河县人民政府", SOON)
    assert late_orders(place.actor("county"), at=timezone.now()) == 0
    assert late_orders(place.actor("county"), at=timezone.now() + timedelta(days=9)) == 1


def test_about_anything_else_by_its_page(place: Place, browse: Browse) -> None:
    county = browse("county")
    page = texts(county.get(f"{ORDERS}new/?about=缺人手：近溪村&link=/staff/duty/shortages/3/"))
    assert 'value="缺人手：近溪村"' in page
    form = {
        "about": "缺人手：近溪村",
        "link": "/staff/duty/shortages/3/",
        "organisation_typed": "移民局",
        "words": "一周内配齐。",
        "due_on": SOON,
    }
    address = county.post(f"{ORDERS}new/", form).headers["Location"]
    assert '<a href="/staff/duty/shortages/3/">缺人手：近溪村</a>' in texts(county.get(address))
    elsewhere = county.post(f"{ORDERS}new/", form | {"link": "//example.org/"})
    assert elsewhere.status_code == 422


def test_who_may_not(place: Place, browse: Browse) -> None:
    matter = with_bureau(place)
    with pytest.raises(NotPermitted):
        supervise.supervise_matter(matter.number, "办。", SOON, actor=place.actor("clerk"), at=ago(1))
    order = supervise.supervise_matter(matter.number, "办。", SOON, actor=place.actor("county"), at=ago(1))
    for other in ("water", "near", "far"):
        with pytest.raises(NotFound):
            get_supervision(place.actor(other), order.pk, at=ago(0))
    with pytest.raises(Refused, match="own body"):
        supervise.supervise(
            "甲",
            "",
            place.organisations["leadership"].pk,
            "办。",
            SOON,
            actor=place.actor("county"),
            at=ago(1),
        )
    with pytest.raises(Invalid, match="past"):
        supervise.supervise(
            "甲",
            "",
            place.organisations["bureau"].pk,
            "办。",
            date(2026, 1, 1),
            actor=place.actor("county"),
            at=ago(1),
        )
    with pytest.raises(Refused):
        supervise.close(order.pk, "", actor=place.actor("county"), at=ago(0))


def test_what_is_about_the_leaders_is_not_theirs_to_order(place: Place) -> None:
    number = place.raised(
        "县里的领导骂人。",
        at=ago(5),
        topic=Topic.CONDUCT,
        subjects=(Subject(organisation_id=place.organisations["leadership"].pk),),
    ).matter.number
    with pytest.raises(NotFound):
        supervise.supervise_matter(number, "压下来。", SOON, actor=place.actor("county"), at=ago(1))
