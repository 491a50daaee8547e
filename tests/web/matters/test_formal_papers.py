"""公文: drafted from the matter's own facts, reviewed by a second person, issued under numbers without a gap, delivered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from tests.matters.place import Place
from tests.matters.test_handling import OPINION
from yixian.kernel.errors import NotFound, Refused
from yixian.matters.actions import decide, hand_over, take_on
from yixian.matters.actions import issue_paper as papers
from yixian.matters.models import FormalPaper, Matter, PaperNumber
from yixian.matters.paper.formal import formal_document
from yixian.matters.queries.formal_papers import get_paper, missing_papers, papers_to_issue, papers_to_review
from yixian.registry.models import Organisation

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def accepted(place: Place) -> Matter:
    """A matter that the bureau accepted."""
    matter = place.raised("水沟堵了，下雨就淹。", at=ago(9)).matter
    bureau = place.organisations["bureau"].pk
    hand_over.forward(matter.number, bureau, "", actor=place.actor("petition"), at=ago(8))
    take_on.accept_matter(matter.number, actor=place.actor("clerk"), at=ago(7))
    return matter


def issued(place: Place, matter: Matter, kind: str, at: datetime) -> PaperNumber:
    with override("zh-hans"):
        draft = papers.draft_paper(matter.number, kind, "正文。", actor=place.actor("clerk"), at=at)
    papers.review_paper(draft.pk, actor=place.actor("lead"), at=at)
    return papers.issue_paper(draft.pk, "两移", actor=place.actor("lead"), at=at)


def test_a_notice_goes_from_draft_to_delivery_on_the_pages(place: Place, browse: Browse) -> None:
    matter, clerk, lead = accepted(place), browse("clerk"), browse("lead")
    address = f"/staff/matters/papers/new/{matter.number}/acceptance/"
    assert address in texts(clerk.get(f"/staff/matters/{matter.number}/"))
    form = texts(clerk.get(address))
    assert "经审查，于2026年11月19日决定予以受理" in form
    assert "《信访工作条例》第三十四条" in form
    assert "我单位于2026年11月18日收到" in form  # when it was forwarded, and not when it was raised elsewhere
    clerk.post(address, {"words": "经审查，决定予以受理。\n第二段。"})
    paper = FormalPaper.objects.get()
    own = f"/staff/matters/papers/{paper.pk}/"
    assert "等这几位中的一位办理" in texts(clerk.get(own))
    assert address not in texts(clerk.get(f"/staff/matters/{matter.number}/"))
    assert clerk.post(f"{own}review/").status_code == 422
    assert "审签公文" in texts(lead.get("/staff/"))
    lead.post(f"{own}review/")
    assert "签发公文" in texts(lead.get("/staff/"))
    lead.post(f"{own}issue/", {"code": "两移"})
    assert "两移〔2026〕1号" in texts(clerk.get(own))
    assert "送达公文" in texts(clerk.get("/staff/"))
    assert clerk.post(f"{own}deliver/", {"on": "2026-11-25", "way": "in_person"}).status_code == 422
    clerk.post(f"{own}deliver/", {"on": "2026-11-26", "way": "in_person"})
    assert "直接送达" in texts(clerk.get(own))
    assert "已送达" in texts(browse("petition").get(f"/staff/matters/{matter.number}/"))
    assert b"".join(clerk.get(f"/staff/matters/papers/{paper.pk}.pdf")).startswith(b"%PDF")
    for other in ("petition", "water", "county"):
        assert browse(other).get(own).status_code == 404


def test_numbers_have_no_gap_and_are_never_given_again(place: Place) -> None:
    first, second = (issued(place, accepted(place), "acceptance", ago(1)) for _n in range(2))
    assert [(one.year, one.number) for one in (first, second)] == [(2026, 1), (2026, 2)]
    returned = papers.draft_paper(
        accepted(place).number, "acceptance", "错了。", actor=place.actor("clerk"), at=ago(1)
    )
    papers.return_paper(returned.pk, "改称谓", actor=place.actor("lead"), at=ago(1))
    with pytest.raises(Refused):
        papers.issue_paper(returned.pk, "两移", actor=place.actor("lead"), at=ago(1))
    assert issued(place, accepted(place), "acceptance", ago(1)).number == 3
    next_year = ago(1) + timedelta(days=60)
    assert issued(place, accepted(place), "acceptance", next_year).number == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperNumber.objects.filter(pk=first.pk).delete()


def test_what_is_returned_can_be_drafted_anew_and_nobody_issues_their_own(place: Place) -> None:
    matter, clerk, lead = accepted(place), place.actor("clerk"), place.actor("lead")
    draft = papers.draft_paper(matter.number, "acceptance", "一。", actor=lead, at=ago(2))
    with pytest.raises(NotFound):
        papers.draft_paper(matter.number, "acceptance", "又。", actor=clerk, at=ago(2))
    with pytest.raises(Refused, match="nobody approves"):
        papers.review_paper(draft.pk, actor=lead, at=ago(2))
    papers.review_paper(draft.pk, actor=clerk, at=ago(2))
    assert not papers_to_issue(lead, at=ago(1)).count()
    with pytest.raises(Refused, match="nobody approves"):
        papers.issue_paper(draft.pk, "两移", actor=lead, at=ago(2))
    assert not papers_to_review(clerk, at=ago(1)).count()


def test_each_step_has_its_paper(place: Place) -> None:
    matter = accepted(place)
    petition, clerk = place.actor("petition"), place.actor("clerk")
    assert [str(kind) for kind, _seq in missing_papers(petition, matter, at=ago(1))] == [
        "forwarding",
        "assignment",
    ]
    decide.decide(matter.number, OPINION, actor=clerk, at=ago(3))
    assert [str(kind) for kind, _seq in missing_papers(clerk, matter, at=ago(1))] == [
        "acceptance",
        "decision",
    ]
    with override("zh-hans"):
        letter = papers.draft_paper(matter.number, "forwarding", "现转送你单位。", actor=petition, at=ago(1))
        data = formal_document(get_paper(petition, letter.pk, at=ago(0)), []).data
    assert (data["organisation"], data["title"], data["addressee"]) == (
        "两河县信访局",
        "转送函",
        "两河县移民局",
    )
    assert not missing_papers(petition, matter, at=ago(0))
    assert not missing_papers(place.actor("monitor"), matter, at=ago(0))


def test_whoever_holds_the_receipt_reads_what_was_delivered_and_nothing_else(place: Place) -> None:
    matter = accepted(place)
    bureau = place.organisations["bureau"]
    Organisation.objects.filter(pk=bureau.pk).update(phone="0870-5550100", hours="周一至周五 8:30–17:30")
    number = issued(place, matter, "acceptance", ago(2))
    asked = {"code": matter.code, "do": "paper", "paper": str(number.paper_id)}
    stranger = Client()
    assert "送给您的文书" not in texts(stranger.post("/status/", {"code": matter.code}))
    assert stranger.post("/status/", asked).status_code == 404
    papers.deliver_paper(number.paper_id, ago(1).date(), "in_person", actor=place.actor("clerk"), at=ago(0))
    page = texts(stranger.post("/status/", {"code": matter.code}))
    assert "受理告知书" in page
    assert "两移〔2026〕1号" in page
    assert "直接送达" in page
    assert stranger.post("/status/", asked).content.startswith(b"%PDF")
    other = accepted(place)
    assert stranger.post("/status/", asked | {"code": other.code}).status_code == 404
    draft = papers.draft_paper(other.number, "acceptance", "一。", actor=place.actor("clerk"), at=ago(0))
    assert "送给您的文书" not in texts(stranger.post("/status/", {"code": other.code}))
    data = formal_document(get_paper(place.actor("clerk"), draft.pk, at=ago(0)), []).data
    assert data["contact"] == f"{bureau.label} · 电话 0870-5550100 · 周一至周五 8:30–17:30"
