"""算例: the worked examples that travel with a pack, and what comes of reckoning them.

An example is one household: its facts, its items, and either the amount of each line (by item code, or by rule for a
household line) with the total, or the problem that withholds it. Every amount says where it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from yixian.domain.money import MoneyError, format_fen, parse_minor
from yixian.domain.policy import Pack, PackErrors, PackProblem
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import Faults, Located, Place, read_yaml
from yixian.engines.entitlements.reckoning import compute
from yixian.engines.entitlements.tables import Result

_HOUSEHOLD = "example"


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example. Amounts are minor units; ``total`` is None where a ``problem`` is expected instead."""

    place: Place
    name: str
    on: date
    household: dict[str, str]
    items: tuple[dict[str, str], ...]
    lines: dict[str, int]
    total: int | None
    problem: str


def examples_of(pack: Pack) -> list[Example]:
    """The pack's examples. Raises `PackErrors` if one cannot be read."""
    faults = Faults()
    found = [
        _example(Form(entry, faults), pack, faults)
        for name, text in sorted(pack.sources.items())
        if name.startswith("tests/")
        for entry in read_yaml(name, text, faults).items
    ]
    if faults.problems:
        raise PackErrors(faults.problems)
    return found


def check_examples(pack: Pack) -> list[PackProblem]:
    """What does not come out as the pack's examples say; empty if all do. Raises `PackErrors` if one cannot be read."""
    return [
        PackProblem(
            example.place.file,
            example.place.line,
            example.place.column,
            "example.differs",
            f"{example.name}: {fault}.",
        )
        for example in examples_of(pack)
        for fault in _faults(pack, example)
    ]


def _example(form: Form, pack: Pack, faults: Faults) -> Example:
    name, _source = form.text("name"), form.text("source")
    on = form.day("on") or date.max
    household = {key: value.text for key, value in form.mapping("household").items()}
    items = tuple({key: value.text for key, value in item.entries.items()} for item in form.list("items"))
    lines = {key: _minor(value, pack, faults) for key, value in form.mapping("lines").items()}
    total_text, problem = form.text("total", default=""), form.text("problem", default="")
    if not total_text and not problem:
        faults.add(form.place, "example.expects", "An example expects a total or a problem.")
    total = _minor(form.where("total"), pack, faults) if total_text else None
    form.done()
    return Example(form.place, name, on, household, items, lines, total, problem)


def _minor(value: Located, pack: Pack, faults: Faults) -> int:
    try:
        return parse_minor(value.text, pack.currency)
    except MoneyError as error:
        faults.add(value.place, error.key, str(error))
        return 0


def _faults(pack: Pack, example: Example) -> list[str]:
    result = compute(pack, _households(pack, example), _items(pack, example), example.on)
    if example.problem:
        codes = result.problems.column("code").to_pylist()
        found = ", ".join(codes) or "none"
        return [] if example.problem in codes else [f"expected the problem {example.problem}, got {found}"]
    if result.problems.num_rows:
        return [f"withheld: {message}" for message in result.problems.column("message").to_pylist()]
    got = _amounts(result) | {"total": result.manifest["total_fen"]}
    expected: dict[str, int | None] = {**example.lines, "total": example.total}
    return [
        f"{code}: expected {_told(expected.get(code), pack)}, got {_told(got.get(code), pack)}"
        for code in sorted(expected.keys() | got.keys())
        if expected.get(code) != got.get(code)
    ]


def _told(amount: int | None, pack: Pack) -> str:
    return "no line" if amount is None else format_fen(amount, pack.currency)


def _amounts(result: Result) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for line in result.lines.to_pylist():
        found[line["item_code"] or line["rule"]] += line["amount_fen"]
    return dict(found)


def _households(pack: Pack, example: Example) -> pa.Table:
    columns = {"household_id": [_HOUSEHOLD], "zone": [example.household.get("zone", "")]}
    return pa.table(columns | {name: [example.household.get(name)] for name in pack.household_inputs})


def _items(pack: Pack, example: Example) -> pa.Table:
    count = len(example.items)
    columns: dict[str, pa.Array] = {
        "line_id": pa.array([str(number) for number in range(count)], pa.string()),
        "household_id": pa.array([_HOUSEHOLD] * count, pa.string()),
        "item_code": pa.array([item.get("item_code", "") for item in example.items], pa.string()),
    }
    for name in pack.item_inputs:
        columns[name] = pa.array([item.get(name) for item in example.items], pa.string())
    return pa.table(columns)
