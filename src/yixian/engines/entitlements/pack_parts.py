"""政策包的各部分: documents, items, prices and rules, each read with the places where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yixian.domain.money import Currency
from yixian.domain.policy import (
    BudgetHead,
    Clause,
    Document,
    DutyRules,
    Factor,
    FactorUse,
    Input,
    Item,
    Measure,
    OverItems,
    Price,
    Rule,
)
from yixian.domain.policy.pack import FACTOR_SCALE, ONCE
from yixian.domain.policy.units import Unit, unit
from yixian.engines.entitlements.form import Form, parse_day, parse_decimal
from yixian.engines.entitlements.located import Faults, Located, Placed
from yixian.engines.entitlements.rules_typing import PRICE_SCALE
from yixian.engines.entitlements.survey_part import SurveyParts
from yixian.engines.entitlements.vocabulary_part import VocabularyParts

ITEM_COLUMNS = ("item_code", "category", "name_zh", "name_en", "unit", "parent")
PRICE_COLUMNS = ("item_code", "zone", "unit", "from", "until", "price", "document", "clause")
FACTOR_COLUMNS = ("factor", "key", "from", "until", "value", "document", "clause")
NO_PRICE = "none"
RESERVED = ("total", "monthly", "yearly")
"""Sums of a whole account; no item and no rule may bear their names."""
_NO_DAY = date.max
_SCALES = frozenset("0123456")


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A row of prices.csv. Where deliberately no price is decided (“none”) it only keeps the dates without a gap."""

    price: Price
    is_decided: bool


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A row of factors.csv; “none” as with prices."""

    factor: Factor
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a pack as they were read, also those that stand twice."""

    household_inputs: list[Placed[Input]]
    item_inputs: list[Placed[Input]]
    documents: list[Placed[Document]]
    items: list[Placed[Item]]
    prices: list[Placed[PriceRow]]
    factors: list[Placed[FactorRow]]
    budget_heads: list[Placed[BudgetHead]]
    rules: list[Placed[Rule]]
    duty: list[Placed[DutyRules]]
    vocabulary: VocabularyParts
    survey: SurveyParts
    units: list[Placed[Unit]]
    definitions: dict[str, Located]


def read_currency(form: Form, faults: Faults) -> Currency:
    """The currency: its code and the decimals of its smallest coin."""
    code, digits = form.text("code"), form.text("digits")
    form.done()
    if digits not in {"0", "1", "2", "3"}:
        faults.add(form.where("digits").place, "pack.digits")
        digits = "2"
    return Currency(code, int(digits))


def read_zones(sources: dict[str, Located], faults: Faults) -> dict[str, tuple[str, str]]:
    """The price zones with their names in both languages."""
    return _choices(sources, faults)


def read_units(sources: dict[str, Located], faults: Faults) -> list[Placed[Unit]]:
    """The units that a pack declares besides those that every pack knows."""
    found = []
    for code, source in sources.items():
        form = Form(source, faults)
        zh, en = form.text("zh"), form.text("en")
        declared = unit(code, form.text("dimension"), zh, en, form.text("plural", default=""))
        form.done()
        found.append(form.placed(declared))
    return found


def read_inputs(sources: Iterable[Located], faults: Faults) -> list[Placed[Input]]:
    """The declared inputs: numbers with a range, or choices."""
    found = []
    for source in sources:
        form = Form(source, faults)
        title_zh, title_en = form.both("title")
        choices = _choices(form.mapping("choices"), faults)
        is_day = _is_day(form, faults)
        scale = 0 if choices or is_day else _scale(form, faults)
        declared = Input(
            name=form.text("name"),
            title_zh=title_zh,
            title_en=title_en,
            unit=form.text("unit", default=""),
            low=_limit(form, "low", scale, is_day=is_day, is_choice=bool(choices)),
            high=_limit(form, "high", scale, is_day=is_day, is_choice=bool(choices)),
            scale=scale,
            default=form.text("default", default=""),
            categories=tuple(category.text for category in form.list("categories")),
            choices=choices,
            is_day=is_day,
        )
        form.done()
        found.append(form.placed(declared))
    return found


def _is_day(form: Form, faults: Faults) -> bool:
    """Whether ``kind: day`` stands there; without a kind it is a number or a choice."""
    kind = form.text("kind", default="")
    if kind not in {"", "day"}:
        faults.add(form.where("kind").place, "input.kind")
    return kind == "day"


def _limit(form: Form, name: str, scale: int, *, is_day: bool, is_choice: bool) -> Decimal:
    if is_choice:
        return Decimal(0)
    if is_day:
        day = form.day(name)
        return Decimal(day.toordinal() if day else 0)
    return form.decimal(name, decimals=scale)


def _scale(form: Form, faults: Faults) -> int:
    text = form.text("scale")
    if text in _SCALES:
        return int(text)
    faults.add(form.where("scale").place, "pack.scale", name="scale")
    return 0


def _choices(sources: dict[str, Located], faults: Faults) -> dict[str, tuple[str, str]]:
    found = {}
    for key, source in sources.items():
        form = Form(source, faults)
        found[key] = form.text("zh"), form.text("en")
        form.done()
    return found


def read_documents(source: Located, faults: Faults) -> list[Placed[Document]]:
    """The documents with their clauses."""
    found = []
    for entry in source.items:
        form = Form(entry, faults)
        title_zh, title_en = form.both("title")
        document = Document(
            id=form.text("id"),
            number=form.text("number"),
            issuer=form.text("issuer"),
            title_zh=title_zh,
            title_en=title_en,
            status=form.text("status"),
            decided_on=form.day("decided_on", required=False),
            valid_from=form.day("from") or _NO_DAY,
            valid_until=form.day("until", required=False),
            superseded_by=form.text("superseded_by", default=""),
            source=form.text("source"),
            clauses=_clauses(form.list("clauses"), faults),
            source_zh=form.text("source_zh", default=""),
        )
        form.done()
        found.append(form.placed(document))
    return found


def _clauses(sources: Iterable[Located], faults: Faults) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for source in sources:
        form = Form(source, faults)
        plain_zh, plain_en = form.both("plain") if form.has("plain") else ("", "")
        clause = Clause(form.text("id"), form.text("zh"), form.text("en"), plain_zh, plain_en)
        form.done()
        if clause.id in found:
            faults.add(source.place, "clause.twice", id=clause.id)
        found[clause.id] = clause
    return found


def read_items(rows: Iterable[dict[str, Located]], faults: Faults) -> list[Placed[Item]]:
    """The catalogue."""
    found = []
    for row in rows:
        for name in ITEM_COLUMNS[:-1]:
            if not row[name].text:
                faults.add(row[name].place, "item.missing", name=name)
        item = Item(*(row[name].text for name in ITEM_COLUMNS))
        found.append(Placed(item, row["item_code"].place, row))
    return found


def read_prices(rows: Iterable[dict[str, Located]], faults: Faults) -> list[Placed[PriceRow]]:
    """The dated prices; “none” says that deliberately no price is decided for a time."""
    found = []
    for row in rows:
        is_decided = row["price"].text != NO_PRICE
        begin = parse_day(row["from"], faults)
        if not row["from"].text:
            faults.add(row["from"].place, "price.from")
        price = Price(
            item_code=row["item_code"].text,
            zone=row["zone"].text,
            unit=row["unit"].text,
            valid_from=begin or _NO_DAY,
            valid_until=parse_day(row["until"], faults),
            amount=parse_decimal(row["price"], faults, decimals=PRICE_SCALE) if is_decided else Decimal(0),
            document=row["document"].text,
            clause=row["clause"].text,
        )
        found.append(Placed(PriceRow(price, is_decided), row["item_code"].place, row))
    return found


def read_factors(rows: Iterable[dict[str, Located]], faults: Faults) -> list[Placed[FactorRow]]:
    """The dated factors; “none” says that deliberately none is decided for a time."""
    found = []
    for row in rows:
        is_decided = row["value"].text != NO_PRICE
        if not row["from"].text:
            faults.add(row["from"].place, "factor.from")
        factor = Factor(
            name=row["factor"].text,
            key=row["key"].text,
            valid_from=parse_day(row["from"], faults) or _NO_DAY,
            valid_until=parse_day(row["until"], faults),
            value=parse_decimal(row["value"], faults, decimals=FACTOR_SCALE) if is_decided else Decimal(0),
            document=row["document"].text,
            clause=row["clause"].text,
        )
        found.append(Placed(FactorRow(factor, is_decided), row["factor"].place, row))
    return found


def read_heads(sources: dict[str, Located], faults: Faults) -> list[Placed[BudgetHead]]:
    """The heads of the budget, with what falls under each."""
    found = []
    for code, source in sources.items():
        form = Form(source, faults)
        note_zh, note_en = form.both("note") if form.has("note") else ("", "")
        head = BudgetHead(
            code=code,
            title_zh=form.text("zh"),
            title_en=form.text("en"),
            categories=tuple(category.text for category in form.list("categories")),
            rules=tuple(rule.text for rule in form.list("rules")),
            note_zh=note_zh,
            note_en=note_en,
        )
        form.done()
        found.append(form.placed(head))
    return found


def read_rules(source: Located, faults: Faults) -> list[Placed[Rule]]:
    """The rules, their formulas still as text."""
    found = []
    for entry in source.items:
        form = Form(entry, faults)
        title_zh, title_en = form.both("title")
        words_zh, words_en = form.both("words")
        rule = Rule(
            id=form.text("id"),
            title_zh=title_zh,
            title_en=title_en,
            applies_to=form.text("applies_to"),
            categories=tuple(category.text for category in form.list("categories")),
            valid_from=form.day("from") or _NO_DAY,
            valid_until=form.day("until", required=False),
            document=form.text("document", default=""),
            clause=form.text("clause", default=""),
            prices={name: value.text for name, value in form.mapping("prices").items()},
            totals={name: value.text for name, value in form.mapping("totals").items()},
            steps={name: value.text for name, value in form.mapping("steps").items()},
            formula=form.text("formula"),
            keep_zero=form.yes_or_no("keep_zero", default=True),
            words_zh=words_zh,
            words_en=words_en,
            factors={name: _factor_use(value, faults) for name, value in form.mapping("factors").items()},
            sums={name: value.text for name, value in form.mapping("sums").items()},
            measure=_measure(form, faults),
            paid=form.text("paid", default=ONCE),
            share=form.text("share", default=""),
            lines={name: value.text for name, value in form.mapping("lines").items()},
            first=form.text("first", default=""),
            last=form.text("last", default=""),
            over_items={
                name: _over_items(Form(value, faults)) for name, value in form.mapping("over_items").items()
            },
        )
        form.done()
        found.append(form.placed(rule))
    return found


def _factor_use(source: Located, faults: Faults) -> FactorUse:
    """``name: factor``, or ``name: {factor: ..., by: ...}`` where a choice, the zone or several of them find the key."""
    if source.kind == "text":
        return FactorUse(source.text, ())
    form = Form(source, faults)
    several = form.where("by").kind == "list"
    by = [one.text for one in form.list("by")] if several else [form.text("by", default="")]
    use = FactorUse(form.text("factor"), tuple(filter(None, by)))
    form.done()
    return use


def _over_items(form: Form) -> OverItems:
    """``name: {take: sum, fact: ..., categories: [...], items: [...]}``."""
    found = OverItems(
        take=form.text("take"),
        fact=form.text("fact", default=""),
        categories=tuple(category.text for category in form.list("categories")),
        items=tuple(code.text for code in form.list("items")),
    )
    form.done()
    return found


def _measure(form: Form, faults: Faults) -> Measure | None:
    if not form.has("measures"):
        return None
    inner = form.form("measures")
    name, unit, decimals = inner.text("name"), inner.text("unit"), inner.text("decimals")
    if decimals not in _SCALES:
        faults.add(inner.where("decimals").place, "pack.scale", name="decimals")
    inner.done()
    return Measure(name, unit, int(decimals) if decimals in _SCALES else 0)
