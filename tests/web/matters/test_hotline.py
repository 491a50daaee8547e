"""热线清单: all calls of a list are taken in or none, every fault is named where it stands, and a list may be sent again."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place
from yixian.kernel.models import Job
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.models import Matter

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
Commit = Callable[..., AbstractContextManager[list[object]]]
PAGE = "/staff/matters/hotline/"
HEADS = "来件编号,来件时间,来电人,电话,地址/村,内容,类别"
CALLS = (
    "H1,2026-11-20 09:00,李四,13800001111,近溪镇近溪村一组,过渡费没有到账。,补偿",
    "H2,2026-11-21 09:00,,,远谷镇,路没修完。,生产生活",
    "H3,2026-11-22 09:00,王五,,天边,干部骂人。,干部作风",
)


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def hand_in(client: Client, commit: Commit, *rows: str) -> object:
    content = "\n".join((HEADS, *rows)).encode()
    with commit(execute=True):
        return client.post(PAGE, {"list": SimpleUploadedFile("list.csv", content)})


def kept_lists() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "lists"
    return list(folder.iterdir()) if folder.exists() else []


def test_every_call_becomes_a_matter_with_its_own_day(
    place: Place, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    petition = browse("petition")
    response = hand_in(petition, django_capture_on_commit_callbacks, *CALLS)
    job = Job.objects.get(kind="matters.list")
    assert response.url == f"/staff/jobs/{job.pk}/"
    assert (job.state, job.result) == ("done", {"calls": 3, "new": 3})
    first, second, third = (Matter.objects.get(text__matter__received_at__day=day) for day in (20, 21, 22))
    assert {row.channel for row in (first, second, third)} == {IntakeChannel.HOTLINE}
    assert first.area.name == "近溪村"
    assert first.people.get().name == "李四（近溪镇近溪村一组）"
    assert first.text.source_no == "H1"
    assert timezone.localtime(first.received_at).hour == 9
    assert (second.area.name, second.anonymous, second.people.count()) == ("远谷镇", True, 0)
    assert second.projection.topic == Topic.PUBLIC_WORKS
    assert third.about_official
    assert third.projection.holder == place.organisations["audit"]
    assert kept_lists() == []
    assert "3 个来件，其中新登记 3 件" in texts(petition.get(PAGE))
    assert "H1" not in str(job.arguments) + str(job.result)


def test_a_list_sent_again_adds_only_what_is_new(
    place: Place, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    petition = browse("petition")
    hand_in(petition, django_capture_on_commit_callbacks, *CALLS[:2])
    hand_in(petition, django_capture_on_commit_callbacks, *CALLS)
    assert Matter.objects.count() == 3
    assert Job.objects.latest("pk").result == {"calls": 3, "new": 1}


def test_of_a_list_with_a_fault_nothing_is_taken_in_and_each_fault_is_named(
    place: Place, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    bad = ("H8,9999-01-01 09:00,,123,,话,", "H1,2026-11-20 09:00,,,,,")
    response = hand_in(browse("petition"), django_capture_on_commit_callbacks, *CALLS, *bad)
    assert response.status_code == 422
    page = texts(response)
    for said in ("来件时间", "电话", "内容", "这个时间还没有到", "和第 2 行相同", "这一格必填"):
        assert said in page
    assert not Matter.objects.exists()
    assert not Job.objects.exists()
    assert kept_lists() == []


def test_a_number_with_other_words_is_a_fault(
    place: Place, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    petition = browse("petition")
    hand_in(petition, django_capture_on_commit_callbacks, CALLS[0])
    changed = CALLS[0].replace("过渡费没有到账。", "我改主意了。")
    response = hand_in(petition, django_capture_on_commit_callbacks, changed, CALLS[1])
    assert response.status_code == 422
    assert "登记过，内容不一样" in texts(response)
    too_long = CALLS[1].replace("路没修完。", "长" * 5001)
    assert "超过 5000 个字" in texts(hand_in(petition, django_capture_on_commit_callbacks, too_long))
    assert Matter.objects.count() == 1


def test_one_call_that_cannot_be_taken_in_undoes_all(
    place: Place, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    place.organisations["audit"].delete()
    place.organisations["monitor"].delete()
    hand_in(browse("petition"), django_capture_on_commit_callbacks, *CALLS)
    job = Job.objects.get()
    assert job.state == "failed"
    assert not Matter.objects.exists()
    assert kept_lists() == []


def test_nothing_and_no_list_at_all(
    place: Place, browse: Browse, django_capture_on_commit_callbacks: Commit
) -> None:
    petition = browse("petition")
    assert petition.post(PAGE).status_code == 422
    assert "里面没有来件" in texts(hand_in(petition, django_capture_on_commit_callbacks))
    binary = petition.post(PAGE, {"list": SimpleUploadedFile("x.xlsx", b"\x00\x01\x02" * 50)})
    assert binary.status_code == 422
    for who in ("finance", "county", "cadre", "monitor"):
        assert browse(who).get(PAGE).status_code == 403


def test_the_template_is_a_list_of_its_own_form(place: Place, browse: Browse) -> None:
    response = browse("petition").get(f"{PAGE}template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert [str(cell.value).rstrip("*") for cell in book.worksheets[0][1]] == HEADS.split(",")
