"""Every shipped pack's forms, filled in by JavaRosa as a phone would: the same quantities, and nothing wrong gets in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import rxeval

from tests.engines.survey.filling import PICTURE, answers, quantities
from tests.oracles.javarosa import JavaRosa
from yixian.domain.policy import Pack
from yixian.domain.policy.survey import Sheet
from yixian.engines.entitlements import load_pack
from yixian.engines.survey.form_files import workbook, xform
from yixian.engines.survey.sheet_reading import ReadSheet, read_sheet
from yixian.engines.survey.submission import read_submission
from yixian.engines.survey.xlsform import xlsform

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


DANJIANGKOU = load_pack(PACKS / "danjiangkou-2009")

BAD = [
    ("household_id", ""),
    ("household_id", "H 1"),
    ("household_id", "H" * 65),
    ("measured_on", "2099-01-01"),
    ("item[1]/item_code", "house.main.gold"),
    ("item[1]/building/length", "0.49"),
    ("item[1]/building/length", "100.01"),
    ("item[1]/building/length", "-3"),
    ("item[1]/building/length", "9.125"),
    ("item[1]/building/width", ""),
    ("item[1]/building/width", "0"),
    ("item[1]/building/width", "1000000"),
    ("item[1]/building/storeys", "0"),
    ("item[1]/building/storeys", "7"),
    ("item[1]/building/storeys", ""),
    ("item[1]/building/built_on", "1899-12-31"),
    ("item[1]/building/built_on", "2061-01-01"),
    ("item[1]/building/scope", "outside"),
    ("item[1]/building/scope", ""),
    ("item[1]/building/photo_1", ""),
    ("measurer/name", ""),
    ("measurer/organisation", ""),
    ("measurer/signature", ""),
    ("second/name", ""),
    ("second/organisation", "measurer 的单位"),
    ("second/signature", ""),
    ("household/refused", ""),
    ("household/signature", ""),
    ("village/signature", ""),
]


def test_every_bad_answer_is_refused_by_the_phone_and_by_us(javarosa: JavaRosa, tmp_path: Path) -> None:
    """By whoever meets it: the phone refuses the answer, and what comes in all the same is refused by its question."""
    sheet = DANJIANGKOU.survey.sheet("house")
    good = answers(DANJIANGKOU, sheet, 7)
    cases = {}
    for number, (question, value) in enumerate(BAD):
        case = good | {question: value}
        cases[str(number)] = {path: text for path, text in case.items() if text}
    filled = javarosa.fill(_form(DANJIANGKOU, sheet, tmp_path), cases)
    for number, (question, value) in enumerate(BAD):
        assert any(one.startswith(f"{question}=") for one in filled[str(number)].refused), (question, value)
        problems = read_sheet(
            DANJIANGKOU,
            read_submission(_written(good | {question: value})),
            is_picture=lambda name: name == PICTURE,
            today=TODAY,
        )
        assert isinstance(problems, list), (question, value)
        assert question in {one.question for one in problems}


def _written(given: dict[str, str]) -> bytes:
    """An instance of the house sheet as a hostile client may write it: any answers at all."""
    tree: dict[str, object] = {}
    for path, value in given.items():
        here = tree
        *steps, last = path.split("/")
        for step in steps:
            here = here.setdefault(step, {})  # type: ignore[assignment]
        here[last] = value
    quantity = (
        f"{quantities(DANJIANGKOU, DANJIANGKOU.survey.sheet('house'), given)[0]:f}"
        if _is_whole(given)
        else "1.00"
    )
    items = [name for name in tree if name.startswith("item[")]
    assert items
    tree[items[0]]["quantity"] = quantity  # type: ignore[index]
    inner = _xml(tree)
    version = xlsform(DANJIANGKOU, DANJIANGKOU.survey.sheet("house")).settings["version"]
    return (
        f'<data id="danjiangkou-2009-house" version="{version}">{inner}'
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    ).encode()


def _is_whole(given: dict[str, str]) -> bool:
    try:
        quantities(DANJIANGKOU, DANJIANGKOU.survey.sheet("house"), given)
    except (AssertionError, KeyError, ArithmeticError):
        return False
    return True


def _xml(tree: dict[str, object]) -> str:
    found = ""
    for name, value in tree.items():
        tag = name.split("[", maxsplit=1)[0]
        found += f"<{tag}>{_xml(value) if isinstance(value, dict) else value}</{tag}>"
    return found
