"""算例: the worked examples that travel with a pack, and what comes of reckoning them.

An example is one household: its facts, its items, and either the amount of each line (by item code, or by rule for a
household line or a count) with the total, or the problem that withholds it. Every amount says where it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from yixian.domain.policy import Pack, PackErrors, PackProblem
from yixian.domain.policy.pack import FACTOR_SCALE
from yixian.engines.entitlements.form import Form, parse_decimal
from yixian.engines.entitlements.located import Faults, Located, Place, read_yaml
from yixian.engines.entitlements.reckoning import compute
from yixian.engines.entitlements.tables import Result

SUMS = ("total", "monthly", "yearly")
_HOUSEHOLD = "example"


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example: ``expected`` amounts by item code, rule, or ``total``, ``monthly``, ``yearly``; or a ``problem``."""

    place: Place
    name: str
    on: date
    household: dict[str, str]
    items: tuple[dict[str, str], ...]
    expected: dict[str, Decimal]
    problem: str


def examples_of(pack: Pack) -> list[Example]:
    """The pack's examples. Raises `PackErrors` if one cannot be read."""
    faults = Faults()
    found = [
        _example(Form(entry, faults), faults)
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


def _example(form: Form, faults: Faults) -> Example:
    name, _source = form.text("name"), form.text("source")
    on = form.day("on") or date.max
    household = {key: value.text for key, value in form.mapping("household").items()}
    items = tuple({key: value.text for key, value in item.entries.items()} for item in form.list("items"))
    expected = {key: _amount(value, faults) for key, value in form.mapping("lines").items()}
    problem = form.text("problem", default="")
    for key in SUMS:
        if form.has(key):
            form.text(key)
            expected[key] = _amount(form.where(key), faults)
    if "total" not in expected and not problem:
        faults.add(form.place, "example.expects", "An example expects a total or a problem.")
    form.done()
    return Example(form.place, name, on, household, items, expected, problem)


def _amount(value: Located, faults: Faults) -> Decimal:
    return parse_decimal(value, faults, decimals=FACTOR_SCALE)


def _faults(pack: Pack, example: Example) -> list[str]:
    result = compute(pack, _households(pack, example), _items(pack, example), example.on)
    if example.problem:
        codes = result.problems.column("code").to_pylist()
        found = ", ".join(codes) or "none"
        return [] if example.problem in codes else [f"expected the problem {example.problem}, got {found}"]
    if result.problems.num_rows:
        return [f"withheld: {message}" for message in result.problems.column("message").to_pylist()]
    got = _amounts(pack, result)
    for name in SUMS[1:]:
        if name not in example.expected and not got[name]:
            del got[name]
    return [
        f"{code}: expected {_told(example.expected.get(code))}, got {_told(got.get(code))}"
        for code in sorted(example.expected.keys() | got.keys())
        if example.expected.get(code) != got.get(code)
    ]


def _told(amount: Decimal | None) -> str:
    return "no line" if amount is None else f"{amount:f}"


def _amounts(pack: Pack, result: Result) -> dict[str, Decimal]:
    """What comes of each item code, each rule for households or counting rule, and of the sums."""
    digits = pack.currency.digits
    found: dict[str, Decimal] = defaultdict(Decimal)
    measures = {rule.id: rule.measure for rule in pack.rules}
    for line in result.lines.to_pylist():
        measure = measures[line["rule"]]
        if measure is not None:
            found[line["rule"]] += line[measure.name]
        else:
            found[line["item_code"] or line["rule"]] += Decimal(line["amount_fen"]).scaleb(-digits)
    for name in SUMS:
        found[name] = Decimal(result.manifest[f"{name}_fen"]).scaleb(-digits)
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
