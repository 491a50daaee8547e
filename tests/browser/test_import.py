"""导入走一遍: a real county's workbook from the file chooser to the register, and one with errors and back again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.visits import Visitor
from tests.workbook.books import FIRST, column, only, page, with_cell
from yixian.demo.building import WORKBOOK

NewVisitor = Callable[..., Visitor]
WORK_MS = 300_000
"""How long the worker may take over a check or a commit of this small county."""


@pytest.fixture
def county(house: House, tmp_path: Path) -> Path:
    """The workbook that the county was brought in with."""
    return Path(shutil.copy(house.home / WORKBOOK, tmp_path / "county.xlsx"))


def hand_in_watching(guest: Page, workbook: Path) -> None:
    """Upload a workbook, see that the check is at work, and wait until the worker has done it."""
    guest.goto("/staff/imports/")
    guest.set_input_files("input[name=workbook]", workbook)
    guest.click("form[enctype] button")
    guest.wait_for_url("**/staff/imports/*/")
    expect(guest.locator("main progress")).to_be_visible()
    wait_for_work(guest)


def wait_for_work(guest: Page) -> None:
    """The page goes on by itself when the job is done."""
    expect(guest.locator("main progress")).to_have_count(0, timeout=WORK_MS)
    expect(guest.locator("[aria-live] .panel-head")).to_have_count(0, timeout=WORK_MS)


@pytest.mark.parametrize(("width", "address"), [(390, "沙湾新街 9 号"), (1440, "沙湾新街 10 号")])
def test_a_changed_county_is_checked_compared_and_entered(
    county: Path, width: int, address: str, visitor: NewVisitor
) -> None:
    county = only(county, "areas", "organisations", "households", "persons")  # items were put right since
    book = openpyxl.load_workbook(county)
    number = str(page(book, "households").cell(FIRST, 1).value)
    clerk = visitor("clerk", width=width)
    hand_in_watching(clerk.page, with_cell(county, "households", "address", address))
    main = clerk.page.locator("main")
    difference = main.locator(".trail li", has_text=number)
    expect(difference).to_have_count(1)
    expect(difference).to_contain_text(f"→“{address}”")
    households = main.locator("table.counts tr", has_text="移民户")
    expect(households.locator("[data-label='更改']")).to_have_text("1")
    assert clerk.too_wide() == []

    main.get_by_role("button", name="确认入库").click()
    wait_for_work(clerk.page)
    expect(main.locator(".notice-good")).to_contain_text("入库")
    expect(main.locator("h2").first).to_have_text("入库内容")
    clerk.go(f"/staff/households/?q={number}")
    clerk.page.locator("#results .lead-cell a").first.click()
    clerk.page.wait_for_url("**/staff/households/*/")
    expect(main).to_contain_text(address)
    assert clerk.complaints == []


@pytest.mark.parametrize("width", [390, 1440])
def test_a_county_with_errors_is_told_where_and_comes_back_with_the_errors_in_it(
    county: Path, width: int, visitor: NewVisitor, tmp_path: Path
) -> None:
    spoiled = with_cell(county, "households", "group_code", "53990199999999", row=FIRST + 1)
    spoiled = with_cell(spoiled, "persons", "birth_date", "2013-02-30")
    spoiled = with_cell(spoiled, "items", "quantity", "八十")
    clerk = visitor("clerk", width=width)
    hand_in_watching(clerk.page, spoiled)
    main = clerk.page.locator("main")
    expect(main.locator(".panel h2").first).to_have_text("3 处错误")
    errors = main.locator(".panel").first.locator("tbody tr")
    expect(errors).to_have_count(3)
    for row, place in enumerate(
        ("移民户 第 4 行 B 组代码", "家庭成员 第 3 行 F 出生日期", "实物指标 第 3 行 D 数量")
    ):
        expect(errors.nth(row)).to_contain_text(place)
    expect(errors.nth(1)).to_contain_text("2013-02-30")
    assert clerk.too_wide() == []
    assert clerk.barriers() == []

    with clerk.page.expect_download() as waiting:
        main.get_by_role("link", name="带错误说明的工作簿").click()
    waiting.value.save_as(tmp_path / "errors.xlsx")
    report = openpyxl.load_workbook(tmp_path / "errors.xlsx")
    told = [[row[2].value, row[3].value] for row in report["错误汇总"].iter_rows(min_row=2, max_row=4)]
    assert told == [["B 组代码", "53990199999999"], ["F 出生日期", "2013-02-30"], ["D 数量", "八十"]]
    rows = page(report, "items")
    reason_column = [cell.value for cell in rows[1]].index("错误") + 1
    assert str(rows.cell(FIRST, reason_column).value).startswith("D 数量：")
    assert rows.cell(FIRST, column("items", "quantity")).value == "八十"

    main.get_by_role("button", name="作废").click()
    clerk.page.wait_for_url("**/staff/imports/")
    expect(main).to_contain_text("工作簿已作废")
    assert clerk.complaints == []
