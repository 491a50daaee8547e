"""The sheets of every shipped pack, their forms, and answers that are wrong: what each client of forms is asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.engines.survey.filling import of_item
from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_text
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import Sheet
from yixian.engines.entitlements import load_pack
from yixian.engines.survey.form_files import workbook, xform
from yixian.engines.survey.xlsform import photograph_names, xlsform

PACKS = Path(__file__).parents[3] / "packs"
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


def shipped_sheets() -> list[tuple[Pack, Sheet]]:
    """Every sheet of every shipped pack."""
    packs = [load_pack(folder) for folder in sorted(PACKS.iterdir())]
    return [(pack, sheet) for pack in packs for sheet in pack.survey.sheets]


def write_form(pack: Pack, sheet: Sheet, folder: Path) -> Path:
    """The sheet's XForm in a file."""
    path = folder / f"{pack.id}-{sheet.id}.xml"
    path.write_text(xform(workbook(xlsform(pack, sheet))), encoding="utf-8")
    return path


def _bad_values(asked: Input) -> list[str]:
    """Wrong answers to one question: none, beyond each limit, a decimal too many, what is no choice."""
    if asked.choices:
        return ["", "none_of_these"]
    if asked.is_day:
        return ["", day_text(int(asked.low) - 1), day_text(int(asked.high) + 1)]
    unit = Decimal(1).scaleb(-asked.scale)
    finer = asked.low + unit / 2
    return ["", f"{asked.low - unit:f}", f"{asked.high + unit:f}", f"{finer:f}"]


def bad_cases(pack: Pack, sheet: Sheet) -> dict[str, tuple[str, dict[str, str]]]:
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
