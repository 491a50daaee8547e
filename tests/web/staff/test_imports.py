"""A workbook handed in on the web: checked, its errors named, its differences shown, and only then entered."""

from __future__ import annotations

import io
import re

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from yixian.kernel.models import Event, Job, RecordRead
from yixian.registry.models import Household
from yixian.workbook.models import ImportBatch

PAGE = "/staff/imports/"


def texts(response) -> str:
    return response.content.decode()


def exported(client, on_commit) -> bytes:
    with on_commit(execute=True):
        client.post(f"{PAGE}export/")
    job = Job.objects.get(kind="workbook.export")
    assert job.state == "done", job.error
    return b"".join(client.get(f"{PAGE}export/{job.pk}.xlsx").streaming_content)


def hand_in(client, content: bytes, on_commit) -> ImportBatch:
    with on_commit(execute=True):
        response = client.post(PAGE, {"workbook": SimpleUploadedFile("登记.xlsx", content)})
    batch = ImportBatch.objects.latest("pk")
    assert response.url == f"{PAGE}{batch.pk}/"
    return batch


def with_cells(content: bytes, household: str = "YC00001", **cells: object) -> bytes:
    """The workbook with other values for a household, by the Chinese head of the column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["移民户"]
    heads = [cell.value for cell in sheet[1]]
    row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[0].value == household)
    for head, value in cells.items():
        row[heads.index(head)].value = value
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def test_a_changed_workbook_shows_its_differences_and_is_entered_once(
    browse, county, django_capture_on_commit_callbacks
) -> None:
    clerk, on_commit = browse("clerk"), django_capture_on_commit_callbacks
    content = with_cells(exported(clerk, on_commit), 住址="新街 8 号")
    batch = hand_in(clerk, content, on_commit)
    address = f"{PAGE}{batch.pk}/"
    page = texts(clerk.get(address))
    assert "住址：“河边 1 号”→“新街 8 号”" in page
    household = Household.objects.get(household_no="YC00001")
    assert household.address == "河边 1 号"
    assert "工作簿入库" in texts(clerk.get("/staff/"))
    with on_commit(execute=True):
        clerk.post(f"{address}commit/")
    household.refresh_from_db()
    assert household.address == "新街 8 号"
    with on_commit(execute=True):
        clerk.post(f"{address}commit/")
    page = texts(clerk.get(address))
    assert "已入库" in page
    assert "没有办成" not in page
    assert Event.objects.filter(kind="import.committed").count() == 1


def test_a_register_changed_meanwhile_shows_the_new_differences_and_the_decision(
    browse, county, django_capture_on_commit_callbacks
) -> None:
    clerk, on_commit = browse("clerk"), django_capture_on_commit_callbacks
    rest = exported(clerk, on_commit)
    mine = hand_in(clerk, with_cells(rest, 住址="新街 8 号"), on_commit)
    theirs = hand_in(clerk, with_cells(rest, 住址="老街 2 号"), on_commit)
    for batch in (theirs, mine):
        with on_commit(execute=True):
            clerk.post(f"{PAGE}{batch.pk}/commit/")
    page = texts(clerk.get(f"{PAGE}{mine.pk}/"))
    assert "请重新查看差异" in page
    assert "住址：“老街 2 号”→“新街 8 号”" in page
    assert "确认入库" in page
    with on_commit(execute=True):
        clerk.post(f"{PAGE}{mine.pk}/commit/")
    assert Household.objects.get(household_no="YC00001").address == "新街 8 号"


def test_an_error_is_named_by_sheet_row_and_column_and_nothing_is_entered(
    browse, county, django_capture_on_commit_callbacks
) -> None:
    clerk, on_commit = browse("clerk"), django_capture_on_commit_callbacks
    content = with_cells(with_cells(exported(clerk, on_commit), "YC00002", 住址="新街 9 号"), 帮扶难度=9)
    batch = hand_in(clerk, content, on_commit)
    page = texts(clerk.get(f"{PAGE}{batch.pk}/"))
    assert "1 处错误" in page
    assert re.search(r"移民户 第 \d+ 行 I 帮扶难度", page)
    assert page.index("帮扶难度") < page.index("除去有错的行，将有的变化") < page.index("各表行数")
    assert "确认入库" not in page
    assert "其余入库" in page
    report = b"".join(clerk.get(f"{PAGE}{batch.pk}/report.xlsx").streaming_content)
    assert "移民户" in openpyxl.load_workbook(io.BytesIO(report)).sheetnames
    with on_commit(execute=True):
        clerk.post(f"{PAGE}{batch.pk}/commit/")
    assert Household.objects.get(household_no="YC00001").difficulty != 9


def test_the_template_is_a_workbook(browse) -> None:
    content = b"".join(browse("clerk").get(f"{PAGE}template.xlsx").streaming_content)
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) > 6


def test_a_file_that_is_no_workbook_is_told_in_words(browse, django_capture_on_commit_callbacks) -> None:
    clerk = browse("clerk")
    batch = hand_in(clerk, b"not a workbook", django_capture_on_commit_callbacks)
    page = texts(clerk.get(f"{PAGE}{batch.pk}/"))
    assert "处错误" in page
    assert "确认入库" not in page


def test_handing_in_nothing_is_told_beside_the_field(browse) -> None:
    response = browse("clerk").post(PAGE)
    assert response.status_code == 422
    assert "请先选择工作簿" in texts(response)


def test_only_the_bureau_imports_and_exports(browse) -> None:
    for name in ("township", "cadre", "auditor", "admin"):
        assert browse(name).get(PAGE).status_code == 403
        assert browse(name).post(f"{PAGE}export/").status_code == 403


def test_an_export_belongs_to_who_asked_and_notes_every_household(
    browse, county, django_capture_on_commit_callbacks
) -> None:
    exported(browse("clerk"), django_capture_on_commit_callbacks)
    job = Job.objects.get(kind="workbook.export")
    assert browse("lead").get(f"{PAGE}export/{job.pk}.xlsx").status_code == 404
    assert RecordRead.objects.filter(what="workbook export").count() == len(county.households) + 1


def test_an_export_of_somebody_elses_kind_of_job_is_not_there(browse, county) -> None:
    job = Job.objects.create(kind="duty.pair", owner=county.users["clerk"], created_at="2026-03-01T00:00:00Z")
    assert browse("clerk").get(f"{PAGE}export/{job.pk}.xlsx").status_code == 404


def test_a_workbook_can_be_laid_aside(browse, django_capture_on_commit_callbacks) -> None:
    clerk = browse("clerk")
    batch = hand_in(clerk, b"not a workbook", django_capture_on_commit_callbacks)
    assert clerk.post(f"{PAGE}{batch.pk}/discard/").url == PAGE
    batch.refresh_from_db()
    assert batch.state == "discarded"
    assert Household.objects.count() == 13


def test_who_may_not_open_a_result_is_not_led_there(browse, county) -> None:
    clerk = county.users["clerk"]
    job = Job.objects.create(kind="duty.pair", owner=clerk, state="done", created_at="2026-03-01T00:00:00Z")
    assert "/staff/pairing/" in browse("clerk").get(f"/staff/jobs/{job.pk}/").content.decode()
    answer = browse("admin").get(f"/staff/jobs/{job.pk}/")
    assert (answer.status_code, "查看结果" in answer.content.decode()) == (200, False)
