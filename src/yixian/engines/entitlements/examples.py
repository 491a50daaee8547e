"""算例: the worked examples that travel with a pack, and what comes of reckoning them.

An example is one household: its facts, its items, and either the amount of each line (by item code, or by rule for a
household line or a count) with the total, or all the problems that withhold it. An item that several rules pay for has its
amounts rule by rule. Every amount says where it comes from.
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

ProvenRule = tuple[str, date]
"""A rule's id and the first day of its version."""

Fault = tuple[Place, str, dict[str, Value]]
"""Where, which, and what fills its sentence."""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example: ``expected`` amounts by item code, rule, or ``total``, ``monthly``, ``yearly``; or ``problems``.

    Of an item that several rules pay for, the amounts stand under ``ITEM / RULE``.
    """

    place: Place
    name: str
    on: date
    household: dict[str, str]
    items: tuple[dict[str, str], ...]
    expected: dict[str, Decimal]
    problems: frozenset[str]
    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many examples there are, what does not come out as they say, and the rules by which some of them has a line."""

    count: int
    problems: tuple[PackProblem, ...]
    proven: frozenset[ProvenRule]


def examples_of(pack: Pack) -> list[Example]:
    """The pack's examples. Raises `PackErrors` if one cannot be read."""
    faults = Faults()
    found = [
        _example(pack, Form(entry, faults), faults)
        for name, text in sorted(pack.sources.items())
        if name.startswith("tests/")
        for entry in read_yaml(name, text, faults).items
    ]
    seen: set[str] = set()
    for example in found:
        if example.name in seen:
            faults.add(example.place, "example.twice", name=example.name)
        seen.add(example.name)
    if faults.problems:
        raise PackErrors(faults.problems)
    return found


def check_examples(pack: Pack) -> list[PackProblem]:
    """What does not come out as the pack's examples say; empty if all do. Raises `PackErrors` if one cannot be read.

    A draft's examples are reckoned as if it were decided: they show what it would come to.
    """
    return list(run_examples(pack).problems)


def run_examples(pack: Pack) -> Outcome:
    """What comes of all of the pack's examples. Raises as `check_examples` does."""
    decided = pack.as_if_decided() if pack.is_draft else pack
    problems: list[PackProblem] = []
    proven: set[ProvenRule] = set()
    examples = examples_of(pack)
    for example in examples:
        result = compute(decided, _households(pack, example), _items(pack, example), example.on)
        faults = _faults(decided, example, result)
        problems += [
            problem_at(place, key, {"example": example.name, **values}) for place, key, values in faults
        ]
        by = set(result.lines.column("rule").to_pylist())
        proven.update((rule, decided.rule_on(rule, example.on).valid_from) for rule in by)
    return Outcome(len(examples), tuple(problems), frozenset(proven))


def _example(pack: Pack, form: Form, faults: Faults) -> Example:
    name, _source = form.text("name"), form.text("source")
    on = form.day("on") or date.max
    household = _given(form.mapping("household"), {"zone", *pack.household_inputs}, faults)
    known = {"item_code", *pack.item_inputs}
    items = tuple(_given(item.entries, known, faults) for item in form.list("items"))
    amounts = _by_line(form.mapping("lines"))
    problems = _problems(form)
    for key in SUMS:
        if form.has(key):
            form.text(key)
            amounts[key] = form.where(key)
    if problems and amounts:
        faults.add(form.where("problem").place, "example.problem_and_sum")
    if "total" not in amounts and not problems:
        faults.add(form.place, "example.expects")
    form.done()
    expected = {key: _amount(value, faults) for key, value in amounts.items()}
    places = {key: value.place for key, value in amounts.items()} | {"problem": form.where("problem").place}
    return Example(form.place, name, on, household, items, expected, problems, places)


def _by_line(lines: dict[str, Located]) -> dict[str, Located]:
    """Amounts by line; where an item's stand rule by rule, under the name of both."""
    found = {}
    for name, value in lines.items():
        by_rule = {_line(name, rule): amount for rule, amount in value.entries.items()}
        found.update(by_rule if value.kind == "mapping" else {name: value})
    return found


def _line(item_code: str, rule: str) -> str:
    return f"{item_code} / {rule}"


def _problems(form: Form) -> frozenset[str]:
    """One problem's code, or the list of all of them."""
    if form.where("problem").kind == "list":
        return frozenset(code.text for code in form.list("problem"))
    return frozenset(filter(None, [form.text("problem", default="")]))


def _given(entries: dict[str, Located], known: set[str], faults: Faults) -> dict[str, str]:
    for name in sorted(entries.keys() - known):
        faults.add(entries[name].place, "example.fact", name=name)
    return {name: value.text for name, value in entries.items()}


def _amount(value: Located, faults: Faults) -> Decimal:
    return parse_decimal(value, faults, decimals=FACTOR_SCALE)


def _faults(pack: Pack, example: Example, result: Result) -> list[Fault]:
    if example.problems:
        codes = set(result.problems.column("code").to_pylist())
        if codes == example.problems:
            return []
        got_codes: Value = ", ".join(sorted(codes)) or ("没有", "none")
        values = {"expected": ", ".join(sorted(example.problems)), "got": got_codes}
        return [(example.places["problem"], "example.problem", values)]
    if result.problems.num_rows:
        rows = result.problems.to_pylist()
        return [(example.place, "example.withheld", {"why": (row["code"], row["message"])}) for row in rows]
    got, paid_by = _amounts(pack, result)
    for name in SUMS[1:]:
        if name not in example.expected and not got[name]:
            del got[name]
    several = [code for code, rules in paid_by.items() if len(rules) > 1 and code in example.expected]
    if several:
        return [
            (example.places[code], "example.by_rule", {"line": code, "rules": ", ".join(paid_by[code])})
            for code in several
        ]
    for code, (rule, *others) in paid_by.items():
        if not others and _line(code, rule) in example.expected:
            got[_line(code, rule)] = got.pop(code)
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


def _amounts(pack: Pack, result: Result) -> tuple[dict[str, Decimal], dict[str, list[str]]]:
    """What comes of each line and of the sums; and by which rules each item code is paid for.

    A line is an item code, an item code with one of several rules, or a rule for households or a counting one.
    """
    digits = pack.currency.digits
    measures = {rule.id: rule.measure for rule in pack.rules}
    lines = result.lines.to_pylist()
    paid_by: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        own = paid_by[line["item_code"]] if line["item_code"] and not measures[line["rule"]] else None
        if own is not None and line["rule"] not in own:
            own.append(line["rule"])
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        rule, code = line["rule"], line["item_code"]
        measure = measures[rule]
        if measure is not None:
            found[rule] += line[measure.name]
        else:
            name = _line(code, rule) if len(paid_by.get(code, ())) > 1 else code or rule
            found[name] += Decimal(line["amount_fen"]).scaleb(-digits)
    for name in SUMS:
        found[name] = Decimal(result.manifest[f"{name}_fen"]).scaleb(-digits)
    return dict(found), paid_by


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
