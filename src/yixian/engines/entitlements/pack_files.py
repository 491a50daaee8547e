"""政策包的读取: from a folder of plain files, or from the canonical bytes of a kept pack, to a checked `Pack`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from yixian.domain.money import Currency
from yixian.domain.policy import Clause, Document, Input, Item, Pack, PackErrors, Price, Rule
from yixian.domain.policy.pack import identity
from yixian.engines.entitlements.form import Form, parse_day, parse_decimal
from yixian.engines.entitlements.located import Faults, Located, Place, read_csv, read_yaml
from yixian.engines.entitlements.pack_check import check_pack

PRICE_DECIMALS = 4
_NO_DAY = date.max
FILES = ("pack.yaml", "documents.yaml", "items.csv", "prices.csv", "rules.yaml")
_ITEM_COLUMNS = ("item_code", "category", "name_zh", "name_en", "unit", "parent")
_PRICE_COLUMNS = ("item_code", "zone", "unit", "from", "until", "price", "document", "clause")


def load_pack(folder: Path) -> Pack:
    """The checked pack in a folder. Raises `PackErrors` with every fault (missing files included)."""
    return read_pack(_sources(Path(folder)))


def pack_identity(folder: Path) -> str:
    """The SHA-256 by which the pack in a folder is known, without checking it. Raises `PackErrors` for missing files."""
    return identity(_sources(Path(folder)))


def _sources(folder: Path) -> dict[str, str]:
    """File name → text with plain line ends."""
    names = [*FILES, *sorted(f"tests/{path.name}" for path in folder.glob("tests/*.yaml"))]
    faults = Faults()
    sources = {}
    for name in names:
        path = folder / name
        if path.is_file():
            sources[name] = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        else:
            faults.add(Place(name, 0, 0), "pack.file_missing", f"The pack has no file {name}.")
    if faults.problems:
        raise PackErrors(faults.problems)
    return sources


def pack_from_canonical(content: bytes) -> Pack:
    """The pack again from `Pack.canonical`. Raises `PackErrors`."""
    return read_pack(json.loads(content))


def read_pack(sources: dict[str, str]) -> Pack:
    """The checked pack from its files' texts. Raises `PackErrors` with every fault."""
    faults = Faults()
    head = Form(read_yaml("pack.yaml", sources["pack.yaml"], faults), faults)
    pack_id, version = head.text("id"), head.text("version")
    title_zh, title_en = head.both("title")
    jurisdiction = head.text("jurisdiction")
    currency = _currency(Form(head.where("currency"), faults))
    head.mapping("currency")
    inputs = head.mapping("inputs")
    zones = {name: _pair(value, faults) for name, value in head.mapping("zones").items()}
    head.done()
    documents = _documents(read_yaml("documents.yaml", sources["documents.yaml"], faults), faults)
    items = _items(read_csv("items.csv", sources["items.csv"], _ITEM_COLUMNS, faults), faults)
    prices, price_places = _prices(
        read_csv("prices.csv", sources["prices.csv"], _PRICE_COLUMNS, faults), faults
    )
    rules, rule_places = _rules(read_yaml("rules.yaml", sources["rules.yaml"], faults), faults)
    pack = Pack(
        id=pack_id,
        version=version,
        title_zh=title_zh,
        title_en=title_en,
        jurisdiction=jurisdiction,
        currency=currency,
        zones=zones,
        household_inputs=_inputs(inputs.get("households"), faults),
        item_inputs=_inputs(inputs.get("items"), faults),
        documents=documents,
        items=items,
        prices=tuple(prices),
        rules=tuple(rules),
        sources=sources,
        sha256=identity(sources),
    )
    check_pack(pack, price_places, rule_places, faults)
    if faults.problems:
        raise PackErrors(faults.problems)
    return pack


def _currency(form: Form) -> Currency:
    code, digits = form.text("code"), form.text("digits")
    form.done()
    if digits not in {"0", "1", "2", "3"}:
        form.faults.add(form.where("digits").place, "pack.digits", "“digits” is 0, 1, 2 or 3.")
        digits = "2"
    return Currency(code, int(digits))


def _pair(source: Located, faults: Faults) -> tuple[str, str]:
    form = Form(source, faults)
    pair = form.text("zh"), form.text("en")
    form.done()
    return pair


def _inputs(source: Located | None, faults: Faults) -> dict[str, Input]:
    found = {}
    for entry in source.items if source else []:
        form = Form(entry, faults)
        name = form.text("name")
        zh, en = form.both("title")
        unit, scale_text = form.text("unit", default=""), form.text("scale")
        low, high = form.where("low"), form.where("high")
        form.text("low"), form.text("high")
        scale = int(scale_text) if scale_text.isdigit() and int(scale_text) <= 6 else 0
        if str(scale) != scale_text:
            faults.add(form.where("scale").place, "pack.scale", "“scale” is a whole number from 0 to 6.")
        found[name] = Input(
            name,
            zh,
            en,
            unit,
            parse_decimal(low, faults, decimals=scale),
            parse_decimal(high, faults, decimals=scale),
            scale,
        )
        form.done()
    return found


def _documents(source: Located, faults: Faults) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for entry in source.items:
        form = Form(entry, faults)
        key = form.text("id")
        if key in found:
            faults.add(entry.place, "document.twice", f"The document {key} stands here twice.")
        title_zh, title_en = form.both("title")
        found[key] = Document(
            id=key,
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
        )
        form.done()
        if found[key].status not in {"decided", "draft"}:
            faults.add(form.where("status").place, "document.status", "“status” is decided or draft.")
    return found


def _clauses(sources: Iterable[Located], faults: Faults) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for source in sources:
        form = Form(source, faults)
        clause = Clause(form.text("id"), form.text("zh"), form.text("en"))
        form.done()
        if clause.id in found:
            faults.add(source.place, "clause.twice", f"The clause {clause.id} stands here twice.")
        found[clause.id] = clause
    return found


def _items(rows: Iterable[dict[str, Located]], faults: Faults) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for row in rows:
        code = row["item_code"].text
        for name in ("item_code", "category", "name_zh", "name_en", "unit"):
            if not row[name].text:
                faults.add(row[name].place, "item.missing", f"“{name}” is missing.")
        if code in found:
            faults.add(row["item_code"].place, "item.twice", f"The item {code} stands here twice.")
        found[code] = Item(*(row[name].text for name in _ITEM_COLUMNS))
    return found


def _prices(rows: Iterable[dict[str, Located]], faults: Faults) -> tuple[list[Price], list[Place]]:
    prices, places = [], []
    for row in rows:
        begin = parse_day(row["from"], faults)
        if not row["from"].text:
            faults.add(row["from"].place, "price.from", "The first day of the price is missing.")
        prices.append(
            Price(
                item_code=row["item_code"].text,
                zone=row["zone"].text,
                unit=row["unit"].text,
                valid_from=begin or _NO_DAY,
                valid_until=parse_day(row["until"], faults),
                amount=parse_decimal(row["price"], faults, decimals=PRICE_DECIMALS),
                document=row["document"].text,
                clause=row["clause"].text,
            )
        )
        places.append(row["item_code"].place)
    return prices, places


def _rules(source: Located, faults: Faults) -> tuple[list[Rule], dict[str, Located]]:
    rules, places = [], {}
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
            formula=form.text("formula"),
            keep_zero=form.text("keep_zero", default="yes") == "yes",
            words_zh=words_zh,
            words_en=words_en,
        )
        form.done()
        if rule.id in places:
            faults.add(entry.place, "rule.twice", f"The rule {rule.id} stands here twice.")
        rules.append(rule)
        places[rule.id] = form.where("formula")
    return rules, places
