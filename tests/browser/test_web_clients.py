"""Every shipped pack's forms, filled in by Enketo and by ODK Web Forms: our quantities, and nothing wrong gets in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.engines.survey.filling import answers, quantities
from tests.engines.survey.forms_of_packs import bad_cases, shipped_sheets, write_form
from tests.oracles.web_clients import NAMES, WebClient
from yixian.engines.survey.sheet_reading import ReadSheet, read_sheet
from yixian.engines.survey.submission import read_submission

HOUSEHOLDS = 200
WRONG = 327
TODAY = date(2026, 11, 30)


def _is_picture(name: str) -> bool:
    """Enketo gives a picture a name of its own."""
    return name.endswith(".png")


@pytest.fixture(scope="module", params=NAMES)
def client(request: pytest.FixtureRequest, browser: Browser) -> Iterator[WebClient]:
    page = browser.new_page(locale="zh-CN")
    yield WebClient(page, request.param)
    page.close()


@pytest.mark.proof(cases=HOUSEHOLDS, slice=1)
def test_a_web_client_and_the_office_come_to_the_same(
    client: WebClient, cases: Iterator[int], tmp_path: Path
) -> None:
    sheets = [(pack, sheet, write_form(pack, sheet, tmp_path)) for pack, sheet in shipped_sheets()]
    for number in cases:
        for pack, sheet, form in sheets:
            given = answers(pack, sheet, number)
            filled = client.fill(form, {"only": given})["only"]
            assert filled.refused == (), (sheet.id, number)
            submission = read_submission(filled.xml)
            read = read_sheet(pack, submission, is_picture=_is_picture, today=TODAY)
            assert isinstance(read, ReadSheet), (sheet.id, number, read)
            assert [line.quantity for line in read.lines] == quantities(pack, sheet, given)


@pytest.mark.proof(cases=WRONG, slice=12)
def test_a_web_client_refuses_every_bad_answer(
    client: WebClient, cases: Iterator[int], tmp_path: Path
) -> None:
    """By the question itself; all of them are refused by us and by JavaRosa, too (`tests/engines/survey/test_forms.py`)."""
    wrong = [
        (form, question, given)
        for pack, sheet in shipped_sheets()
        for form in [write_form(pack, sheet, tmp_path)]
        for question, given in bad_cases(pack, sheet).values()
    ]
    assert len(wrong) == WRONG
    for number in cases:
        form, question, given = wrong[number * 101 % len(wrong)]
        answered = {path: text for path, text in given.items() if text}
        refused = client.fill(form, {"only": answered})["only"].refused
        assert any(one.startswith(f"{question}=") for one in refused), (
            form.stem,
            question,
            given[question],
            refused,
        )
