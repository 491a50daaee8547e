"""政策包的提示: lint warnings — what a sound pack may mean, and more often is a slip; a person looks at each of them again.

Nothing here refuses a pack: a price of nothing or a sentence with a year in it can be right. `policy check` prints them
after the verdict, with file and line like the faults.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from yixian.domain.policy import Pack, PackProblem, Rule
from yixian.domain.policy.pack import HOUSEHOLDS, ITEMS
from yixian.domain.policy.periods import Period
from yixian.engines.entitlements.examples import ProvenRule
from yixian.engines.entitlements.pack_fault_texts import fault_text
from yixian.engines.entitlements.rules_typing import definitions_of, typed
from yixian.engines.entitlements.sentence_numbers import numbers_in, said_otherwise
from yixian.engines.entitlements.sentence_units import unit_faults
from yixian.engines.entitlements.vocabulary_notes import vocabulary_notes

_ALIKE = 0.7
"""How alike two categories are, of 1, to look like one with a slip."""
_MAX_NAMED = 3
"""More items without a Chinese name are one note: a list of hundreds would hide the others."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_HAN = re.compile(r"[㐀-鿿]")
_PLAIN_SIGN = {"−": "-", "－": "-", "–": "-", "＋": "+"}
"""How a sentence writes plus and minus."""
_SIGNED_NAME = re.compile(r"([+-])\s*([A-Za-z_][A-Za-z0-9_]*)(?!\s*\()")
_SIGNED_FIELD = re.compile(r"(?<=[\s}）])([-−－–+＋])(?=[\s{（])(?:(?!\s[-−－–+＋×*÷/=]\s)[^{}])*\{(\w+)\}")
_FIELD = re.compile(r"\{[^}]*\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Note = tuple[str, str, Mapping[str, str | tuple[str, str]]]
"""File and text to find the line by, with that of a line below it where several are alike (joined by tabs); key; and what
fills its sentence."""


def notes_of(pack: Pack, proven: Collection[ProvenRule], *, today: date | None = None) -> list[PackProblem]:
    """What to look at again. ``proven`` are the rules by which some worked example has a line; ``today`` is the day on which
    somebody looks, if days are to be compared with it.
    """
    notes = [note for look in _LOOKS for note in look(pack)]
    notes += vocabulary_notes(pack, today)
    notes += [
        (_rule(rule), "note.unproven", {"rule": _version(pack, rule)})
        for rule in pack.rules
        if (rule.id, rule.valid_from) not in proven
    ]
    return sorted(_placed(pack, note) for note in notes)


def _rule(rule: Rule) -> str:
    return f"rules.yaml\tid: {rule.id}\tfrom: {rule.valid_from}"


def _version(pack: Pack, rule: Rule) -> str:
    """A rule's id, with its first day where it has several versions."""
    several = [other for other in pack.rules if other.id == rule.id][1:]
    return f"{rule.id} ({rule.valid_from}–)" if several else rule.id


def _paid_twice(pack: Pack) -> Iterator[Note]:
    """Two money rules that take the same items on the same day, or that are the same but for the name."""
    for one, other in combinations([rule for rule in pack.rules if rule.measure is None], 2):
        if (
            one.applies_to != other.applies_to
            or one.paid != other.paid
            or not _meet(one.period, other.period)
        ):
            continue
        if one.applies_to == ITEMS:
            same = not (one.categories and other.categories) or bool({*one.categories} & {*other.categories})
        else:
            same = (one.formula, one.steps, one.factors, one.prices, one.totals) == (
                *(other.formula, other.steps, other.factors),
                *(other.prices, other.totals),
            )
        if same:
            yield _rule(other), "note.paid_twice", {"one": one.id, "other": other.id}


def _meet(one: Period, other: Period) -> bool:
    return (one.end is None or other.begin < one.end) and (other.end is None or one.begin < other.end)


def _follows_late(pack: Pack) -> Iterator[Note]:
    """A household rule that ends, and one of the same factors or prices that begins some days later."""
    for one in pack.rules:
        for other in pack.rules:
            end, used = one.period.end, {use.factor for use in one.factors.values()} | {*one.prices.values()}
            again = {use.factor for use in other.factors.values()} | {*other.prices.values()}
            if (
                end
                and one.applies_to == other.applies_to == HOUSEHOLDS
                and end < other.period.begin
                and used & again
            ):
                days = {"one": one.id, "other": other.id, "day": end.isoformat()}
                yield _rule(other), "note.rule_gap", days


def _prices(pack: Pack) -> Iterator[Note]:
    zones: dict[str, set[str]] = defaultdict(set)
    for code, zone in [
        *((price.item_code, price.zone) for price in pack.prices),
        *((row.item_code, row.zone) for row in pack.undecided),
    ]:
        zones[code].add(zone)
    for price in pack.prices:
        if price.amount == 0:
            yield f"prices.csv\t{price.item_code},{price.zone},", "note.price_zero", {"code": price.item_code}
    for code, said in zones.items():
        missing = [] if "" in said else [zone for zone in pack.zones if zone not in said]
        if missing:
            yield f"prices.csv\t{code},", "note.zone_unpriced", {"code": code, "zones": ", ".join(missing)}


def _categories(pack: Pack) -> Iterator[Note]:
    categories = sorted({item.category for item in pack.items.values()})
    for category in categories:
        like = [one for one in categories if one != category and _looks_like(one, category)]
        if like and category not in _named(pack):
            values = {"category": category, "like": ", ".join(like)}
            yield f"items.csv\t,{category},", "note.categories_alike", values


def _looks_like(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _named(pack: Pack) -> set[str]:
    """Categories that the pack names elsewhere, too: these are meant."""
    of_heads = {category for head in pack.budget_heads.values() for category in head.categories}
    of_rules = {name for rule in pack.rules for name in (*rule.categories, *rule.totals.values())}
    of_rules |= {name for rule in pack.rules for over in rule.over_items.values() for name in over.categories}
    return of_heads | of_rules


def _same_names(pack: Pack) -> Iterator[Note]:
    for name, codes in _alike((item.name("zh"), item.code) for item in pack.items.values()):
        yield f"items.csv\t{codes[-1]},", "note.same_name", {"name": name, "codes": ", ".join(codes)}
    for number, ids in _alike((document.number, document.id) for document in pack.documents.values()):
        yield f"documents.yaml\tid: {ids[-1]}", "note.same_number", {"number": number, "ids": ", ".join(ids)}


def _alike(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, key in pairs:
        found[name].append(key)
    return ((name, keys) for name, keys in found.items() if len(keys) > 1)


def _documents(pack: Pack) -> Iterator[Note]:
    for document in pack.documents.values():
        if document.decided_on and document.decided_on > document.valid_from:
            days = {"id": document.id, "decided": document.decided_on.isoformat()}
            yield f"documents.yaml\tid: {document.id}", "note.decided_later", days


def _chinese(pack: Pack) -> Iterator[Note]:
    """What Chinese readers are told without a Chinese character."""
    for rule in pack.rules:
        if not _HAN.search(rule.title_zh):
            yield _rule(rule), "note.not_chinese", {"text": rule.title_zh}
    items = [item for item in pack.items.values() if not _HAN.search(item.name("zh"))]
    if len(items) > _MAX_NAMED:
        told = {"number": f"{len(items)}", "text": items[0].name("zh")}
        yield f"items.csv\t{items[0].code},", "note.names_not_chinese", told
        return
    for item in items:
        yield f"items.csv\t{item.code},", "note.not_chinese", {"text": item.name("zh")}


def _sentences(pack: Pack) -> Iterator[Note]:
    """A number in a rule's sentence that its formulas do not have, one of the languages alone, or no amount at all."""
    for rule in pack.rules:
        reckoned = {Decimal(text) for formula in formulas_of(pack, rule) for text in _NUMBER.findall(formula)}
        told = {lang: numbers_in(rule.words(lang)) for lang in ("zh", "en")}
        for number in sorted((told["zh"] | told["en"]) - said_otherwise(reckoned)):
            yield _rule(rule), "note.number_in_words", {"rule": rule.id, "number": f"{number}"}
        fields = {
            lang: set(_FIELD.findall(rule.words(lang))) - {"{title}", "{units}", "{unit}"}
            for lang in ("zh", "en")
        }
        if fields["zh"] != fields["en"] or told["zh"] != told["en"]:
            yield _rule(rule), "note.languages_differ", {"rule": rule.id}
        result = "{amount}" if rule.measure is None else f"{{{rule.measure.name}}}"
        if result not in fields["zh"] | fields["en"]:
            yield _rule(rule), "note.no_amount", {"rule": rule.id}


def _units(pack: Pack) -> Iterator[Note]:
    """A unit or a currency that the languages of a rule's sentence, or the pack, do not say alike."""
    for rule in pack.rules:
        for fault in unit_faults(pack, rule):
            yield _rule(rule), fault.key, {"rule": rule.id, **fault.values}


def _signs(pack: Pack) -> Iterator[Note]:
    """A name that a rule's sentence adds and its formulas take off, or the other way round."""
    for rule in pack.rules:
        reckoned: dict[str, set[str]] = defaultdict(set)
        for formula in formulas_of(pack, rule):
            for sign, name in _SIGNED_NAME.findall(formula):
                reckoned[name].add(sign)
        for lang in ("zh", "en"):
            for sign, name in _SIGNED_FIELD.findall(rule.words(lang)):
                known = reckoned.get(name, set())
                if known and _PLAIN_SIGN.get(sign, sign) not in known:
                    yield _rule(rule), "note.sign_differs", {"rule": rule.id, "name": name}


def formulas_of(pack: Pack, rule: Rule) -> tuple[str, ...]:
    """Every formula of a rule, with the definitions that it uses."""
    own = (rule.formula, *rule.steps.values(), rule.first, rule.last, rule.share)
    return tuple(filter(None, (*own, *(text for _name, text in definitions_of(pack, rule)))))


def _below_zero(pack: Pack) -> Iterator[Note]:
    """Lines of money that can come to less than nothing, by the declared ranges."""
    for rule in pack.rules:
        if rule.measure is None and typed(pack, rule).amount.low < 0:
            yield _rule(rule), "note.below_zero", {"rule": rule.id}


def _unsurveyed(pack: Pack) -> Iterator[Note]:
    """Items that no sheet of the survey asks for, where there is a survey."""
    for item in pack.items.values() if pack.survey else ():
        if not any(pack.survey.kinds_of(item)):
            yield f"items.csv\t{item.code},", "note.unsurveyed", {"code": item.code}


def _unused(pack: Pack) -> Iterator[Note]:
    used = {
        name for rule in pack.rules for formula in formulas_of(pack, rule) for name in _NAME.findall(formula)
    }
    used |= {by for rule in pack.rules for use in rule.factors.values() for by in use.by}
    used |= {over.fact for rule in pack.rules for over in rule.over_items.values()}
    for name in (*pack.household_inputs, *pack.item_inputs):
        if name not in used:
            yield f"pack.yaml\tname: {name}", "note.unused_fact", {"name": name}
    for name in pack.definitions:
        if name not in used:
            yield f"pack.yaml\t{name}:", "note.unused_definition", {"name": name}
    for rule in pack.rules:
        own = {name for formula in formulas_of(pack, rule) for name in _NAME.findall(formula)}
        for name in (
            *rule.steps,
            *rule.prices,
            *rule.totals,
            *rule.sums,
            *rule.factors,
            *rule.over_items,
            *rule.lines,
        ):
            if name not in own:
                yield _rule(rule), "note.unused_name", {"rule": rule.id, "name": name}


_LOOKS: tuple[Callable[[Pack], Iterator[Note]], ...] = (
    _paid_twice,
    _follows_late,
    _prices,
    _categories,
    _same_names,
    _documents,
    _chinese,
    _sentences,
    _units,
    _signs,
    _below_zero,
    _unsurveyed,
    _unused,
)


def _having(lines: Sequence[str], text: str) -> list[int]:
    """The numbers of the lines with a text that no longer word or number goes on from."""
    plain = re.escape(text.replace('"', "")) + (r"(?![\w.-])" if text[-1].isalnum() else "")
    return [number for number, row in enumerate(lines, 1) if re.search(plain, row)]


def _placed(pack: Pack, note: Note) -> PackProblem:
    where, key, values = note
    file, text, *below = where.split("\t")
    lines = pack.sources[file].replace('"', "").splitlines()
    found = _having(lines, text)
    marks = _having(lines, below[0]) if below else []
    last = [max((line for line in found if line <= mark), default=0) for mark in marks]
    line = next((line for line in found if not below or line in last), found[0] if found else 0)
    zh, en = (fault_text(key, values, lang) for lang in ("zh", "en"))
    return PackProblem(file, line, 1, key, en, zh)
