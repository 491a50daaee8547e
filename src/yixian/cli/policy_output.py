"""政策在某日怎么说: documents, rules as sentences, prices and factors in force on a day, as lines to print."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import HOUSEHOLDS, ITEMS, ZONE
from yixian.engines.entitlements import unit_word

_HEADS = {
    "zh": ("有效文件", "规则", "单价", "系数"),
    "en": ("Documents in force", "Rules", "Prices", "Factors"),
}
_DUTY = {
    "zh": (
        "包保规则",
        (
            "  每户至少每 {visit} 天走访一次；突然缺位最多顶 {hours} 小时；每 {another} 天可以不说理由换一次人；"
            "离任提前 {announce} 天告知  [{document}, {clause}]"
        ),
    ),
    "en": (
        "Duties of those beside households",
        (
            "  a visit at least every {visit} days; a stand-in for {hours} hours at most; another helper without a "
            "reason once in {another} days; a leaving announced {announce} days ahead  [{document}, {clause}]"
        ),
    ),
}
_NOTHING = {"zh": "  （这一天没有）", "en": "  (none on this day)"}
_APPLIES = {
    ITEMS: {"zh": "每个指标一行", "en": "a line for each item"},
    HOUSEHOLDS: {"zh": "每户一行", "en": "a line for each household"},
}
_PAID = {
    "once": {"zh": "", "en": ""},
    "monthly": {"zh": "，按月发放", "en": ", paid monthly"},
    "yearly": {"zh": "，按年发放", "en": ", paid yearly"},
}
_AND = {"zh": "、", "en": " and "}
_ZONE = {"zh": "补偿区类", "en": "price zone"}
_COUNTS = {"zh": "，只计数不发钱", "en": ", counts and pays nothing"}
_BLANKS = {
    "title": {"zh": "名称", "en": "name"},
    "amount": {"zh": "金额", "en": "amount"},
    "unit": {"zh": "单位", "en": "unit"},
    "units": {"zh": "单位", "en": "unit"},
    "price": {"zh": "单价", "en": "price"},
}
_EVERYWHERE = {"zh": "各区类", "en": "everywhere"}
_UNDECIDED = {"zh": "〔{name}：这一天未定〕", "en": "〔{name}: not decided on this day〕"}
_BY_CHOICE = {"zh": "{name}，按“{choice}”定", "en": "{name}, by “{choice}”"}


def policy_lines(pack: Pack, on: date, lang: str) -> Iterator[str]:
    """What the pack says on a day, line by line, in ``zh`` or ``en``."""
    yield f"{pack.title(lang)}  {pack.id} {pack.version}  {on}"
    parts = (_documents(pack, on, lang), _rules(pack, on, lang), _prices(pack, on, lang), _factors(pack, on))
    for head, lines in zip(_HEADS[lang], parts, strict=True):
        yield ""
        yield head
        told = list(lines)
        yield from told or [_NOTHING[lang]]
    yield from _duty(pack, on, lang)


def _documents(pack: Pack, on: date, lang: str) -> Iterator[str]:
    for document in pack.documents.values():
        if document.in_force(on):
            until = f"–{document.valid_until}" if document.valid_until else "–"
            yield f"  {document.id}  {document.number}  {document.title(lang)}  ({document.valid_from}{until})"


def _rules(pack: Pack, on: date, lang: str) -> Iterator[str]:
    for rule in pack.rules_on(on):
        how = _COUNTS[lang] if rule.measure else _PAID[rule.paid][lang]
        yield f"  {rule.title(lang)}（{rule.id}；{_APPLIES[rule.applies_to][lang]}{how}）"
        yield f"    {sentence_of(pack, rule, on, lang)}"
        for name, text in rule.steps.items():
            yield f"    {name} = {text}"
        yield f"    = {rule.formula}"
        if rule.document:
            clause = pack.documents[rule.document].clauses[rule.clause]
            yield f"    [{pack.documents[rule.document].number}] {clause.text(lang)}"


def sentence_of(pack: Pack, rule: Rule, on: date, lang: str) -> str:
    """A rule's sentence with each blank named in 〔〕, and each number that is decided for the day filled in."""
    filled = []
    for text, name, _form, _conversion in string.Formatter().parse(rule.words(lang)):
        filled += [text, _blank(pack, rule, name, on, lang) if name else ""]
    return "".join(filled)


def _blank(pack: Pack, rule: Rule, name: str, on: date, lang: str) -> str:
    declared = pack.household_inputs.get(name) or pack.item_inputs.get(name)
    use = rule.factors.get(name)
    if name in _BLANKS:
        told = _BLANKS[name][lang]
    elif declared is not None:
        told = declared.title(lang)
    elif name in rule.prices:
        told = pack.items[rule.prices[name]].name(lang)
    elif use is not None and not use.by:
        factor = pack.factor_on(use.factor, "", on)
        return _plain(factor.value) if factor else _UNDECIDED[lang].format(name=name)
    elif use is not None:
        by = _AND[lang].join(_by(pack, one, lang) for one in use.by)
        told = _BY_CHOICE[lang].format(name=name, choice=by)
    else:
        told = name
    return f"〔{told}〕"


def _by(pack: Pack, name: str, lang: str) -> str:
    """A choice, or the zone, by which a factor is found."""
    if name == ZONE:
        return _ZONE[lang]
    return (pack.household_inputs.get(name) or pack.item_inputs[name]).title(lang)


def _prices(pack: Pack, on: date, lang: str) -> Iterator[str]:
    for price in pack.prices_on(on):
        item = pack.items[price.item_code]
        zone = pack.zones[price.zone][lang != "zh"] if price.zone else _EVERYWHERE[lang]
        money = f"{_plain(price.amount)} {pack.currency.code}/{unit_word(pack, item.unit, lang)}"
        yield f"  {item.name(lang)}  {zone}  {money}  [{price.document}, {price.clause}]"


def _factors(pack: Pack, on: date) -> Iterator[str]:
    names = dict.fromkeys((factor.name, factor.key) for factor in pack.factors)
    for name, key in names:
        factor = pack.factor_on(name, key, on)
        if factor is not None:
            yield (
                f"  {name} {key}".rstrip()
                + f" = {_plain(factor.value)}  [{factor.document}, {factor.clause}]"
            )


def _duty(pack: Pack, on: date, lang: str) -> Iterator[str]:
    """The duties decided for the day, under their own head; nothing where a pack has none."""
    rules = pack.duty_on(on)
    if rules is None:
        return
    head, sentence = _DUTY[lang]
    yield ""
    yield head
    yield sentence.format(
        visit=rules.visit_every_days,
        hours=rules.sudden_absence_hours,
        another=rules.another_helper_days,
        announce=rules.announce_days,
        document=rules.document,
        clause=rules.clause,
    )


def _plain(value: Decimal) -> str:
    return f"{value:,f}"
