"""A workbook that decides what is paid, on the pages: proposed by one with a document, entered when another agrees."""

from __future__ import annotations

import io

import openpyxl

from tests.web.staff.test_imports import PAGE, exported, hand_in, texts
from yixian.inventory.models import InventoryItem
from yixian.kernel.models import Job
from yixian.registry.models import ProposedChange
from yixian.workbook.models import ImportBatch

PAPER = {"document_no": "复核单1号", "document_date": "2026-11-01", "reason": "复核丈量"}


def measured_anew(content: bytes) -> tuple[bytes, str]:
    """The workbook with another quantity in its first line, and the number of that line."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    line, _household, _code, quantity = book["实物指标"][3][:4]
    quantity.value = "77.5"
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue(), str(line.value)


def test_one_hands_in_and_another_agrees(browse, county, django_capture_on_commit_callbacks) -> None:
    clerk, lead, on_commit = browse("clerk"), browse("lead"), django_capture_on_commit_callbacks
    content, line = measured_anew(exported(clerk, on_commit))
    batch = hand_in(clerk, content, on_commit)
    page = texts(clerk.get(f"{PAGE}{batch.pk}/"))
    assert "须由另一人同意" in page
    assert "确认入库" not in page
    assert clerk.post(f"{PAGE}{batch.pk}/commit/").status_code == 409
    assert not Job.objects.filter(kind="workbook.commit").exists()
    assert clerk.get(f"{PAGE}{batch.pk}/propose/").status_code == 200
    assert clerk.post(f"{PAGE}{batch.pk}/propose/", {**PAPER, "document_no": ""}).status_code == 422
    done = clerk.post(f"{PAGE}{batch.pk}/propose/", PAPER)
    change = ProposedChange.objects.get()
    assert done.url == f"/staff/changes/{change.pk}/"
    own = texts(clerk.get(done.url))
    assert "77.5" in own
    assert f"{done.url}agree/" not in own
    assert "复核拟变更" not in texts(clerk.get("/staff/"))
    assert clerk.post(f"{done.url}agree/").status_code == 403

    assert "复核拟变更" in texts(lead.get("/staff/"))
    assert "复核单1号" in texts(lead.get("/staff/changes/"))
    assert f"{done.url}agree/" in texts(lead.get(done.url))
    with on_commit(execute=True):
        assert lead.post(f"{done.url}agree/").status_code == 302
    assert str(InventoryItem.objects.get(line_no=line, valid_until=None).quantity.normalize()) == "77.5"
    assert "已入库" in texts(clerk.get(f"{PAGE}{batch.pk}/"))


def test_a_lead_alone_is_as_alone_as_a_clerk(browse, county, django_capture_on_commit_callbacks) -> None:
    lead, on_commit = browse("lead"), django_capture_on_commit_callbacks
    content, line = measured_anew(exported(lead, on_commit))
    batch = hand_in(lead, content, on_commit)
    address = lead.post(f"{PAGE}{batch.pk}/propose/", PAPER).url
    page = texts(lead.get(address))
    assert "须由另一人同意" in page
    assert lead.post(f"{address}agree/").status_code == 422
    assert str(InventoryItem.objects.get(line_no=line, valid_until=None).quantity.normalize()) != "77.5"
    assert lead.post(f"{address}withdraw/", {"note": "写错了"}).status_code == 302
    assert ProposedChange.objects.get().outcome == "withdrawn"


def test_what_can_no_longer_be_is_said_to_both_and_taken_back(
    browse, county, django_capture_on_commit_callbacks
) -> None:
    clerk, lead, on_commit = browse("clerk"), browse("lead"), django_capture_on_commit_callbacks
    content, _line = measured_anew(exported(clerk, on_commit))
    batch = hand_in(clerk, content, on_commit)
    address = clerk.post(f"{PAGE}{batch.pk}/propose/", PAPER).url
    for reader in (clerk, lead):
        assert "已经办不成了" not in texts(reader.get(address))
    ImportBatch.objects.filter(pk=batch.pk).update(state="discarded")
    for reader in (clerk, lead):
        page = texts(reader.get(address))
        assert "已经办不成了" in page
        assert "等待第二人" not in page
    assert f"{address}refuse/" in texts(lead.get(address))
    assert clerk.post(f"{address}withdraw/", {"note": "工作簿已作废"}).status_code == 302
    assert "已经办不成了" not in texts(clerk.get(address))
    assert ProposedChange.objects.get().outcome == "withdrawn"
