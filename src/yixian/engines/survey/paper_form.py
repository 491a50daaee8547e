"""纸质调查表: what a paper form shows: for each way of measuring a table with empty rows, and who signs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import HOUSEHOLD, PRESENT, Kind, Sheet
from yixian.engines.survey.xlsform import form_id, form_version

TEMPLATE = Path(__file__).with_name("paper_form.typ")
_ROUNDED = re.compile(r"^round\((.+), ?\d\)$")
_DIVIDED = re.compile(r"^div\((.+), ?([0-9.]+), ?\d\)$")
"""How a quantity is rounded, nobody needs who measures: the office rounds."""

_WORDS = {
    "household": ("户号", "Household number"),
    "head": ("户主", "Householder"),
    "place": ("地址", "Place"),
    "day": ("测量日期", "Day of measuring"),
    "number": ("序号", "No."),
    "item": ("指标", "Item"),
    "quantity": ("数量", "Quantity"),
    "photos": ("照片", "Photographs"),
    "remark": ("备注", "Remark"),
    "name": ("姓名", "Name"),
    "organisation": ("单位", "Organisation"),
    "signature": ("签名或者指印", "Signature or thumb"),
    "refuses": ("不签字的，写明理由和见证人：", "If it refuses to sign, the reason and a witness:"),
    "choose": ("从这些里选：", "One of:"),
    "formula": ("数量 = ", "Quantity = "),
    "within": ("范围", "range"),
    "receipt": ("回执：本表共 ____ 项，____ 张。", "Receipt: ____ items on ____ sheets."),
}


def paper_form(pack: Pack, sheet: Sheet, lang: str) -> dict[str, Any]:
    """The data of the template but its date, in ``zh`` or ``en``."""
    at = 0 if lang == "zh" else 1
    return {
        "lang": lang,
        "title": sheet.title(lang),
        "pack": pack.title(lang),
        "form": f"{form_id(pack, sheet)} {form_version(pack)}",
        "code": pack.survey.code,
        "words": {name: both[at] for name, both in _WORDS.items()},
        "kinds": [_kind(pack, sheet, kind, lang) for kind in sheet.kinds],
        "present": [
            {"title": PRESENT[role][at], "is_household": role == HOUSEHOLD} for role in pack.survey.present
        ],
    }


def form_date(pack: Pack) -> date:
    """The date that the paper bears in its file: that of the latest document, for nothing here reads a clock."""
    return max(one.decided_on or one.valid_from for one in pack.documents.values())


def _kind(pack: Pack, sheet: Sheet, kind: Kind, lang: str) -> dict[str, Any]:
    items = [item for item in pack.items.values() if item.category in sheet.categories and kind.takes(item)]
    asked = [_asked(pack, one, lang) for one in (*kind.measures, *kind.attributes)]
    units = {item.unit for item in items}
    return {
        "items": [item.name(lang) for item in items],
        "columns": asked,
        "formula": formula_in_words(kind, lang),
        "unit": pack.units[units.pop()].word(lang) if len(units) == 1 else "",
        "photographs": kind.photographs.least,
        "of": kind.photographs.of(lang),
        "rows": max(3, min(6, 2 * len(items))),
    }


def _asked(pack: Pack, asked: Input, lang: str) -> dict[str, Any]:
    unit = pack.units[asked.unit].word(lang) if asked.unit in pack.units else asked.unit
    choices = [asked.choice(key, lang) for key in asked.choices]
    within = "" if choices or asked.is_day else f"{asked.low:f}–{asked.high:f}"
    return {"title": asked.title(lang), "unit": unit, "within": within, "choices": choices}


def formula_in_words(kind: Kind, lang: str) -> str:
    """The formula with the measures' titles in place of their names."""
    text = _DIVIDED.sub(r"\1 ÷ \2", _ROUNDED.sub(r"\1", kind.quantity))
    for one in sorted(kind.measures, key=lambda measure: -len(measure.name)):
        text = text.replace(one.name, one.title(lang))
    return text.replace("*", "×").replace("-", "−")
