"""算例: the worked examples that travel with a pack, and what comes of reckoning them.

An example is one household: its facts, its items, and either the amount of each line (by item code, or by rule for a
household line or a count) with the total, or the problem that withholds it. Every amount says where it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yixian.domain.policy import Pack, PackErrors, PackProblem
from yixian.domain.policy.pack import FACTOR_SCALE
from yixian.engines.entitlements.calculation import compute
from yixian.engines.entitlements.form import Form, parse_decimal
from yixian.engines.entitlements.located import Faults, Located, Place, problem_at, read_yaml
from yixian.engines.entitlements.pack_fault_texts import Value
from yixian.engines.entitlements.result_tables import Result
from yixian.lazy_imports import pa

SUMS = ("total", "monthly", "yearly")
_HOUSEHOLD = "example"

Fault = tuple[Place, str, dict[str, Value]]
"""Where, which, and what fills its sentence."""


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
    places: dict[str, Place]


def examples_of(pack: Pack) -> list[Example]:
    """The pack's examples. Raises `PackErrors` if one cannot be read."""
    faults = Faults()
    found = [
        _example(pack, Form(entry, faults), faults)
        for name, text in sorted(pack.sources.items())
        if name.startswith("tests/")
        for entry in read_yaml(name, text, faults).items
    ]
    if faults.problems:
        raise PackErrors(faults.problems)
    return found


def check_examples(pack: Pack) -> list[PackProblem]:
    """What does not come out as the pack's examples say; empty if all do. Raises `PackErrors` if one cannot be read.

    A draft's examples are reckoned as if it were decided: they show what it would come to.
    """
    decided = pack.as_if_decided() if pack.is_draft else pack
    return [
        problem_at(place, key, {"example": example.name, **values})
        for example in examples_of(pack)
        for place, key, values in _faults(decided, example)
    ]


def _example(pack: Pack, form: Form, faults: Faults) -> Example:
    name, _source = form.text("name"), form.text("source")
    on = form.day("on") or date.max
    household = _given(form.mapping("household"), {"zone", *pack.household_inputs}, faults)
    known = {"item_code", *pack.item_inputs}
    items = tuple(_given(item.entries, known, faults) for item in form.list("items"))
    amounts = dict(form.mapping("lines"))
    problem = form.text("problem", default="")
    for key in SUMS:
        if form.has(key):
            form.text(key)
            amounts[key] = form.where(key)
    if "total" not in amounts and not problem:
        faults.add(form.place, "example.expects")
    form.done()
    expected = {key: _amount(value, faults) for key, value in amounts.items()}
    places = {key: value.place for key, value in amounts.items()} | {"problem": form.where("problem").place}
    return Example(form.place, name, on, household, items, expected, problem, places)


def _given(entries: dict[str, Located], known: set[str], faults: Faults) -> dict[str, str]:
    for name in sorted(entries.keys() - known):
        faults.add(entries[name].place, "example.fact", name=name)
    return {name: value.text for name, value in entries.items()}


def _amount(value: Located, faults: Faults) -> Decimal:
    return parse_decimal(value, faults, decimals=FACTOR_SCALE)


def _faults(pack: Pack, example: Example) -> list[Fault]:
    result = compute(pack, _households(pack, example), _items(pack, example), example.on)
    if example.problem:
        codes = result.problems.column("code").to_pylist()
        if example.problem in codes:
            return []
        got_codes: Value = ", ".join(codes) or ("没有", "none")
        values = {"expected": example.problem, "got": got_codes}
        return [(example.places["problem"], "example.problem", values)]
    if result.problems.num_rows:
        rows = result.problems.to_pylist()
        return [(example.place, "example.withheld", {"why": (row["code"], row["message"])}) for row in rows]
    got = _amounts(pack, result)
    for name in SUMS[1:]:
        if name not in example.expected and not got[name]:
            del got[name]
    return [
        (
            example.places.get(code, example.place),
            "example.differs",
            {
                "line": code,
                "expected": _amount_text(example.expected.get(code)),
                "got": _amount_text(got.get(code)),
            },
        )
        for code in sorted(example.expected.keys() | got.keys())
        if example.expected.get(code) != got.get(code)
    ]


def _amount_text(amount: Decimal | None) -> Value:
    return ("没有这一行", "no line") if amount is None else f"{amount:f}"


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
