"""办理: a matter goes through every pair of hands on the pages; a refusal stands beside the field it names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.kernel.received.pictures import jpeg
from tests.matters.place import EARTH_TIMBER, Place
from yixian.matters.access import get_matter
from yixian.matters.actions import converse, hand_over, take_on
from yixian.matters.choices import NotificationChannel, Topic
from yixian.matters.intake import Complainant
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter, MatterDecision, MatterLink, MatterMessage
from yixian.web.matters.step_pages import STEPS

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
CLAUSE = f"{EARTH_TIMBER.pack_id}|{EARTH_TIMBER.document}|{EARTH_TIMBER.clause}"
OPINION = {
    "asked_for": "提高单价。",
    "facts": "经核查为土木结构。",
    "reasons": "单价由省里文件规定。",
    "basis": [CLAUSE],
    "basis_words": "",
    "outcome": "explained",
}


def ago(count: int) -> datetime:
    return timezone.now() - timedelta(days=count)


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def take(client: Client, number: str, step: str, **data: object) -> object:
    return client.post(f"/staff/matters/{number}/{step}/", data)


def state(matter: Matter) -> str:
    return state_of(matter, at=timezone.now()).course.state


def with_bureau(place: Place, **changes: object) -> Matter:
    """A matter that the bureau has accepted."""
    matter = place.raised(at=ago(20), **changes).matter
    hand_over.forward(
        matter.number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=ago(19)
    )
    take_on.accept_matter(matter.number, actor=place.actor("clerk"), at=ago(18))
    return matter


def test_a_whole_life_on_the_pages(place: Place, browse: Browse) -> None:
    receipt = place.raised(at=ago(3))
    matter, number = receipt.matter, receipt.matter.number
    petition, clerk, lead = browse("petition"), browse("clerk"), browse("lead")
    ways = [
        (petition, "register", {}),
        (petition, "sort", {"topic": "price", "clauses": [CLAUSE]}),
        (petition, "forward", {"to_organisation": place.organisations["bureau"].pk, "reason": "请办理。"}),
        (clerk, "take_over", {}),
        (clerk, "assign", {"user": place.users["clerk"].pk}),
        (clerk, "accept", {"reason": "会去看。"}),
        (clerk, "wait", {"reason": "请补照片。", "clause": "第二十条"}),
        (clerk, "answered", {}),
        (clerk, "hearing", {"reason": ""}),
        (clerk, "hearing_end", {}),
        (
            clerk,
            "minutes",
            {"kind": "inquiry", "on": timezone.localdate(ago(2)), "present": "户主", "words": "看了房子。"},
        ),
        (clerk, "note", {"key": uuid.uuid4(), "words": "同村还有三户。"}),
        (clerk, "extend", {"reason": "等测绘。"}),
        (lead, "approve_extension", {}),
        (clerk, "decide", OPINION),
        (clerk, "write", {"key": uuid.uuid4(), "words": "意见已作出。", "notified_by": "portal"}),
        (clerk, "close", {}),
        (lead, "reopen", {"reason": "有新的情况。"}),
    ]
    for client, step, data in ways:
        response = take(client, number, step, **data)
        assert response.status_code == 302, (step, texts(response))
        assert response.url == f"/staff/matters/{number}/"
    kinds = list(matter.events.order_by("seq").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind != "commented"] == [
        "received",
        "registered",
        "forwarded",
        "handover_accepted",
        "assigned",
        "accepted",
        "waiting_person",
        "person_answered",
        "hearing_opened",
        "hearing_closed",
        "extension_approved",
        "decided",
        "told",
        "closed",
        "reopened",
    ]
    assert {step for _client, step, _data in ways} < set(STEPS.by_name)


def test_two_returns_go_to_the_superior_who_says_who_deals_with_it(place: Place, browse: Browse) -> None:
    number = place.raised(at=ago(1)).matter.number
    petition = browse("petition")
    for organisation in ("water", "land"):
        offered = {
            "to_organisation": place.organisations[organisation].pk,
            "reason": "归你们管。",
            "clause": "三定方案第三条",
        }
        assert take(petition, number, "offer", **offered).status_code == 302
        assert take(browse(organisation), number, "return", reason="不归我们管。").status_code == 302
    assert "/offer/" not in texts(petition.get(f"/staff/matters/{number}/"))
    county = browse("county")
    assert "/fix/" in texts(county.get(f"/staff/matters/{number}/"))
    fixed = {"to_organisation": place.organisations["water"].pk, "reason": "由水利局办理。"}
    assert take(county, number, "fix", **fixed).status_code == 302
    matter = Matter.objects.get(number=number)
    assert state_of(matter, at=timezone.now()).holder_id == place.organisations["water"].pk


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("refuse", {"reason": "不属于。", "way": " "}, "way"),
        ("offer", {"to_organisation": "", "reason": "归你们。", "clause": "第三条"}, "to_organisation"),
        ("offer", {"to_organisation": "999999", "reason": "归你们。", "clause": "第三条"}, "to_organisation"),
        ("link", {"other": "0000000000", "kind": "same"}, "other"),
        ("minutes", {"kind": "inquiry", "on": "9999-12-31", "present": "户主", "words": "话"}, "on"),
        ("sort", {"topic": "price", "clauses": ["a|b|c"]}, "clauses"),
    ],
)
def test_a_refusal_stands_beside_its_field(
    place: Place, browse: Browse, step: str, data: dict[str, object], field: str
) -> None:
    number = place.raised(at=ago(1)).matter.number
    response = take(browse("petition"), number, step, **data)
    assert response.status_code == 422
    page = texts(response)
    form = page[page.index('method="post">') :]
    assert "errorlist" in form if field else "notice-bad" in form
    if field and field != "clauses":
        assert re.search(rf'id="id_{field}".*?errorlist', form, re.DOTALL)
    assert Matter.objects.get(number=number).events.count() == 1


def test_organisations_that_it_is_about_are_not_offered(place: Place, browse: Browse) -> None:
    number = place.raised(at=ago(1)).matter.number
    petition = browse("petition")
    assert "两河县水利局" in texts(petition.get(f"/staff/matters/{number}/offer/"))
    helper = f"{place.cadre.helper_no} {place.cadre.person.name}"
    assert take(petition, number, "subject", helper=helper, organisation="").status_code == 302
    page = texts(petition.get(f"/staff/matters/{number}/offer/"))
    assert "两河县水利局" not in page
    assert "两河县自然资源局" in page


def test_naming_ones_own_office_leads_away_from_the_matter(place: Place, browse: Browse) -> None:
    number = place.raised(at=ago(1)).matter.number
    petition = browse("petition")
    response = take(petition, number, "subject", helper="", organisation=place.organisations["petition"].pk)
    assert response.url == "/staff/matters/"
    assert petition.get(f"/staff/matters/{number}/").status_code == 404
    assert take(petition, number, "subject", helper="", organisation="").status_code == 404


def test_a_message_sent_twice_is_one(place: Place, browse: Browse) -> None:
    matter, key, clerk = with_bureau(place), uuid.uuid4(), browse("clerk")
    for _again in range(2):
        assert (
            take(clerk, matter.number, "write", key=key, words="下周去看。", notified_by="portal").status_code
            == 302
        )
    assert MatterMessage.objects.filter(matter=matter).count() == 1
    response = take(clerk, matter.number, "write", key=key, words="另一句话。", notified_by="portal")
    assert response.status_code == 422
    assert "已经提交过" in texts(response)


def test_only_ways_in_which_the_person_can_be_told_are_offered(place: Place, browse: Browse) -> None:
    unnamed = with_bureau(place, anonymous=True)
    named = with_bureau(place, people=(Complainant("李四", "13800001111"),))
    clerk = browse("clerk")
    ways = {
        matter: set(
            re.findall(
                r'name="notified_by" value="(\w+)"',
                texts(clerk.get(f"/staff/matters/{matter.number}/write/")),
            )
        )
        for matter in (unnamed, named)
    }
    assert ways[unnamed] == {"portal"}
    assert {"portal", "call"} <= ways[named]


def test_a_decision_needs_its_basis_and_stays_in_the_form(place: Place, browse: Browse) -> None:
    matter, clerk = with_bureau(place), browse("clerk")
    response = take(clerk, matter.number, "decide", **(OPINION | {"basis": []}))
    assert response.status_code == 422
    page = texts(response)
    assert "请写明依据" in page
    assert "经核查为土木结构。" in page
    assert not MatterDecision.objects.exists()


def test_a_change_of_the_register_is_of_the_household_that_was_opened(place: Place, browse: Browse) -> None:
    matter = place.by_household(at=ago(20)).matter
    hand_over.forward(
        matter.number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=ago(19)
    )
    take_on.accept_matter(matter.number, actor=place.actor("clerk"), at=ago(18))
    clerk = browse("clerk")
    sealed = texts(clerk.get(f"/staff/matters/{matter.number}/decide/"))
    assert 'name="remedy-household"' not in sealed
    assert "请先开启诉求人身份" in sealed
    given = OPINION | {
        "outcome": "supported",
        "remedy-1-kind": "quantity",
        "remedy-household": place.theirs.pk,
        "remedy-1-line_no": "L-1",
        "remedy-1-quantity": "88",
    }
    assert take(clerk, matter.number, "decide", **given).status_code == 422
    take(clerk, matter.number, "identity", reason="要更正登记。")
    opened = texts(clerk.get(f"/staff/matters/{matter.number}/decide/"))
    assert place.ours.household_no in opened
    assert place.theirs.household_no not in opened
    assert take(clerk, matter.number, "decide", **given).status_code == 422
    missing = take(
        clerk,
        matter.number,
        "decide",
        **(given | {"remedy-household": place.ours.pk, "remedy-1-quantity": ""}),
    )
    assert "第 1 处：还没有填数量" in texts(missing)
    assert (
        take(clerk, matter.number, "decide", **(given | {"remedy-household": place.ours.pk})).status_code
        == 302
    )
    assert place.ours.household_no not in texts(browse("lead").get(f"/staff/matters/{matter.number}/"))
    assert "/carry_out/" in texts(browse("lead").get(f"/staff/matters/{matter.number}/"))
    assert "/close/" not in texts(clerk.get(f"/staff/matters/{matter.number}/"))


def test_what_looks_alike_is_proposed_and_a_person_says_whether_it_is(place: Place, browse: Browse) -> None:
    words = "土木房的单价太低，重建不起，请提高单价。"
    mine = place.raised(words, at=ago(3), topic=Topic.PRICE).matter
    other = place.raised(f"{words}谢谢。", at=ago(2), topic=Topic.PRICE).matter
    place.raised("路没修完，孩子上学不便。", at=ago(2), topic=Topic.PRICE)
    petition = browse("petition")
    page = texts(petition.get(f"/staff/matters/{mine.number}/"))
    assert page.count('name="other"') == 2
    assert other.number in page
    assert "也许是同一件" not in texts(browse("county").get(f"/staff/matters/{mine.number}/"))
    assert take(petition, mine.number, "link", other=other.number, kind="different").status_code == 302
    assert MatterLink.objects.get().other == other
    assert "也许是同一件" not in texts(petition.get(f"/staff/matters/{mine.number}/"))
    assert state(other) == "received"


def test_the_letter_of_a_decision_names_nobody_who_was_not_opened(place: Place, browse: Browse) -> None:
    matter = with_bureau(place, people=(Complainant("李四", "13800001111"),), files=(("a.jpg", jpeg()),))
    clerk = browse("clerk")
    take(clerk, matter.number, "decide", **OPINION)
    for query in ({}, {"lang": "en"}, {"large": "1"}):
        response = clerk.get(f"/staff/matters/{matter.number}/opinions/1.pdf", query)
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    for position in (0, 2):
        assert clerk.get(f"/staff/matters/{matter.number}/opinions/{position}.pdf").status_code == 404
    assert browse("water").get(f"/staff/matters/{matter.number}/opinions/1.pdf").status_code == 404
    assert get_matter(place.actor("clerk"), matter.number, at=timezone.now()) == matter


def test_the_independent_caller_writes_down_what_the_person_says(place: Place, browse: Browse) -> None:
    matter = with_bureau(place)
    monitor = browse("monitor")
    assert take(monitor, matter.number, "verdict", verdict="resolved", satisfied="5").status_code == 409
    clerk = place.actor("clerk")
    converse.write_to_person(
        matter.number, uuid.uuid4(), "已答复。", NotificationChannel.CALL, actor=clerk, at=ago(2)
    )
    page = texts(monitor.get(f"/staff/matters/{matter.number}/"))
    assert "记下本人的评价" in page
    assert take(monitor, matter.number, "verdict", verdict="partly", satisfied="9").status_code == 422
    answer = take(monitor, matter.number, "verdict", verdict="partly", satisfied="3", words="说清楚了一半。")
    assert answer.status_code == 302
    said = matter.verdicts.get()
    assert (said.verdict, said.satisfied, said.by) == ("partly", 3, place.users["monitor"])
    assert (
        take(browse("clerk"), matter.number, "verdict", verdict="resolved", satisfied="5").status_code == 403
    )
