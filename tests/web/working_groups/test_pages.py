"""工作组的页面: the whole way with forms and buttons, each page in few statements, and nothing for those who may not look."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from tests.kernel.received.pictures import jpeg
from tests.web.working_groups.conftest import Browse
from tests.working_groups.county import CHARGE, PRICE, WALL, County
from tests.working_groups.test_signals import secrets
from yixian.kernel.models import Job
from yixian.matters.models import MatterMessage
from yixian.revisions.actions.compare_revision import compare_revision
from yixian.revisions.models import Revision
from yixian.working_groups.actions.open_group import open_for_signal
from yixian.working_groups.models import (
    CheckResult,
    GroupReport,
    ReportReply,
    SampledHousehold,
    Signal,
    WorkingGroup,
)
from yixian.working_groups.signals.detecting import detect

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/staff/groups/": 26,
    "/staff/groups/signals/{signal}/": 22,
    "/staff/groups/{group}/": 62,
    "/staff/groups/{group}/sample/": 34,
    "/staff/groups/{group}/report/": 26,
    "/changes/": 24,
    "/changes/{group}/": 40,
}
"""At most so many statements for a page, however many households there are."""


def posted(client, path: str, **data: object):
    """Post a form and come back to a page."""
    response = client.post(path, data, follow=True)
    assert response.status_code == 200, (path, response.status_code, response.content.decode()[:3000])
    return response


def test_the_whole_way_with_forms_and_buttons(county: County, browse: Browse) -> None:
    now = timezone.now()
    county.anonymous(at=now - timedelta(weeks=26), clauses=())
    county.all_raised(at=now)
    detect(at=now)
    signal = Signal.objects.get()
    clerk, surveyor = browse("clerk"), browse("surveyor")
    assert f"/staff/groups/signals/{signal.pk}/" in clerk.get("/staff/groups/").content.decode()
    page = posted(
        clerk,
        f"/staff/groups/signals/{signal.pk}/open/",
        title_zh="土木房单价核查",
        question_zh="够不够重建？",
        prices=[f"{WALL}|rural"],
        organisations=[str(county.organisations["water"].pk)],
    )
    group = WorkingGroup.objects.get()
    here = f"/staff/groups/{group.pk}/"
    assert page.redirect_chain[-1][0] == here
    assert "三江县水利局" in page.content.decode()
    posted(clerk, f"{here}announce/", seed_source="下一期开奖号码", margin="10")
    posted(clerk, f"{here}draw/", seed="03 11 17")
    rows = list(SampledHousehold.objects.order_by("order"))
    posted(clerk, f"{here}assign/", sampled=[row.pk for row in rows], user=county.users["surveyor"].pk)
    assert surveyor.get("/staff/groups/checks/").content.decode().count("/staff/groups/checks/") >= len(rows)
    for number, row in enumerate(rows):
        form = surveyor.get(f"/staff/groups/checks/{row.pk}/").content.decode()
        line = row.household.items.get()
        assert f"{line.quantity:f}"[:3] not in re.sub(r"<[^>]+>", " ", form.split("<form")[1])
        found = re.search(r'name="key" value="([^"]+)"', form)
        assert found is not None
        posted(
            surveyor,
            f"/staff/groups/checks/{row.pk}/",
            key=found[1],
            outcome="done",
            checked_on=timezone.localdate().isoformat(),
            rebuild=str(420 + number),
            timber="1,850",
            wage="260",
            photos=io.BytesIO(jpeg()) if number == 0 else "",
            **{f"measure-{line.line_no}": f"{line.quantity:f}"},
        )
    assert CheckResult.objects.count() == len(rows)
    assert CheckResult.objects.get(sampled=rows[0]).photos.count() == 1
    posted(clerk, f"{here}checked/")
    posted(
        clerk,
        f"{here}draft/",
        title_zh="关于调整土木结构房屋补偿单价的决定",
        issuer="县人民政府",
        reason="重建不够。",
        valid_from=timezone.localdate().isoformat(),
        **{f"{WALL}|rural": "420"},
    )
    revision = Revision.objects.get()
    compare_revision(revision.pk, actor=county.actor("clerk"), at=timezone.now())
    posted(clerk, f"{here}seen/")
    posted(clerk, f"{here}freeze/", options="一、调价；二、维持。")
    pdf = clerk.get(f"{here}report/1.pdf")
    assert b"".join(pdf).startswith(b"%PDF") if pdf.streaming else pdf.content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(f"{here}report/1.xlsx").content))
    assert len(book.sheetnames) == 7
    posted(
        clerk,
        f"{here}send/",
        number="1",
        kind="owner",
        name="水电公司",
        sent_on=timezone.localdate().isoformat(),
        reply_days="20",
    )
    dispatch = GroupReport.objects.get().dispatches.get()
    posted(
        clerk,
        f"{here}replies/{dispatch.pk}/",
        received_on=timezone.localdate().isoformat(),
        verdict="agree",
        words="同意。",
        number="函1号",
        scan=io.BytesIO(jpeg()),
    )
    reply = ReportReply.objects.get()
    assert clerk.get(f"{here}letters/{reply.pk}.jpg")["Content-Type"] == "image/jpeg"
    page = posted(clerk, f"{here}replies/")
    assert "去看修订" in page.content.decode()


def test_answering_is_a_job_asked_for_once_and_again(
    county: County, group: WorkingGroup, answered: dict[str, int], browse: Browse
) -> None:
    before = MatterMessage.objects.count()
    asked = browse("clerk").post(f"/staff/groups/{group.pk}/answer/")
    assert "发出的答复收不回来" in asked.content.decode()
    assert not Job.objects.filter(kind="working_groups.answer").exists()
    response = browse("clerk").post(f"/staff/groups/{group.pk}/answer/", {"confirmed": "yes"})
    job = Job.objects.get(kind="working_groups.answer")
    assert response["Location"] == f"/staff/jobs/{job.pk}/"
    assert job.arguments == {"group_id": group.pk}
    assert MatterMessage.objects.count() == before


@pytest.mark.parametrize("path", sorted(BUDGETS))
def test_pages_keep_their_budget(
    county: County,
    group: WorkingGroup,
    replied: None,
    browse: Browse,
    path: str,
    django_assert_max_num_queries,
) -> None:
    client = browse("clerk")
    address = path.format(group=group.pk, signal=group.signal_id)
    client.get(address)
    with django_assert_max_num_queries(BUDGETS[path]):
        assert client.get(address).status_code == 200


def test_readers_see_the_group_and_no_way_to_change_it(
    county: County, group: WorkingGroup, checked: None, browse: Browse
) -> None:
    for name in ("leader", "auditor", "monitor", "finance"):
        page = browse(name).get(f"/staff/groups/{group.pk}/").content.decode()
        assert "土木结构房屋单价核查" in page
        assert 'action="/staff/groups/' not in page or name == "leader"
        for text in secrets(county):
            assert text not in page
    for name in ("petition", "township", "cadre", "surveyor", "admin", "member"):
        assert browse(name).get(f"/staff/groups/{group.pk}/").status_code == 403
    assert browse("").get(f"/staff/groups/{group.pk}/").status_code == 302


def test_a_refusal_is_said_and_changes_nothing(county: County, group: WorkingGroup, browse: Browse) -> None:
    page = browse("clerk").post(f"/staff/groups/{group.pk}/close/")
    assert page.status_code == 409
    assert "前面还有一步没有办。" in page.content.decode()
    page = browse("clerk").post(f"/staff/groups/{group.pk}/draw/", {"seed": "1"})
    assert page.status_code == 409
    assert "先公告种子取自哪里。" in page.content.decode()
    assert group.steps.count() == 1


def test_what_is_typed_wrong_stays_and_is_named(
    county: County, group: WorkingGroup, checked: None, browse: Browse
) -> None:
    response = browse("clerk").post(
        f"/staff/groups/{group.pk}/draft/",
        {
            "title_zh": "决定",
            "issuer": "县政府",
            "reason": "不够",
            "valid_from": timezone.localdate().isoformat(),
            f"{WALL}|rural": "四百二十三点",
        },
    )
    assert response.status_code == 422
    assert "四百二十三点" in response.content.decode()
    assert Revision.objects.count() == 0


def test_a_sheet_is_taken_along(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold], browse: Browse
) -> None:
    rows = drawn
    client = browse("clerk")
    response = client.get(f"/staff/groups/{group.pk}/sheet.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(response.content)).active.max_row == len(rows) + 1
    page = client.post(f"/staff/groups/{group.pk}/sheet/", {"file": io.BytesIO(b"rubbish")})
    assert page.status_code == 422
    assert "这不是核查工作簿。" in page.content.decode()


def test_both_languages_are_whole(county: County, group: WorkingGroup, replied: None, browse: Browse) -> None:
    """English pages hold no Chinese but what people typed and what places and documents are called."""
    client = browse("clerk")
    client.cookies["django_language"] = "en"
    for path in ("/staff/groups/", f"/staff/groups/{group.pk}/", f"/staff/groups/{group.pk}/sample/"):
        page = client.get(path).content.decode()
        assert "Working groups" in page
        assert "工作组" not in page


def test_the_leads_own_group_has_a_page(county: County, browse: Browse) -> None:
    form = browse("lead").get("/staff/groups/new/").content.decode()
    assert "danjiangkou-2009|D2009-215|table-rural" in form
    page = posted(
        browse("lead"),
        "/staff/groups/new/",
        area=county.area.pk,
        clause="danjiangkou-2009|D2009-215|table-rural",
        basis="县长办公会决定",
        since=timezone.localdate().isoformat(),
        title_zh="核查",
        question_zh="够不够？",
    )
    assert "县长办公会决定" in page.content.decode()
    assert len(WorkingGroup.objects.get().prices) > 1


def test_only_one_group_for_a_signal(county: County, signal: Signal, browse: Browse) -> None:
    open_for_signal(signal.pk, CHARGE, actor=county.actor("lead"), at=timezone.now())
    response = browse("clerk").post(
        f"/staff/groups/signals/{signal.pk}/open/",
        {"title_zh": "再来", "question_zh": "？", "prices": [f"{PRICE[0]}|{PRICE[1]}"]},
    )
    assert response.status_code == 422
    assert "已经为此组建了工作组。" in response.content.decode()
