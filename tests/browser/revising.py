"""修订走一遍: the steps from a draft to every account anew, in a browser, with what each page must show on the way."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.visits import Visitor

WORK_MS = 300_000
"""How long the worker may take over a comparison or an adoption."""

PHONE = 390


def press(page: Page, name: str) -> None:
    """Press a button by its exact words."""
    page.get_by_role("button", name=name, exact=True).click()


def finished(page: Page) -> None:
    """Wait on the job's page until the worker has done it."""
    page.wait_for_url("**/staff/jobs/*/")
    expect(page.locator("main progress")).to_have_count(0, timeout=WORK_MS)
    expect(page.locator("main")).to_contain_text("已办好", timeout=WORK_MS)


def price_corrected(page: Page, path: str, price: str, yuan: str) -> None:
    """Change the draft's price on the revision's own page; what is no number is said at its field."""
    page.goto(path)
    page.get_by_role("link", name="改单价").click()
    field = page.locator(f"[name='{price}']")
    field.fill("四百")
    page.click("main form .btn-primary")
    expect(page.locator(f"[id='{price}-fault']")).to_be_visible()
    field.fill(yuan)
    page.click("main form .btn-primary")
    expect(page.locator("[data-label='改后（元）']")).to_have_text(yuan.rstrip("0"))


def compared(clerk: Visitor, path: str, item: str) -> None:
    """Look at what it would do, for everybody."""
    clerk.go(path)
    press(clerk.page, "看看会带来什么变化")
    finished(clerk.page)
    clerk.go(path)
    clerk.page.get_by_role("link", name="按地方、项目和科目").click()
    expect(clerk.page.locator("figure.chart")).to_have_count(2)
    expect(clerk.page.locator("main")).to_contain_text(item)
    clerk.page.get_by_role("link", name="逐户看").click()
    clerk.page.locator("tbody a").first.click()
    expect(clerk.page.locator("main")).to_contain_text(item)


def evidence_is_taken_along(clerk: Visitor, path: str) -> None:
    """The evidence comes as a workbook and on paper."""
    clerk.go(path)
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="下载 Excel").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert {"按乡镇", "按村"} <= set(book.sheetnames)
    paper = clerk.page.request.get(f"{path}effects.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")


def decided_by_two(clerk: Visitor, lead: Visitor, leader: Visitor, path: str, number: str) -> None:
    """Two people who did not draft it approve; neither can do it alone, and who drafted it is not even asked."""
    clerk.go(path)
    press(clerk.page, "提请审定")
    expect(clerk.page.get_by_role("button", name="第一人同意")).to_have_count(0)
    lead.go(path)
    press(lead.page, "第一人同意")
    expect(lead.page.locator("main")).to_contain_text("全部账目合计")
    press(lead.page, "第一人同意")
    expect(lead.page.locator("main")).to_contain_text("由另一人审定")
    expect(lead.page.locator("[name=number]")).to_have_count(0)
    leader.go(path)
    leader.page.fill("[name=number]", number)
    press(leader.page, "审定")
    expect(leader.page.locator("main")).to_contain_text("全部账目合计")
    press(leader.page, "审定")
    expect(leader.page.locator("main")).to_contain_text(number)


def adopted(clerk: Visitor, path: str) -> None:
    """Calculate every account under it and see what came of it, in any order, on the phone too."""
    clerk.go(path)
    press(clerk.page, "按它重算全部账目")
    finished(clerk.page)
    clerk.go(path)
    clerk.page.get_by_role("link", name="执行结果").click()
    expect(clerk.page.locator("main")).to_contain_text("应补付的差额")
    clerk.sort_by_keyboard()
    desk = clerk.width
    clerk.draw_at(PHONE)
    assert clerk.too_wide() == []
    assert clerk.barriers() == []
    clerk.draw_at(desk)
