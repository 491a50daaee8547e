"""修订走一遍: a clerk revises one price, two others decide it, every account is reckoned again, and a household reads why."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDTHS
from tests.browser.house import House, own_county, served
from tests.browser.test_pages import LATIN
from tests.browser.visits import Visitor, sign_in

WORK_MS = 300_000
"""How long the worker may take over a comparison or an adoption of this small county."""

PRICE = "price-house.main.earth_timber-rural"
TITLE = "关于提高土木结构房屋单价的决定"
NUMBER = "澜政发〔2026〕9号"
REASON = "木料和工钱涨了，按原单价重建不起同样的房子。"

_GAINED = """
SELECT new.household_id FROM compensation_statement new JOIN compensation_statement old ON old.id = new.supersedes_id
WHERE new.version > 1 AND new.is_current AND new.total_fen > old.total_fen ORDER BY new.household_id
"""

Enter = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A county of its own: what is adopted here changes everybody's account."""
    home, note = own_county(tmp_path_factory)
    with served(home, "--workers", "1") as address:
        yield House(address, home, note)


@pytest.fixture
def enter(revised: House, browser: Browser) -> Iterator[Enter]:
    """Signs somebody in at the revised county."""
    contexts = []

    def make(name: str) -> Visitor:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900},
            base_url=revised.address,
            storage_state=sign_in(browser, revised, name),
        )
        contexts.append(context)
        return Visitor(context.new_page())

    yield make
    for context in contexts:
        context.close()


def test_a_clerk_revises_one_price_from_draft_to_adopted(revised: House, enter: Enter) -> None:
    clerk, lead, county = enter("clerk"), enter("lead"), enter("county")
    path = drafted(clerk.page)
    compared(clerk, path)
    evidence_is_taken_along(clerk.page, path)
    press(clerk.page, "提请审定")
    expect(clerk.page.get_by_role("button", name="第一人同意")).to_have_count(0)

    lead.go(path)
    press(lead.page, "第一人同意")
    expect(lead.page.locator("main")).to_contain_text("由另一人审定")
    expect(lead.page.locator("[name=number]")).to_have_count(0)

    county.go(path)
    county.page.fill("[name=number]", NUMBER)
    press(county.page, "审定")
    expect(county.page.locator("main")).to_contain_text(NUMBER)

    adopted(clerk, path)
    assert in_force(revised.home) == households(revised.home)
    household = gained(revised.home)[0]
    sentence = told(clerk.page, f"/staff/households/{household}/")
    for part in (TITLE, REASON, NUMBER, "土木结构正房", "移民局负责人（演示）", "县领导（演示）"):
        assert part in sentence
    for visitor in (clerk, lead, county):
        assert [text for text in visitor.complaints if "422" not in text] == []
        assert visitor.barriers() == []
        assert visitor.latin_words(LATIN | {"clerk", "lead", "county"}) == []


def drafted(page: Page) -> str:
    """Begin a revision and draft one new price; the revision's address."""
    page.goto("/staff/revisions/")
    page.get_by_role("link", name="开始修订").click()
    page.fill("[name=title_zh]", TITLE)
    page.fill("[name=issuer]", "澜渡县人民政府")
    page.fill("[name=reason]", REASON)
    page.click("main form .btn-primary")
    page.get_by_role("link", name="改单价").click()
    field = page.locator(f"[name='{PRICE}']")
    field.fill("四百")
    page.click("main form .btn-primary")
    expect(page.locator(f"[id='{PRICE}-fault']")).to_be_visible()
    field.fill("430.50")
    page.click("main form .btn-primary")
    expect(page.locator("[data-label='改后（元）']")).to_have_text("430.5")
    return page.url.removeprefix(page.url.split("/staff/")[0])


def compared(clerk: Visitor, path: str) -> None:
    """Look at what it would do, for everybody."""
    press(clerk.page, "看看会带来什么变化")
    finished(clerk.page)
    clerk.go(path)
    clerk.page.get_by_role("link", name="按地方、项目和科目").click()
    expect(clerk.page.locator("figure.chart")).to_have_count(2)
    expect(clerk.page.locator("main")).to_contain_text("土木结构正房")
    clerk.page.get_by_role("link", name="逐户看").click()
    clerk.page.locator("tbody a").first.click()
    expect(clerk.page.locator("main")).to_contain_text("土木结构正房")
    clerk.go(path)


def evidence_is_taken_along(page: Page, path: str) -> None:
    """The evidence comes as a workbook and on paper."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Excel").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert {"按乡镇", "按村"} <= set(book.sheetnames)
    paper = page.request.get(f"{path}effects.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")
    page.goto(path)


def adopted(clerk: Visitor, path: str) -> None:
    """Reckon every account under it and see what came of it, in any order, on the phone too."""
    page = clerk.page
    page.goto(path)
    press(page, "按它重算全部账目")
    finished(page)
    page.goto(path)
    page.get_by_role("link", name="执行结果").click()
    expect(page.locator("main")).to_contain_text("应补付的差额")
    clerk.sort_by_keyboard()
    clerk.draw_at(WIDTHS["phone"])
    assert clerk.too_wide() == []
    assert clerk.barriers() == []
    clerk.draw_at(WIDTHS["desk"])


def press(page: Page, name: str) -> None:
    """Press a button by its exact words."""
    page.get_by_role("button", name=name, exact=True).click()


def finished(page: Page) -> None:
    """Wait on the job's page until the worker has done it."""
    page.wait_for_url("**/staff/jobs/*/")
    expect(page.locator("main progress")).to_have_count(0, timeout=WORK_MS)
    expect(page.locator("main")).to_contain_text("已办好", timeout=WORK_MS)


def told(page: Page, path: str) -> str:
    """What the household's page says."""
    page.goto(path)
    return page.locator("main").inner_text()


def gained(home: Path) -> list[int]:
    """The households whose account rose by a new version."""
    return [row[0] for row in asked(home, _GAINED)]


def households(home: Path) -> int:
    """How many households there are."""
    return asked(home, "SELECT count(*) FROM registry_household")[0][0]


def in_force(home: Path) -> int:
    """How many households have just one account in force."""
    one_each = "SELECT household_id FROM compensation_statement WHERE is_current GROUP BY household_id HAVING count(*) = 1"
    return len(asked(home, one_each))


def asked(home: Path, query: str) -> list[tuple[int]]:
    """The rows of a query in the database file itself."""
    with closing(sqlite3.connect(f"file:{home / 'yixian.sqlite3'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
