"""The field app in a browser: set up with a signal, then filled in and killed without one, and nothing lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.barriers import Sound, barriers
from tests.browser.field_team import FieldTeam, make_field_team
from tests.browser.house import House, environment
from tests.survey.yard import picture_content

PIN = "红旗135790"
SOUND = Sound()
KEPT = (
    """async () => (await (await import("/static/field_app/database.js")).all("kept")).map((row) => row.id)"""
)


@pytest.fixture(scope="module")
def team(house: House) -> FieldTeam:
    return make_field_team(house.home, environment())


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=house.address, viewport={"width": 360, "height": 780}, service_workers="allow"
    )
    yield context
    context.close()


def open_app(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/field/")
    page.locator("body[data-ready]").wait_for()
    return page


def set_up(page: Page, team: FieldTeam) -> None:
    page.locator("#code").fill(team.secret)
    page.locator("#pin").fill(PIN)
    page.locator("#pin-again").fill(PIN)
    page.locator("button.main").click()
    expect(page.locator("h1")).to_have_text("实物调查（演示）")
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.active.state)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def unlock(page: Page, pin: str = PIN) -> None:
    page.locator("#pin").fill(pin)
    page.locator("button.main").click()


def fill_in(page: Page, team: FieldTeam, picture: Path, *, length: str = "9.5") -> str:
    """A sheet of one wall, signed by everybody, finished by a double tap; gives the receipt's code."""
    page.get_by_role("link", name=team.household_no).click()
    page.get_by_role("button", name="附属设施调查表").click()
    page.get_by_role("button", name="加一项").click()
    page.get_by_label("是什么").select_option("facility.masonry_wall")
    page.get_by_label(re.compile("^长")).fill(length)
    page.get_by_label(re.compile("^高")).fill("2")
    for field in page.locator("input[type=file]").all():
        field.set_input_files(picture)
    expect(page.locator("img.picture")).to_have_count(page.locator("input[type=file]").count())
    for name in page.get_by_label("姓名", exact=True).all():
        if not name.input_value():
            name.fill("某人")
    for body in page.get_by_label("单位", exact=True).all():
        if not body.input_value():
            body.fill("近溪村村民委员会")
    late = page.get_by_label(re.compile("^长")).element_handle()
    page.get_by_role("button", name="填完了").dblclick()
    expect(page.locator("h1")).to_have_text("给农户的回执")
    late.dispatch_event("input")
    page.wait_for_timeout(700)  # longer than a draft waits to be kept
    assert page.evaluate(KEPT) == ["package"]
    return page.locator(".receipt").inner_text()


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "wall.png"
    path.write_bytes(picture_content())
    return path


def sheets_of(house: House) -> list[tuple[str, str]]:
    return [
        (str(one[0]), str(one[1]))
        for one in house.rows("SELECT instance_id, sha256 FROM survey_sheetsubmission ORDER BY id")
    ]


def test_a_sheet_filled_in_without_a_network_is_sent_once_there_is_one(
    phone: BrowserContext, team: FieldTeam, house: House, picture: Path
) -> None:
    before = len(sheets_of(house))
    page = open_app(phone)
    assert barriers(page, SOUND) == []
    set_up(page, team)
    assert page.locator(".list li").count() == team.households
    assert barriers(page, SOUND) == []
    phone.set_offline(True)
    page.close()
    page = open_app(phone)  # a cold start without a network
    unlock(page, "000000")
    expect(page.locator("#told")).to_have_text("口令不对，打不开。")
    unlock(page)
    code = fill_in(page, team, picture)
    assert len(code) == 8
    page.goto("/field/#/outbox")
    expect(page.locator("#unsent")).to_have_text("还有 1 份没有发出")
    assert barriers(page, SOUND) == []
    assert len(sheets_of(house)) == before
    phone.set_offline(False)
    page.get_by_role("button", name="现在发出").click()
    expect(page.locator("#unsent")).to_have_text("都发出了。")
    expect(page.locator(".answer")).to_contain_text(f"已收到，回执 {code}。已收下。")
    assert [sha256[:8] for _id, sha256 in sheets_of(house)[before:]] == [code]
    assert (
        page.evaluate(
            "(async () => (await (await import('/static/field_app/database.js')).all('files')).length)()"
        )
        == 0
    )


FINISHED = """async (id) => {
  const { finish } = await import("/static/field_app/outbox.js");
  const xml = `<data id="${id.split("-")[0]}" version="1"><meta><instanceID>uuid:${id}</instanceID></meta></data>`;
  await finish(id, `draft/${id}`, xml, [], {form: {zh: "表", en: "sheet"}, household: "H1", head: "某人"});
}"""
SEND = """async (secret) => (await import("/static/field_app/outbox.js")).send(secret)"""
FULL = """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""


def test_a_wrong_pin_waits_a_sheet_goes_once_and_a_full_phone_is_said(
    phone: BrowserContext, team: FieldTeam, house: House
) -> None:
    first, second = open_app(phone), open_app(phone)
    set_up(first, team)
    second.locator("#code").fill(team.secret)
    for field in ("#pin", "#pin-again"):
        second.locator(field).fill("another-pin")
    second.locator("button.main").click()
    expect(second.locator("#told")).to_have_text("这部手机已经设好了：请用口令打开。")
    expect(second.locator("h1")).to_have_text("已锁上")
    for _try in range(5):
        unlock(second, "000000")
        expect(second.locator("#told")).to_have_text("口令不对，打不开。")
        expect(second.locator("#pin")).to_have_value("")
        second.evaluate("document.getElementById('told').textContent = ''")
    unlock(second)
    expect(second.locator("#told")).to_contain_text("口令错得太多")
    first.evaluate(FINISHED, "tabs-1")
    both = "(secret) => Promise.all([(" + SEND + ")(secret), (" + SEND + ")(secret)])"
    assert sorted(first.evaluate(both, team.secret)) == ["busy", "sent"]
    assert first.evaluate(SEND, team.secret) == "sent"
    rows = house.rows("SELECT instance_id FROM survey_sheetsubmission WHERE form_id = 'tabs'")
    assert rows == [("tabs-1",)]
    first.get_by_role("link", name=team.household_no).click()
    first.evaluate(FULL)
    first.get_by_role("button", name="房屋调查表").click()
    expect(first.locator("#told")).to_contain_text("手机存满了")


FAULTY = """() => {
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = async function (form) {
    if (!(await form.get("xml_submission_file").text()).includes("uuid:faulty-1")) return send.call(this, form);
    Object.defineProperty(this, "status", { value: 503 });
    return this.onload();
  };
}"""
ENTRIES = """async () => (await import("/static/field_app/outbox.js")).entries()"""


def test_a_sheet_that_the_server_fails_on_keeps_no_other_back(
    phone: BrowserContext, team: FieldTeam, house: House
) -> None:
    page = open_app(phone)
    set_up(page, team)
    page.evaluate(FAULTY)
    for sheet in ("faulty-1", "faulty-2"):
        page.evaluate(FINISHED, sheet)
    receipt = page.evaluate(
        "async (xml) => (await import('/static/field_app/outbox.js')).receiptOf(xml)", "abc"
    )
    assert receipt == "ba7816bf"
    assert page.evaluate(SEND, team.secret) == "refused"
    rows = house.rows("SELECT instance_id, sha256 FROM survey_sheetsubmission WHERE form_id = 'faulty'")
    assert [instance for instance, _sha256 in rows] == ["faulty-2"]
    sent, waiting = page.evaluate(ENTRIES)
    assert (waiting["id"], waiting["state"], waiting["answer"]["status"]) == ("faulty-1", "waiting", 503)
    assert (sent["id"], sent["state"], sent["receipt"]) == ("faulty-2", "sent", str(rows[0][1])[:8])
    assert "xml" in waiting
    assert "xml" not in sent


ENDED = """async () => {
  const { change } = await import("/static/field_app/database.js");
  const { sealData } = await import("/static/field_app/vault.js");
  const sealed = await sealData("package", { secret: "ended", day: null });
  await change([["kept", { id: "package", cameAt: Date.now(), sealed }]]);
}"""


def test_a_phone_whose_code_ended_reaches_its_drafts_and_sends_with_a_new_code(
    phone: BrowserContext, team: FieldTeam, house: House
) -> None:
    page = open_app(phone)
    set_up(page, team)
    page.evaluate(FINISHED, "ended-1")
    page.get_by_role("link", name=team.household_no).click()
    page.get_by_role("button", name="附属设施调查表").click()
    expect(page.locator("h1")).to_have_text("附属设施调查表")
    page.evaluate(ENDED)
    page.goto("/field/#/")
    page.reload()
    page.locator("body[data-ready]").wait_for()
    unlock(page)
    expect(page.locator("h1")).to_have_text("今天没有带工作")
    page.locator("#drafts").get_by_role("link", name="附属设施调查表").click()
    expect(page.locator("h1")).to_have_text("附属设施调查表")
    expect(page.locator(".lead")).to_contain_text(team.head)
    page.goto("/field/#/outbox")
    page.get_by_role("button", name="现在发出").click()
    expect(page.locator("#told")).to_contain_text("服务器现在没有收")
    assert barriers(page, SOUND) == []
    page.locator("#new-code").fill(team.collect_code)
    page.get_by_role("button", name="换用新凭证").click()
    expect(page.locator("#unsent")).to_have_text("都发出了。")
    rows = house.rows("SELECT instance_id FROM survey_sheetsubmission WHERE form_id = 'ended'")
    assert rows == [("ended-1",)]
    page.goto("/field/#/")
    expect(page.locator("h1")).to_have_text("实物调查（演示）")
