"""实物调查的页面: opened, teams formed, a device issued once, sheets looked at, compared and chosen; others see none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories import make_household, make_user
from tests.survey.yard import AT, Yard, make_yard, picture_content
from yixian.kernel.errors import Invalid
from yixian.kernel.models import RecordRead
from yixian.kernel.roles import Role
from yixian.survey.actions.note_refused_post import note_refused_post
from yixian.survey.actions.open_campaign import close_campaign
from yixian.survey.choices import SheetStatus
from yixian.survey.models import Campaign, FieldDevice, SheetSubmission, SurveyTeam, YardVisit
from yixian.survey.queries import device_with_secret
from yixian.survey.survey_progress import day_progress, village_progress

pytestmark = [pytest.mark.sqlite_enough, pytest.mark.django_db]
Browse = Callable[[str], Client]
BASE = "/staff/survey/"


@pytest.fixture
def yard(db: None, settings: Any, tmp_path: Path) -> Iterator[Yard]:
    """The county under survey, on its own day."""
    settings.MEDIA_ROOT = tmp_path
    with patch.object(timezone, "now", return_value=AT):
        yield make_yard()


@pytest.fixture
def browse(yard: Yard) -> Browse:
    """A browser in Chinese in which somebody has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(yard.users[name])
        return client

    return signed_in


def text(response: Any) -> str:
    return response.content.decode()


def number(name: str) -> int:
    return SheetSubmission.objects.get(instance_id=name).pk


def test_a_campaign_is_opened_and_closed(yard: Yard, browse: Browse) -> None:
    clerk = browse("clerk")
    form = {
        "area": yard.county.pk,
        "title": "第二次调查",
        "document": "云政发〔2026〕9号",
        "issuer": "云岭省人民政府",
        "issued_on": "2026-09-01",
        "cutoff_on": "2026-09-01",
        "first_day": "2026-11-01",
        "last_day": "2026-10-01",
    }
    assert clerk.post(f"{BASE}new/", form).status_code == 422
    assert clerk.post(f"{BASE}new/", form | {"last_day": "2026-12-01"}).status_code == 302
    campaign = Campaign.objects.get(title="第二次调查")
    page = text(clerk.get(f"{BASE}{campaign.pk}/"))
    assert "云政发〔2026〕9号" in page
    assert "正在调查" in page
    assert clerk.post(f"{BASE}{campaign.pk}/close/", {"reason": "重复"}).status_code == 302
    page = text(clerk.get(f"{BASE}{campaign.pk}/"))
    assert "已结束" in page or "结束" in page
    assert f"{BASE}{campaign.pk}/teams/new/" not in page
    listed = text(clerk.get(BASE))
    assert "第二次调查" in listed
    assert "实物调查" in listed


def test_a_team_is_of_two_organisations(yard: Yard, browse: Browse) -> None:
    clerk, own = browse("clerk"), f"{BASE}{yard.campaign.pk}/teams/new/"
    form = {
        "name": "二组",
        "measurer": "甲",
        "measurer_organisation": yard.bureau.pk,
        "second": "乙",
        "second_organisation": yard.bureau.pk,
        "languages": ["cmn", "hmd"],
        "has_woman": "on",
    }
    refused = clerk.post(own, form)
    assert refused.status_code == 422
    assert "两个单位" in text(refused)
    assert clerk.post(own, form | {"second_organisation": yard.institute.pk}).status_code == 302
    assert SurveyTeam.objects.get(name="二组").languages == "cmn,hmd"
    page = text(clerk.get(f"{BASE}{yard.campaign.pk}/"))
    assert "苗语" in page
    assert "有女同志" in page


def test_a_secret_is_on_one_page_and_ends_when_revoked(yard: Yard, browse: Browse) -> None:
    clerk, own = browse("clerk"), f"{BASE}teams/{yard.team.pk}/devices/new/"
    assert clerk.post(own, {"label": "平板", "days": 0}).status_code == 422
    issued = clerk.post(own, {"label": "平板", "days": 10})
    secret = issued.context["secret"]
    device = FieldDevice.objects.get(label="平板")
    assert secret in text(issued)
    assert "<svg" in text(issued)
    assert "no-store" in issued["Cache-Control"]
    assert device_with_secret(secret, at=AT) == device
    assert secret not in text(clerk.get(f"{BASE}{yard.campaign.pk}/"))
    assert clerk.post(f"{BASE}devices/{device.pk}/revoke/", {"reason": "丢失"}).status_code == 302
    assert device_with_secret(secret, at=AT) is None
    assert "已停用" in text(clerk.get(f"{BASE}{yard.campaign.pk}/"))


def test_a_sheet_shows_what_was_measured_and_what_is_wrong(yard: Yard, browse: Browse) -> None:
    yard.send("right")
    yard.send("unknown", household="H404")
    clerk = browse("clerk")
    page = text(clerk.get(f"{BASE}sheets/{number('right')}/"))
    assert "已收下" in page or "收下" in page
    assert "9 米" in page
    assert "18" in page  # nine long, two high
    assert "长 × 高" in page
    wrong = text(clerk.get(f"{BASE}sheets/{number('unknown')}/"))
    assert "本次调查的范围里没有户号 H404" in wrong
    assert "户号" in wrong
    listed = f"{BASE}{yard.campaign.pk}/sheets/?state={SheetStatus.SET_ASIDE}"
    assert "H404" in text(clerk.get(listed))
    assert yard.household.household_no not in text(clerk.get(listed))
    assert f"{BASE}sheets/{number('unknown')}/" in text(clerk.get("/staff/"))
    assert f"{BASE}sheets/{number('right')}/" not in text(clerk.get("/staff/"))


def test_progress_counts_each_household_once_and_days_are_planned(yard: Yard, browse: Browse) -> None:
    other = make_household(yard.household.area, "吴未")
    make_household(yard.household.area, "郑空")
    yard.send("one")
    yard.send("corrected", length="8", replaces="one")
    yard.send("waits", household=other.household_no, replaces="nowhere")
    campaign = yard.campaign
    assert [
        (row.name, row.households, row.measured, row.waiting, row.missing)
        for row in village_progress(campaign, on=AT.date())
    ] == [("近溪村", 3, 1, 1, 1)]
    assert [(row.on, row.taken, row.waiting, row.other) for row in day_progress(campaign)] == [
        (AT.date(), 1, 1, 1)
    ]
    clerk, own = browse("clerk"), f"{BASE}teams/{yard.team.pk}/days/new/"
    form = {"village_id": yard.village.pk, "on": "2026-11-06"}
    assert clerk.post(own, form | {"on": "2027-11-06"}).status_code == 422
    assert clerk.post(own, form | {"village_id": yard.other.pk}).status_code == 422
    assert clerk.post(own, form).status_code == 302
    page = text(clerk.get(f"{BASE}{campaign.pk}/progress/"))
    assert "2026-11-06" in page
    assert "近溪村" in page


def test_a_visit_is_noted_with_the_paper_of_who_stood_in(yard: Yard, browse: Browse) -> None:
    clerk, own = browse("clerk"), f"{BASE}teams/{yard.team.pk}/visits/new/"
    form = {
        "household_no": yard.household.household_no,
        "on": "2026-11-05",
        "outcome": "proxy",
        "representative": "周叔",
    }
    refused = clerk.post(own, form)
    assert refused.status_code == 422
    assert "拍下来" in text(refused)
    paper = SimpleUploadedFile("委托书.png", picture_content(), "image/png")
    assert clerk.post(own, form | {"paper": paper}).status_code == 302
    visit = YardVisit.objects.get()
    listed = text(clerk.get(f"{BASE}{yard.campaign.pk}/visits/"))
    assert "周叔" in listed
    assert f"{BASE}papers/{visit.pk}/" in listed
    assert clerk.get(f"{BASE}papers/{visit.pk}/")["Content-Type"] == "image/jpeg"
    assert browse("stranger").get(f"{BASE}papers/{visit.pk}/").status_code == 404


def test_a_picture_is_shown_and_kept_by_no_cache(yard: Yard, browse: Browse) -> None:
    picture = yard.send("right").submission.attachments.get()
    shown = browse("clerk").get(f"{BASE}pictures/{picture.pk}/")
    assert shown["Content-Type"] == "image/png"
    assert shown["Cache-Control"] == "no-store"
    assert shown.content.startswith(b"\x89PNG")


def test_the_lead_compares_two_sheets_and_chooses_with_a_reason(yard: Yard, browse: Browse) -> None:
    yard.send("first")
    yard.send("second", length="8")
    lead, own = browse("lead"), f"{BASE}sheets/{number('second')}/"
    assert f"{BASE}sheets/{number('first')}/" in text(lead.get("/staff/"))
    assert BASE + "sheets/" not in text(browse("clerk").get("/staff/"))
    compared = text(lead.get(f"{BASE}sheets/{number('first')}/against/{number('second')}/"))
    assert "9 米" in compared
    assert "8 米" in compared
    assert compared.count("不一样") == 3  # length, quantity, and the figure above
    assert browse("clerk").post(f"{own}choose/", {"reason": "复量"}).status_code == 403
    assert lead.post(f"{own}choose/", {"reason": ""}).status_code == 422
    assert lead.post(f"{own}choose/", {"reason": "复量过"}).status_code == 302
    assert (yard.status("first"), yard.status("second")) == (SheetStatus.NOT_CHOSEN, SheetStatus.TAKEN)
    assert "复量过" in text(lead.get(own))
    assert BASE + "sheets/" not in text(lead.get("/staff/"))


def read(yard: Yard) -> list[tuple[str, str]]:
    """What was noted of the household, the earliest first."""
    rows = RecordRead.objects.filter(household_id=yard.household.pk).order_by("pk")
    return list(rows.values_list("what", "role"))


def test_whoever_looks_at_a_sheet_is_noted(yard: Yard, browse: Browse) -> None:
    picture = yard.send("first").submission.attachments.get()
    yard.send("second", length="8")
    yard.send("unknown", household="H404")
    lead = browse("lead")
    lead.get(f"{BASE}sheets/{number('unknown')}/")
    lead.get(f"{BASE}{yard.campaign.pk}/sheets/")
    assert read(yard) == []
    lead.get(f"{BASE}sheets/{number('first')}/against/{number('second')}/")
    lead.get(f"{BASE}pictures/{picture.pk}/")
    expected = [("survey sheet", "bureau_lead"), ("picture of a survey sheet", "bureau_lead")]
    assert read(yard) == expected
    assert browse("stranger").get(f"{BASE}pictures/{picture.pk}/").status_code == 404
    assert read(yard) == expected


def test_a_file_of_sheets_or_visits_is_noted_once_of_each_household(yard: Yard, browse: Browse) -> None:
    yard.send("first")
    yard.send("second", length="8")
    yard.send("unknown", household="H404")
    clerk = browse("clerk")
    form = {"household_no": yard.household.household_no, "on": "2026-11-05", "outcome": "measured"}
    for _time in range(2):
        assert clerk.post(f"{BASE}teams/{yard.team.pk}/visits/new/", form).status_code == 302
    for name in ("sheets", "visits"):
        file = clerk.get(f"{BASE}{yard.campaign.pk}/{name}/export.csv")
        assert "周正" in b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [what for what, _role in read(yard)] == ["list of survey sheets", "list of survey visits"]
    assert RecordRead.objects.count() == 2


def test_only_who_may_revoke_a_device_is_offered_it(yard: Yard, browse: Browse) -> None:
    yard.users["auditor"] = make_user(Role.AUDITOR, area_path=yard.county.path)
    own, revoke = f"{BASE}{yard.campaign.pk}/", f"{BASE}devices/{yard.device.pk}/revoke/"
    assert revoke not in text(browse("auditor").get(own))
    assert "手机1" in text(browse("auditor").get(own))
    assert revoke in text(browse("clerk").get(own))
    assert "停用一组的手机1" in text(browse("clerk").get(own))
    close_campaign(yard.campaign.pk, "外业完成", actor=yard.actor("clerk"), at=AT)
    assert revoke in text(browse("clerk").get(own))
    assert browse("clerk").post(revoke, {"reason": "丢失"}).status_code == 302
    assert revoke not in text(browse("clerk").get(own))


def test_the_campaign_says_how_many_refused_posts_are_not_shown(yard: Yard, browse: Browse) -> None:
    clerk, own = browse("clerk"), f"{BASE}{yard.campaign.pk}/"
    for count in range(20):
        note_refused_post(yard.device, Invalid("sheet.unreadable", "坏了"), b"%d" % count, b"", at=AT)
    page = text(clerk.get(own))
    assert page.count("坏了") == 20
    assert "设备上会留着，直到重新发来并收下" in page
    assert "这里没有列出来" not in page
    for count in range(20, 23):
        note_refused_post(yard.device, Invalid("sheet.unreadable", "坏了"), b"%d" % count, b"", at=AT)
    page = text(clerk.get(own))
    assert page.count("坏了") == 20
    assert "还有更早的 3 次，这里没有列出来" in page


def test_progress_says_taken_where_a_sheet_was_taken(yard: Yard, browse: Browse) -> None:
    page = text(browse("clerk").get(f"{BASE}{yard.campaign.pk}/progress/"))
    assert "有表收下的户" in page
    assert "量完的户" not in page


def test_a_sheet_that_is_not_linked_is_not_compared(yard: Yard, browse: Browse) -> None:
    yard.send("one")
    yard.send("unknown", household="H404")
    address = f"{BASE}sheets/{number('one')}/against/{number('unknown')}/"
    assert browse("lead").get(address).status_code == 404


def test_others_see_none_of_it(yard: Yard, browse: Browse) -> None:
    picture = yard.send("right").submission.attachments.get()
    addresses = (
        f"{yard.campaign.pk}/",
        f"{yard.campaign.pk}/sheets/",
        f"{yard.campaign.pk}/close/",
        f"{yard.campaign.pk}/teams/new/",
        f"{yard.campaign.pk}/progress/",
        f"{yard.campaign.pk}/visits/",
        f"teams/{yard.team.pk}/visits/new/",
        f"teams/{yard.team.pk}/days/new/",
        f"teams/{yard.team.pk}/devices/new/",
        f"devices/{yard.device.pk}/revoke/",
        f"sheets/{number('right')}/",
        f"sheets/{number('right')}/choose/",
        f"pictures/{picture.pk}/",
    )
    for address in addresses:
        assert browse("stranger").get(BASE + address).status_code == 404, address
        assert browse("cadre").get(BASE + address).status_code == 403, address
    assert "实物调查" not in text(browse("stranger").get(BASE)).partition("<main")[2].partition("<tbody")[2]
