"""调查表定义 (JSON): a sheet of a pack as data that the field app draws it from, and calculates with, without the pack.

The quantity's formula goes along as the typed tree from which the XForm's XPath is made, over whole numbers.
"""

from __future__ import annotations

from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_text
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import HOUSEHOLD, PRESENT, Kind, Sheet
from yixian.engines.entitlements.formula import FormulaError
from yixian.engines.entitlements.formula.tree import (
    Arithmetic,
    Band,
    Ceiling,
    Choice,
    Comparison,
    Divided,
    Extreme,
    Logic,
    Negation,
    Node,
    Number,
    Quotient,
    Reference,
    Rescaled,
    Rounded,
    Truncated,
    Truth,
)
from yixian.engines.entitlements.survey_check import quantity_formula
from yixian.engines.survey.xlsform import form_id, form_version, photograph_names

Data = dict[str, Any]
Formula = list[Any]
"""An operator and what it works on. Whole numbers are written as text: JSON's are doubles."""


def sheet_definition(pack: Pack, sheet: Sheet) -> Data:
    """The definition of a sheet."""
    items = [item for item in pack.items.values() if sheet.kind_of(item) is not None]
    return {
        "form_id": form_id(pack, sheet),
        "version": form_version(pack),
        "title": {"zh": sheet.title_zh, "en": sheet.title_en},
        "kinds": [_kind(pack, kind) for kind in sheet.kinds],
        "items": [
            {
                "code": item.code,
                "name": {"zh": item.name_zh, "en": item.name_en},
                "kind": kind.id,
                "unit": _unit(pack, item.unit),
            }
            for item in items
            if (kind := sheet.kind_of(item))
        ],
        "present": [
            {
                "role": role,
                "title": {"zh": PRESENT[role][0], "en": PRESENT[role][1]},
                "may_refuse": role == HOUSEHOLD,
            }
            for role in pack.survey.present
        ],
    }


def formula_data(node: Node) -> Formula:
    """The formula times ten to its decimals, over measures times ten to theirs. Raises `FormulaError` for what no sheet has."""
    match node:
        case Number():
            return ["number", str(node.value)]
        case Reference():
            return ["measure", node.name]
        case Negation():
            return ["-", ["number", "0"], formula_data(node.operand)]
        case Arithmetic():
            return [node.operator, formula_data(node.left), formula_data(node.right)]
        case Rescaled():
            factor = 10 ** (node.scale - node.operand.scale)
            return ["*", formula_data(node.operand), ["number", str(factor)]]
        case Rounded() | Truncated() | Ceiling() | Divided() | Quotient():
            return _quotient(node)
        case Extreme() | Choice() | Band():
            return _choosing(node)
        case _:
            raise FormulaError("survey.formula")


def _choosing(node: Extreme | Choice | Band) -> Formula:
    if isinstance(node, Extreme):
        return [node.which, *(formula_data(one) for one in node.operands)]
    if isinstance(node, Choice):
        return ["if", _truth(node.condition), formula_data(node.then), formula_data(node.otherwise)]
    limits = [formula_data(one) for one in node.limits]
    return ["band", formula_data(node.operand), limits, [formula_data(one) for one in node.values]]


def _quotient(node: Rounded | Truncated | Ceiling | Divided | Quotient) -> Formula:
    """``["over", a, b]``: a divided by b and cut; half of the divisor was added where it is rounded."""
    inner = formula_data(node.operand)
    if isinstance(node, Quotient):
        below: Formula = ["*", formula_data(node.divisor), ["number", str(node.unit)]]
        doubled: Formula = ["*", inner, ["number", str(2 * node.multiplier)]]
        return ["over", ["+", doubled, below], ["*", below, ["number", "2"]]]
    if isinstance(node, Divided):
        doubled = ["*", inner, ["number", str(2 * node.multiplier)]]
        return ["over", ["+", doubled, ["number", str(node.divisor)]], ["number", str(2 * node.divisor)]]
    unit = 10 ** (node.operand.scale - node.scale)
    carried = {Rounded: unit // 2, Ceiling: unit - 1, Truncated: 0}[type(node)]
    return ["over", ["+", inner, ["number", str(carried)]], ["number", str(unit)]]


def _truth(truth: Truth) -> Formula:
    if isinstance(truth, Comparison):
        return [truth.operator, formula_data(truth.left), formula_data(truth.right)]
    if isinstance(truth, Logic):
        return [truth.operator, *(_truth(one) for one in truth.operands)]
    raise FormulaError("survey.formula")


def _kind(pack: Pack, kind: Kind) -> Data:
    formula = quantity_formula(kind)
    return {
        "id": kind.id,
        "measures": [_asked(pack, one) for one in kind.measures],
        "attributes": [_asked(pack, one) for one in kind.attributes],
        "photographs": photograph_names(kind),
        "photographs_of": {"zh": kind.photographs.of_zh, "en": kind.photographs.of_en},
        "quantity": {"formula": formula_data(formula), "scale": formula.scale},
    }


def _asked(pack: Pack, asked: Input) -> Data:
    found: Data = {
        "name": asked.name,
        "title": {"zh": asked.title_zh, "en": asked.title_en},
        "unit": _unit(pack, asked.unit),
    }
    if asked.choices:
        choices = [{"key": key, "zh": zh, "en": en} for key, (zh, en) in asked.choices.items()]
        return found | {"kind": "choice", "choices": choices}
    if asked.is_day:
        return found | {"kind": "day", "least": day_text(int(asked.low)), "most": day_text(int(asked.high))}
    return found | {
        "kind": "number",
        "scale": asked.scale,
        "least": f"{asked.low:f}",
        "most": f"{asked.high:f}",
    }


def _unit(pack: Pack, unit: str) -> dict[str, str]:
    known = pack.units.get(unit)
    return {"zh": known.zh, "en": known.en} if known else {"zh": unit, "en": unit}
