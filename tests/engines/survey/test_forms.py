"""Every shipped pack's forms, filled in by JavaRosa as a phone would: the same quantities, and nothing wrong gets in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import rxeval

from tests.engines.survey.filling import PICTURE, answers, quantities, written
from tests.engines.survey.forms_of_packs import bad_cases, shipped_sheets, write_form
from tests.oracles.javarosa import JavaRosa
from yixian.domain.policy import Pack
from yixian.domain.policy.survey import Sheet
from yixian.engines.survey.sheet_reading import ReadSheet, read_sheet
from yixian.engines.survey.submission import read_submission

TODAY = date(2026, 11, 30)


SHEETS = [pytest.param(pack, sheet, id=f"{pack.id}-{sheet.id}") for pack, sheet in shipped_sheets()]


@pytest.fixture(scope="module")
def javarosa(tmp_path_factory: pytest.TempPathFactory) -> JavaRosa:
    return JavaRosa(tmp_path_factory.mktemp("javarosa"))


@pytest.mark.parametrize(("pack", "sheet"), SHEETS)
def test_a_phone_and_the_office_come_to_the_same(
    pack: Pack, sheet: Sheet, javarosa: JavaRosa, tmp_path: Path
) -> None:
    cases = {f"H{number:04d}": answers(pack, sheet, number) for number in range(200)}
    form = write_form(pack, sheet, tmp_path)
    assert rxeval.check_form(form.read_text(encoding="utf-8")) == []
    for name, filled in javarosa.fill(form, cases).items():
        assert filled.refused == ()
        read = read_sheet(
            pack, read_submission(filled.xml), is_picture=lambda picture: picture == PICTURE, today=TODAY
        )
        assert isinstance(read, ReadSheet), read
        assert read.household_id == name
        assert [line.quantity for line in read.lines] == quantities(pack, sheet, cases[name])


def test_every_bad_answer_is_refused_by_the_phone_and_by_us(javarosa: JavaRosa, tmp_path: Path) -> None:
    """By whoever meets it: the phone refuses the answer, and what comes in all the same is refused by its question."""
    tried = 0
    for pack, sheet in shipped_sheets():
        cases = bad_cases(pack, sheet)
        answered = {
            number: {path: text for path, text in given.items() if text}
            for number, (_q, given) in cases.items()
        }
        filled = javarosa.fill(write_form(pack, sheet, tmp_path), answered)
        for number, (question, given) in cases.items():
            assert any(one.startswith(f"{question}=") for one in filled[number].refused), (
                sheet.id,
                question,
                given[question],
            )
            problems = read_sheet(
                pack,
                read_submission(written(pack, sheet, given)),
                is_picture=lambda name: name == PICTURE,
                today=TODAY,
            )
            assert isinstance(problems, list), (sheet.id, question, given[question])
            assert question in {one.question for one in problems}
            tried += 1
    assert tried > 300
