"""Every shipped pack's forms, filled in by JavaRosa as a phone would: the same quantities, and nothing wrong gets in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import rxeval

from tests.engines.survey.filling import PICTURE, answers, of_item, quantities, written
from tests.oracles.javarosa import JavaRosa
from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_text
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import Sheet
from yixian.engines.entitlements import load_pack
from yixian.engines.survey.form_files import workbook, xform
from yixian.engines.survey.sheet_reading import ReadSheet, read_sheet
from yixian.engines.survey.submission import read_submission
from yixian.engines.survey.xlsform import photograph_names, xlsform

PACKS = Path(__file__).parents[3] / "packs"
TODAY = date(2026, 11, 30)


def _sheets() -> list[tuple[Pack, Sheet]]:
    packs = [load_pack(folder) for folder in sorted(PACKS.iterdir())]
    return [(pack, sheet) for pack in packs for sheet in pack.survey.sheets]


SHEETS = [pytest.param(pack, sheet, id=f"{pack.id}-{sheet.id}") for pack, sheet in _sheets()]


@pytest.fixture(scope="module")
def javarosa(tmp_path_factory: pytest.TempPathFactory) -> JavaRosa:
    return JavaRosa(tmp_path_factory.mktemp("javarosa"))


def _form(pack: Pack, sheet: Sheet, folder: Path) -> Path:
    path = folder / f"{sheet.id}.xml"
    path.write_text(xform(workbook(xlsform(pack, sheet))), encoding="utf-8")
    return path


@pytest.mark.parametrize(("pack", "sheet"), SHEETS)
def test_a_phone_and_the_office_come_to_the_same(
    pack: Pack, sheet: Sheet, javarosa: JavaRosa, tmp_path: Path
) -> None:
    cases = {f"H{number:04d}": answers(pack, sheet, number) for number in range(200)}
    form = _form(pack, sheet, tmp_path)
    assert rxeval.check_form(form.read_text(encoding="utf-8")) == []
    for name, filled in javarosa.fill(form, cases).items():
        assert filled.refused == ()
        read = read_sheet(
            pack, read_submission(filled.xml), is_picture=lambda picture: picture == PICTURE, today=TODAY
        )
        assert isinstance(read, ReadSheet), read
        assert read.household_id == name
        assert [line.quantity for line in read.lines] == quantities(pack, sheet, cases[name])


GENERAL = [
    ("household_id", ""),
    ("household_id", "H 1"),
    ("household_id", "H" * 65),
    ("measured_on", ""),
    ("measured_on", "2099-01-01"),
    ("item[1]/item_code", "house.main.gold"),
    ("measurer/name", ""),
    ("measurer/organisation", ""),
    ("measurer/signature", ""),
    ("second/name", ""),
    ("second/organisation", "measurer 的单位"),
    ("second/signature", ""),
    ("household/refused", ""),
    ("household/signature", ""),
]


def _bad_values(asked: Input) -> list[str]:
    """Wrong answers to one question: none, beyond each limit, a decimal too many, what is no choice."""
    if asked.choices:
        return ["", "none_of_these"]
    if asked.is_day:
        return ["", day_text(int(asked.low) - 1), day_text(int(asked.high) + 1)]
    unit = Decimal(1).scaleb(-asked.scale)
    finer = asked.low + unit / 2
    return ["", f"{asked.low - unit:f}", f"{asked.high + unit:f}", f"{finer:f}"]


def _bad_cases(pack: Pack, sheet: Sheet) -> dict[str, tuple[str, dict[str, str]]]:
    """By a number: the question that is answered wrongly, and all answers of a household of one item."""
    cases: dict[str, tuple[str, dict[str, str]]] = {}
    for kind in sheet.kinds:
        item = next(item for item in pack.items.values() if sheet.kind_of(item) is kind)
        good = of_item(pack, sheet, item)
        at = f"item[1]/{kind.id}"
        wrong = [
            (f"{at}/{one.name}", value)
            for one in (*kind.measures, *kind.attributes)
            for value in _bad_values(one)
        ]
        wrong += [(f"{at}/{name}", "") for name in photograph_names(kind)]
        for question, value in (*wrong, *GENERAL):
            cases[str(len(cases))] = question, good | {question: value}
    return cases


def test_every_bad_answer_is_refused_by_the_phone_and_by_us(javarosa: JavaRosa, tmp_path: Path) -> None:
    """By whoever meets it: the phone refuses the answer, and what comes in all the same is refused by its question."""
    tried = 0
    for pack, sheet in _sheets():
        cases = _bad_cases(pack, sheet)
        answered = {
            number: {path: text for path, text in given.items() if text}
            for number, (_q, given) in cases.items()
        }
        filled = javarosa.fill(_form(pack, sheet, tmp_path), answered)
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
