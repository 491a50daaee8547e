"""出的题: every right answer is proved by another reading of the pack, and no question has two right answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.quizzes.oracle import Rows, day_in, line_amount, number_in, rows_of
from yixian.domain.policy import Pack
from yixian.engines.entitlements import load_pack, pack_from_canonical
from yixian.quizzes.drawing import QUESTIONS, Case, Cited, Deck, Kind, Question, draw
from yixian.quizzes.drawing.question import question_from_json

PACKS = Path(__file__).parents[2] / "packs"
DAYS = {
    "danjiangkou-2009": date(2026, 11, 2),
    "lai-chau-2010": date(2026, 11, 2),
    "three-gorges-1993": date(1993, 6, 1),
    "tuoba": date(2026, 11, 2),
}
SEEDS = 105  # times five questions times four packs: 2,100

MAY_SAY, NOT_DECIDED, BEYOND, NOT_IN_FORCE = range(4)
STANDINGS = ["in force", "later", "ended", "draft"]


def changed(pack: Pack) -> Pack:
    """Danjiangkou after a revision: the rural brick-and-concrete price ended, another follows; one document is a draft."""
    sources = dict(pack.sources)
    (prices,) = [name for name in sources if name.endswith("prices.csv")]
    (documents,) = [name for name in sources if name.endswith("documents.yaml")]
    old = "house.main.brick_concrete,rural,m2,2009-10-01,,530,D2009-215,table-rural"
    assert old in sources[prices]
    sources[prices] = sources[prices].replace(
        old,
        "house.main.brick_concrete,rural,m2,2009-10-01,2020-01-01,530,D2009-215,table-rural\n"
        "house.main.brick_concrete,rural,m2,2020-01-01,,561.35,D2009-215,table-rural",
    )
    revised = replace(pack, sources=sources)
    revised = pack_from_canonical(revised.canonical())
    draft = replace(revised.documents["W2-LAND"], status="draft", valid_until=date(2027, 1, 1))
    texts = dict(revised.sources)
    texts[documents] = re.sub(
        r"(- id: W2-LAND\n(?:.*\n)*?  )status: decided(\n(?:.*\n)*?  from: 2009-10-01)",
        r"\1status: draft\2\n  until: 2027-01-01",
        texts[documents],
    )
    assert texts != revised.sources
    return replace(revised, documents={**revised.documents, "W2-LAND": draft}, sources=texts)


@pytest.fixture(scope="module")
def decks() -> dict[str, Deck]:
    packs = {name: load_pack(PACKS / name) for name in DAYS}
    made = {name: Deck(pack, DAYS[name]) for name, pack in packs.items()}
    case = Case("house.main.brick_concrete", "rural", Decimal("86.4000"))
    made["revised"] = Deck(changed(packs["danjiangkou-2009"]), date(2026, 11, 2), [case])
    return made


@pytest.fixture(scope="module")
def drawn(decks) -> dict[str, list[Question]]:
    return {name: [one for seed in range(SEEDS) for one in draw(deck, seed)] for name, deck in decks.items()}


def test_two_thousand_questions_of_every_kind(drawn) -> None:
    assert sum(len(found) for name, found in drawn.items() if name in DAYS) >= 2000
    for found in drawn.values():
        assert {question.kind for question in found} == set(Kind)


@pytest.mark.parametrize("name", [*DAYS, "revised"])
def test_every_right_answer_is_proved(name: str, decks, drawn) -> None:
    rows = rows_of(decks[name].pack)
    checked = Counter()
    for question in drawn[name]:
        prove = {
            Kind.LINE: prove_line,
            Kind.PROMISE: prove_promise,
            Kind.CLAUSE: prove_clause,
            Kind.FORCE: prove_force,
        }[question.kind]
        prove(rows, question)
        checked[question.kind] += 1
    assert sum(checked.values()) == SEEDS * QUESTIONS


def prove_line(rows: Rows, question: Question) -> None:
    amount = line_amount(rows, question)
    assert question.minor == amount, question.asked.zh
    if not question.is_typed:
        told = [number_in(option.text.zh) for option in question.options]
        assert [position for position, one in enumerate(told) if one.scaleb(rows.digits) == amount] == [
            question.right
        ]


def prove_promise(rows: Rows, question: Question) -> None:
    on, (cited,) = day_in(question.asked.zh), question.cited
    state = rows.standing(cited.document, on, "", "")
    asked = re.search(r"能不能按 ([\d,.]+) ", question.asked.zh)
    if asked:
        thing = re.search(r"群众问：(.+)能不能按", question.asked.zh).group(1)
        decided = {price for price in prices_of(rows, thing, on) if price}
        assert state == "in force"
        (price,) = decided
        right = MAY_SAY if Decimal(asked.group(1).replace(",", "")) <= price else BEYOND
    else:
        right = {"in force": MAY_SAY, "draft": NOT_DECIDED}.get(state, NOT_IN_FORCE)
    assert question.right == right, question.asked.zh


def prices_of(rows: Rows, thing: str, on: date) -> list[Decimal]:
    """The decided prices of a thing that is named with its zone before it."""
    found = []
    for row in rows.prices:
        (item,) = [one for one in rows.items if one["item_code"] == row["item_code"]]
        zone = rows.zones[row["zone"]]["zh"] if row["zone"] else ""
        if thing == zone + item["name_zh"] and rows.in_force(row, on):
            found.append(Decimal(row["price"]))
    return found


def prove_clause(rows: Rows, question: Question) -> None:
    what = question.asked.zh.removesuffix("，依据的是哪一条？")
    line = re.fullmatch(r"“(.+)”这一行", what)
    if line:
        places = {
            (one["document"], str(one["clause"])) for one in rows.rules if one["title"]["zh"] == line.group(1)
        }
    else:
        thing, price = re.fullmatch(r"(.+)补偿 ([\d,.]+) .+", what).groups()
        places = {
            (row["document"], row["clause"])
            for row in rows.prices
            if row["price"] != "none"
            and Decimal(row["price"]) == Decimal(price.replace(",", ""))
            and thing
            == (rows.zones[row["zone"]]["zh"] if row["zone"] else "") + name_of(rows, row["item_code"])
        }
    (place,) = places
    texts = [option.text.zh for option in question.options]
    right = [position for position, text in enumerate(texts) if text == told_clause(rows, *place)]
    assert right == [question.right], question.asked.zh


def name_of(rows: Rows, code: str) -> str:
    return next(one["name_zh"] for one in rows.items if one["item_code"] == code)


def told_clause(rows: Rows, document: str, clause: str) -> str:
    kept = rows.documents[document]
    (text,) = [one["zh"] for one in kept["clauses"] if str(one["id"]) == clause]
    return f"《{kept['title']['zh']}》：{text}"


def prove_force(rows: Rows, question: Question) -> None:
    on, (cited,) = day_in(question.asked.zh), question.cited
    price = re.search(r"单价“(.+) ([\d,.]+) .+”在施行吗", question.asked.zh)
    begin, end = "", ""
    if price:
        figure = Decimal(price.group(2).replace(",", ""))
        periods = {
            (row["from"], row["until"])
            for row in rows.prices
            if row["price"] != "none"
            and Decimal(row["price"]) == figure
            and name_of(rows, row["item_code"]) == price.group(1)
            and row["clause"] == cited.clause
        }
        ((begin, end),) = periods
    assert STANDINGS[question.right] == rows.standing(cited.document, on, begin, end), question.asked.zh


def test_no_two_options_are_alike(drawn) -> None:
    for question in (one for found in drawn.values() for one in found):
        for lang in ("zh", "en"):
            texts = [option.text.said(lang) for option in question.options]
            assert len(set(texts)) == len(texts)
            assert all(texts)
        assert question.is_typed or len(question.options) >= 3


def test_explanations_are_the_clauses_own_words(decks, drawn) -> None:
    for name, found in drawn.items():
        rows = rows_of(decks[name].pack)
        for question in found:
            assert question.cited
            for cited in (*question.cited, *question.reading):
                assert in_words(rows, cited)


def in_words(rows: Rows, cited: Cited) -> bool:
    clauses = rows.documents[cited.document]["clauses"]
    return any(
        (one["zh"], one["en"]) == tuple(cited.text) for one in clauses if str(one["id"]) == cited.clause
    )


def test_what_may_be_promised_meets_every_answer(drawn) -> None:
    promises = {one.right for one in drawn["revised"] if one.kind == Kind.PROMISE}
    assert {MAY_SAY, NOT_DECIDED, BEYOND} <= promises
    assert {one.right for one in drawn["revised"] if one.kind == Kind.FORCE} == set(range(4))


def test_the_old_price_and_the_other_zone_are_mistakes_to_choose(drawn) -> None:
    whys = {option.why.zh for one in drawn["revised"] for option in one.options}
    assert {"用了已经不再施行的旧单价。", "用成了集镇的单价。", "数量的零头丢掉了。"} <= whys


def test_the_same_lot_draws_the_same_and_another_draws_another(decks) -> None:
    deck = decks["danjiangkou-2009"]
    again = Deck(load_pack(PACKS / "danjiangkou-2009"), deck.on)
    assert draw(deck, 7) == draw(again, 7)
    assert draw(deck, 7) != draw(deck, 8)


def test_a_question_is_kept_whole(drawn) -> None:
    for question in drawn["tuoba"][:50]:
        assert question_from_json(question.as_json()) == question


def test_common_cases_are_asked(decks, drawn) -> None:
    texts = [shown.value.zh for one in drawn["revised"] for shown in one.shown]
    assert "86.4 平方米" in texts


def test_where_nothing_is_in_force_nothing_is_promised(decks) -> None:
    deck = Deck(decks["danjiangkou-2009"].pack, date(1993, 1, 1))
    found = [one for seed in range(5) for one in draw(deck, seed)]
    assert found
    assert {one.kind for one in found} == {Kind.PROMISE, Kind.FORCE}
    assert {one.right for one in found if one.kind == Kind.PROMISE} == {NOT_IN_FORCE}
