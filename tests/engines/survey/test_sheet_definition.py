"""What the field app's own modules write, by a sheet's definition, the office and JavaRosa accept, and come to the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.engines.survey.filling import PICTURE, answers, quantities
from tests.engines.survey.forms_of_packs import bad_cases, shipped_sheets, write_form
from tests.oracles.field_app import app_writes
from tests.oracles.javarosa import JavaRosa
from yixian.engines.entitlements.formula import Name, parse
from yixian.engines.entitlements.formula.tree import Node
from yixian.engines.survey.sheet_definition import formula_data
from yixian.engines.survey.sheet_reading import ReadSheet, read_sheet
from yixian.engines.survey.submission import Answers, read_submission

TODAY = date(2026, 11, 30)
HOUSEHOLDS = 200
_OWN = frozenset({"meta", "start", "end", "deviceid", "today", "shown"})
"""What each client writes of itself, and the form's notes."""


def told(answers: Answers, path: str = "") -> dict[str, str]:
    """Every answer of an instance by its path; empty ones are none."""
    found = {}
    for name in answers:
        if not path and name in _OWN:
            continue
        for number, one in enumerate(answers.all(name), 1):
            at = f"{path}{name}[{number}]" if name == "item" else f"{path}{name}"
            found |= ({at: one.text} if one.text else {}) | told(one, f"{at}/")
    return {at: _plain(at, text) for at, text in found.items() if not at.endswith("/shown")}


def _plain(at: str, text: str) -> str:
    """A measure without noughts at its end, for JavaRosa writes 12.50 as 12.5; a quantity is compared as it is written."""
    if at.endswith("/quantity") or not re.fullmatch(r"[0-9]+[.][0-9]+", text):
        return text
    return f"{Decimal(text):f}".rstrip("0").rstrip(".")


@pytest.mark.proof(cases=HOUSEHOLDS, slice=20)
def test_javarosa_and_the_office_come_to_what_the_app_wrote(cases: Iterator[int], tmp_path: Path) -> None:
    numbers = list(cases)
    javarosa = JavaRosa(tmp_path)
    for pack, sheet in shipped_sheets():
        given = {f"H{number:04d}": answers(pack, sheet, number) for number in numbers}
        form = write_form(pack, sheet, tmp_path)
        written = dict(zip(given, app_writes(pack, sheet, given.values()), strict=True))
        wanted = {name: told(read_submission(one["xml"].encode()).answers) for name, one in written.items()}
        asked = {
            name: {at: text for at, text in found.items() if not at.endswith("/quantity")}
            for name, found in wanted.items()
        }
        for name, filled in javarosa.fill(form, asked).items():
            assert filled.refused == ()
            assert told(read_submission(filled.xml).answers) == wanted[name], (sheet.id, name)
            read = read_sheet(
                pack,
                read_submission(written[name]["xml"].encode()),
                is_picture=lambda picture: picture == PICTURE,
                today=TODAY,
            )
            assert isinstance(read, ReadSheet), (sheet.id, name, read)
            assert [line.quantity for line in read.lines] == quantities(pack, sheet, given[name])


def test_the_app_finishes_no_sheet_with_a_bad_answer() -> None:
    """By the question itself. An unknown household number cannot be typed: households are chosen."""
    tried = 0
    for pack, sheet in shipped_sheets():
        wrong = [
            (question, given)
            for question, given in bad_cases(pack, sheet).values()
            if question not in {"household_id", "household/refused"}
        ]
        for (question, given), found in zip(
            wrong, app_writes(pack, sheet, (one for _q, one in wrong)), strict=True
        ):
            assert question in found["problems"], (sheet.id, question, given[question])
            assert found["xml"] == ""
            tried += 1
    assert tried > 250


def test_a_refusal_to_sign_carries_its_reason_and_witness_and_no_signature() -> None:
    pack, sheet = shipped_sheets()[0]
    given = answers(pack, sheet, 1) | {
        "household/refused": "yes",
        "household/reason": "树没有数完 <5 & more",
        "household/witness": "赵见",
    }
    (written,) = app_writes(pack, sheet, [given])
    assert written["problems"] == []
    read = read_sheet(
        pack, read_submission(written["xml"].encode()), is_picture=lambda name: name == PICTURE, today=TODAY
    )
    assert isinstance(read, ReadSheet)
    household = next(one for one in read.present if one.role == "household")
    assert (household.reason, household.witness, household.signature) == (
        "树没有数完 <5 & more",
        "赵见",
        "",
    )


def test_an_unsigned_sheet_without_a_reason_is_not_finished() -> None:
    pack, sheet = shipped_sheets()[0]
    given = answers(pack, sheet, 1) | {"household/refused": "yes"}
    (written,) = app_writes(pack, sheet, [given])
    assert {"household/reason", "household/witness"} <= set(written["problems"])


def worked_out(data: list[object], known: Mapping[str, int]) -> int:
    """Another reading of a formula's data than the app's: Python's own whole numbers."""
    operator, *operands = data
    if operator == "number":
        return int(str(operands[0]))
    if operator == "measure":
        return known[str(operands[0])]
    values = [worked_out(one, known) for one in operands if isinstance(one, list)]
    if operator == "over":
        return values[0] // values[1]
    return {"+": sum(values), "-": values[0] - values[-1], "*": values[0] * values[-1]}.get(
        str(operator)
    ) or (min(values) if operator == "min" else max(values))


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("round(a * b, 2)", (235, 50), 118),  # 2.35 × 0.50 = 1.175
        ("div(a * b, 3, 2)", (100, 200), 67),
        ("max(a, b)", (115, 100), 115),
        ("min(a, b)", (115, 100), 100),
        ("a + b - 1", (115, 100), 115),
    ],
)
def test_a_formula_as_data_is_the_formula(text: str, at: tuple[int, int], wanted: int) -> None:
    node: Node = parse(text, {"a": Name("a", 2, 0, 10_000), "b": Name("b", 2, 0, 10_000)})
    assert worked_out(formula_data(node), {"a": at[0], "b": at[1]}) == wanted
