"""条款题: which clause says this? A price or a line, and clauses to choose from."""

from __future__ import annotations

from datetime import date

from yixian.domain.policy import Pack, Price
from yixian.engines.entitlements import unit_word
from yixian.quizzes.drawing.lots import Lots
from yixian.quizzes.drawing.question import Cited, Kind, Option, Question, Words, cite
from yixian.quizzes.drawing.wording import price_a_unit, zone_name

_MAX_OPTIONS = 4


def clause_question(pack: Pack, on: date, lots: Lots) -> Question | None:
    """Something that the pack rests on one clause on that day, and that clause among others of the pack."""
    things = [
        (_of_price(pack, price), price.document, price.clause)
        for price in pack.prices_on(on)
        if price.amount > 0
    ]
    things += [
        (Words(f"“{rule.title_zh}”这一行", f"the line “{rule.title_en}”"), rule.document, rule.clause)
        for rule in pack.rules_on(on)
        if rule.document and rule.clause
    ]
    if not things:
        return None
    what, document, clause = lots.pick(things)
    right = cite(pack, document, clause)
    others = _others(pack, right, lots)
    if len(others) < 2:
        return None
    choices = lots.shuffled([right, *others[: _MAX_OPTIONS - 1]])
    return Question(
        kind=Kind.CLAUSE,
        asked=Words(f"{what.zh}，依据的是哪一条？", f"Which clause does {what.en} rest on?"),
        shown=(),
        reading=(),
        options=tuple(Option(_cited_text(one)) for one in choices),
        right=choices.index(right),
        because=Words("依据就是这一条，原文如下。", "It rests on this clause; here are its own words."),
        cited=(right,),
    )


def _of_price(pack: Pack, price: Price) -> Words:
    item = pack.items[price.item_code]
    unit = Words(unit_word(pack, item.unit, "zh"), unit_word(pack, item.unit, "en"))
    figure, zone = price_a_unit(price.amount, pack.currency, unit), zone_name(pack, price.zone)
    return Words(
        f"{zone.zh}{item.name_zh}补偿 {figure.zh}",
        f"{figure.en} for “{item.name_en}”{f' ({zone.en})' if zone.en else ''}",
    )


def _others(pack: Pack, right: Cited, lots: Lots) -> list[Cited]:
    """Other clauses, in lots' order, none of which reads like another or like the right one in either language."""
    every = [
        cite(pack, document.id, clause)
        for document in pack.documents.values()
        for clause in document.clauses
        if (document.id, clause) != (right.document, right.clause)
    ]
    told_zh, told_en = {_cited_text(right).zh}, {_cited_text(right).en}
    found = []
    for one in lots.shuffled(every):
        told = _cited_text(one)
        if told.zh not in told_zh and told.en not in told_en:
            found.append(one)
            told_zh.add(told.zh)
            told_en.add(told.en)
    return found


def _cited_text(cited: Cited) -> Words:
    return Words(f"《{cited.title.zh}》：{cited.text.zh}", f"{cited.title.en}: {cited.text.en}")
