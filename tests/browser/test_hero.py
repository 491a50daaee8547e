"""从声音到决定，走一遍: many households of all townships say the same about one price; it is looked into, decided, calculated and
answered — all of it in a browser, on the county that everybody gets, by the product as it really runs.

In the gate on the demonstration; `make proof ROOM=browser` walks it with 180 households of three townships.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House, make_demonstration, own_county, served
from tests.browser.revising import (
    PHONE,
    WORK_MS,
    adopted,
    compared,
    decided_by_two,
    evidence_is_taken_along,
    press,
    price_corrected,
)
from tests.browser.test_pages import LATIN
from tests.browser.visits import Visitor, sign_in
from yixian.demo.note import read_note
from yixian.demo.shape import SMALL_HOUSEHOLDS

LARGE_HOUSEHOLDS = 2000
"""So many give the county three townships with sixty earth-timber houses each, and more."""

VOICES = {SMALL_HOUSEHOLDS: 20, LARGE_HOUSEHOLDS: 180}
"""How many households say the same, by how many there are: the same number of each township."""

TITLE = "土木结构房屋单价工作组"
DOCUMENT = "关于提高土木结构房屋单价的决定"
NUMBER = "澜政发〔2026〕18号"
REASON = "抽查证明，按每平方米三百八十四元重建不起同样的房子。"
SEED = "03 11 17 20 28 31 + 09"
PRICE = "house.main.earth_timber|rural"
PRICE_FIELD = "price-house.main.earth_timber-rural"
_ITEM = "house.main.earth_timber"
_ITEM_NAME = "土木结构正房"

Enter = Callable[..., Visitor]


@pytest.fixture(scope="module")
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A county of its own: what is decided here changes everybody's account."""
    if request.config.getoption("--proof"):
        home = tmp_path_factory.mktemp("hero") / "home"
        make_demonstration(home, "--households", str(LARGE_HOUSEHOLDS))
    else:
        home, _note = own_county(tmp_path_factory)
    note = read_note(home)
    assert note is not None
    with served(home, "--workers", "1") as address:
        yield House(address, home, note)


@pytest.fixture
def enter(county: House, browser: Browser) -> Iterator[Enter]:
    """Signs somebody in, at a desk, or opens a stranger's phone."""
    contexts = []

    def make(name: str = "", *, width: int = 1440) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            base_url=county.address,
            storage_state=sign_in(browser, county, name) if name else None,
        )
        contexts.append(context)
        return Visitor(context.new_page())

    yield make
    for context in contexts:
        context.close()


@pytest.mark.proof(cases=1, slice=1)
def test_many_voices_become_a_decision_and_every_one_is_answered(county: House, enter: Enter) -> None:
    clerk, lead, leader = enter("clerk"), enter("lead"), enter("county")
    voices = VOICES[county.note.households]
    group = a_signal_opens_a_group(clerk, voices)
    drawn = a_sample_is_drawn(clerk.page, group)
    checked_on_the_spot(clerk.page, group, drawn)
    revision = drafted(clerk.page, group)
    price_corrected(clerk.page, revision, PRICE_FIELD, "430.50")
    compared(clerk, revision, _ITEM_NAME)
    evidence_is_taken_along(clerk, revision)
    looked_at(clerk.page, group)
    reported_and_replied(clerk.page, group)
    decided_by_two(clerk, lead, leader, revision, NUMBER)
    adopted(clerk, revision)
    assert households_with_one_account(county) == county.note.households
    answered(clerk.page, group)
    written = "SELECT count(*) FROM matters_mattermessage WHERE NOT by_person AND by_id IS NULL AND notified_by = 'portal'"
    assert county.rows(written)[0][0] >= voices
    household = one_who_spoke_and_gains(county)
    told_at_the_desk(clerk, household)
    reads_on_the_phone(clerk.page, enter(width=PHONE), household)
    told_to_everybody(enter(width=PHONE), voices)
    for visitor in (clerk, lead, leader):
        assert [text for text in visitor.complaints if "422" not in text] == []
        assert visitor.barriers() == []
        assert visitor.latin_words(LATIN | {"clerk", "lead", "county"}) == []


def a_signal_opens_a_group(clerk: Visitor, voices: int) -> str:
    """The signal is there by itself: the product listens every hour, and at its start."""
    page = clerk.page
    for _try in range(60):
        clerk.go("/staff/groups/")
        if page.locator("main a[href*='/signals/']").count():
            break
        page.wait_for_timeout(1000)
    page.locator("main a[href*='/signals/']").first.click()
    expect(page.locator("main")).to_contain_text(f"{voices} 户")
    assert clerk.barriers() == []
    page.get_by_role("link", name="组建工作组").first.click()
    page.fill("[name=title_zh]", TITLE)
    page.fill("[name=question_zh]", "按现在的单价，拆了土木房能不能重建同样的房子？")
    page.check(f"[name=prices][value='{_ITEM}|rural']")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r".*/staff/groups/\d+/$"))
    assert clerk.barriers() == []
    return page.url.removeprefix(page.url.split("/staff/")[0])


def a_sample_is_drawn(page: Page, group: str) -> int:
    """Announced, then drawn by what nobody could know; the forms go to people who are strangers to the households."""
    page.get_by_role("link", name="去抽签").click()
    page.fill("[name=seed_source]", "双色球第2026140期开奖号码")
    page.fill("[name=margin]", "20")
    press(page, "公告抽签")
    page.fill("[name=seed]", SEED)
    press(page, "抽签")
    expect(page.locator("[name=sampled]").first).to_be_visible(timeout=60_000)
    drawn = page.locator("[name=sampled]").count()
    assert drawn >= 12  # of fewer than ten answers nothing is estimated
    give_out(page)
    page.goto(f"{group}sample/")
    return drawn


def give_out(page: Page) -> None:
    """To the surveyor; what they may not check, to the cadre: the page says so and gives nothing then."""
    page.locator("#assign_user").select_option(label="实物调查员（演示）")
    press(page, "派发核查表")


def checked_on_the_spot(page: Page, group: str, drawn: int) -> None:
    """A clerk takes the sheet along filled in: everything measured, one household refuses."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.active
    assert sheet is not None
    refused = str(sheet.cell(2, 1).value)
    for number in range(2, sheet.max_row + 1):
        is_refused = str(sheet.cell(number, 1).value) == refused
        values = {6: "refused" if is_refused else "done", 7: date.today().isoformat()}  # noqa: DTZ011 - as people date it
        if not is_refused:
            values |= {8: "101.5", 9: "431", 10: "1650", 11: "320", 12: "木料涨价"}
        for column, value in values.items():
            sheet.cell(number, column, value)
    filled = BytesIO()
    book.save(filled)
    page.locator("details.filters summary").last.click()
    page.set_input_files(
        "#sheet_in_file",
        {"name": "checks.xlsx", "mimeType": "application/octet-stream", "buffer": filled.getvalue()},
    )
    press(page, "录入")
    expect(page.locator("tbody .tag")).to_have_count(drawn)
    press(page, "结束核查")
    page.goto(group)
    expect(page.locator("main")).to_contain_text("431")


def drafted(page: Page, group: str) -> str:
    """384 becomes 420 in a draft; the revision's address."""
    page.goto(f"{group}draft/")
    page.fill("[name=title_zh]", DOCUMENT)
    page.fill("[name=issuer]", "澜渡县人民政府")
    page.fill("[name=reason]", REASON)
    page.fill(f"[name='{PRICE}']", "420")
    press(page, "起草新标准")
    page.goto(group)
    revision = page.get_by_role("link", name="去看修订").first.get_attribute("href")
    assert revision is not None
    return revision


def looked_at(page: Page, group: str) -> None:
    """Who gains and what the budget lacks is seen before anybody decides."""
    page.goto(group)
    expect(page.locator("main")).to_contain_text("现在合计")
    press(page, "影响已看过")


def reported_and_replied(page: Page, group: str) -> None:
    """The evidence goes up to owner, design institute and higher department, and their replies come back."""
    page.goto(f"{group}report/")
    page.fill("[name=options]", "一、维持 384 元；二、提高到 420 元，概算缺口由业主调剂。建议第二种。")
    press(page, "固定一版")
    paper = page.request.get(f"{group}report/1.pdf")
    assert paper.body().startswith(b"%PDF")
    assert openpyxl.load_workbook(BytesIO(page.request.get(f"{group}report/1.xlsx").body())).sheetnames
    for kind, name in (("owner", "峡江水电公司"), ("design", "西南设计院"), ("higher", "省移民局")):
        page.select_option("[name=kind]", kind)
        page.fill("[name=name]", name)
        press(page, "登记已报送")
    for name in ("峡江水电公司", "西南设计院", "省移民局"):
        row = page.locator("tr, li, article, section").filter(has_text=name).last
        row.get_by_role("link", name="登记回复").click()
        page.check("[name=verdict][value=agree]")
        page.fill("[name=words]", "同意调整。")
        page.locator("main form .btn-primary").click()
        page.wait_for_url("**/report/")
    press(page, "回复已齐")


def answered(page: Page, group: str) -> None:
    """Each of those who spoke is written to."""
    page.goto(group)
    press(page, "逐一答复")
    expect(page.locator("main")).to_contain_text("发出的答复收不回来")
    press(page, "逐一答复")
    page.wait_for_url("**/staff/jobs/*/")
    expect(page.locator("main progress")).to_have_count(0, timeout=WORK_MS * 3)
    expect(page.locator("main")).to_contain_text("已办好", timeout=WORK_MS * 3)
    page.goto(group)
    press(page, "结束工作组")


def households_with_one_account(county: House) -> int:
    """How many households have just one account in force."""
    one_each = "SELECT household_id FROM compensation_statement WHERE is_current GROUP BY household_id HAVING count(*) = 1"
    return len(county.rows(one_each))


def one_who_spoke_and_gains(county: House) -> int:
    """A household with such a house whose account rose: by its own number the demonstration let it speak."""
    rows = county.rows(
        f"""SELECT new.household_id FROM compensation_statement new
        JOIN compensation_statement old ON old.id = new.supersedes_id
        JOIN registry_household h ON h.id = new.household_id
        JOIN inventory_inventoryitem i ON i.household_id = h.id AND i.item_code = '{_ITEM}' AND i.valid_until IS NULL
        WHERE new.is_current AND new.total_fen > old.total_fen ORDER BY h.household_no LIMIT 1""",
    )
    return int(rows[0][0])


def told_at_the_desk(clerk: Visitor, household: int) -> None:
    """The household's page says what was decided, why, and by whom."""
    clerk.go(f"/staff/households/{household}/")
    said = clerk.page.locator("main").inner_text()
    for part in (DOCUMENT, REASON, NUMBER, _ITEM_NAME, "移民局负责人（演示）", "县领导（演示）"):
        assert part in said


def reads_on_the_phone(clerk: Page, villager: Visitor, household: int) -> None:
    """With the card that the bureau gave them: what was decided, why, and by how much their own account rose."""
    clerk.goto(f"/staff/households/{household}/card/")
    clerk.locator("main form:not([action]) button").click()
    clerk.locator("dd.code").first.wait_for()
    code, pin = clerk.locator("dd.code").all_inner_texts()
    page = villager.page
    page.goto("/")
    page.fill("input[name=code]", code)
    page.fill("input[name=pin]", pin)
    page.click("form.card-form .btn-primary")
    page.wait_for_url("**/ours/")
    page.goto("/ours/matters/")
    page.locator("main a[href*='/ours/matters/']").first.click()
    said = page.locator("main").inner_text()
    for part in ("384", "430.5", NUMBER):
        assert part in said, said
    assert re.search(r"\d+\.\d{2} ?元", said), said
    assert villager.barriers() == []
    assert villager.too_wide() == []
    page.goto("/ours/")
    expect(page.locator("main")).to_contain_text(DOCUMENT)


def told_to_everybody(stranger: Visitor, voices: int) -> None:
    """The story stands in public, with the seed by which anybody can repeat the draw."""
    page = stranger.page
    page.goto("/changes/")
    page.locator("main a[href*='/changes/']").first.click()
    for part in (f"{voices} 户", "384", "430.5", SEED, NUMBER):
        expect(page.locator("main")).to_contain_text(part)
    assert stranger.barriers() == []
    assert stranger.too_wide() == []
