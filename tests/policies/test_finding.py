"""检索条款: what a search and a question find on which day, and that nothing else is ever said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.policies.shelf import ADOPTED, CHANGED, TODAY
from yixian.domain.text import tokens
from yixian.policies.clause_search import clauses_mentioning, search_clauses
from yixian.policies.clause_texts import clause_texts
from yixian.policies.models import PackClause
from yixian.policies.queries import read_pack

DAY = timedelta(days=1)


def found(text: str, on: date = TODAY) -> list[str]:
    return [f"{hit.clause.shelved.document.id}/{hit.clause.clause.id}" for hit in search_clauses(text, on)]


def decided(question: str, on: date = TODAY) -> list[str]:
    return [
        f"{hit.clause.shelved.document.id}/{hit.clause.clause.id}"
        for hit in clauses_mentioning(question, on).decided
    ]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("水浇地", "YIELD-NEW/yield"),
        ("浇地统一", "YIELD-NEW/yield"),
        ("水浇地 二千一百", "YIELD-NEW/yield"),
        ("水浇地，二千一百", "YIELD-NEW/yield"),
        ("AB", "YIELD-NEW/yield"),
        ("ａｂ", "YIELD-NEW/yield"),
        ("IRRIGATED land", "YIELD-NEW/yield"),
        ("irrig", "YIELD-NEW/yield"),
        ("澜政发〔2025〕9号", "YIELD-NEW/yield"),
        ("澜政发 2010", "YIELD-OLD/yield"),
        ("后期扶持", "SUPPORT/each-year"),
        ("围墙", "D2009-215/table-facilities"),
    ],
)
def test_a_search_finds_it(pack, text: str, clause: str) -> None:
    assert clause in found(text)


@pytest.mark.parametrize(
    "text", ["浇水地", "二千一百 一千八百", "rrigated", "飞机", "。", "%", "' OR zeppelin --"]
)
def test_a_search_does_not_find_what_does_not_stand_there(pack, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("我家的水浇地一亩算多少？", "YIELD-NEW/yield"),
        ("请问：水浇地，怎么赔！", "YIELD-NEW/yield"),
        ("What is the yield of irrigated land?", "YIELD-NEW/yield"),
        ("围墙赔不赔", "D2009-215/table-facilities"),
        ("祖坟要迁走怎么办", "T5-LOCAL/list-1"),
    ],
)
def test_a_question_is_answered_by_its_clause(pack, question: str, clause: str) -> None:
    assert decided(question)[0] == clause


@pytest.mark.parametrize(
    ("on", "clauses"),
    [
        (ADOPTED - DAY, []),
        (ADOPTED, ["YIELD-OLD/yield"]),
        (CHANGED - DAY, ["YIELD-OLD/yield"]),
        (CHANGED, ["YIELD-NEW/yield"]),
    ],
)
def test_only_what_is_in_force_on_the_day_answers(pack, on: date, clauses: list[str]) -> None:
    assert decided("水浇地", on) == clauses


def test_what_stands_in_a_draft_alone_is_not_decided(pack) -> None:
    reply = clauses_mentioning("启灶费怎么给？", TODAY)
    assert reply.decided == ()
    assert [hit.clause.shelved.document.id for hit in reply.drafts] == ["SUPPORT"]


@pytest.mark.parametrize("question", ["龙脉在哪里", "可以吗？", "", "？！", "zeppelin"])
def test_what_stands_nowhere_is_answered_by_nothing(pack, question: str) -> None:
    reply = clauses_mentioning(question, TODAY)
    assert (reply.decided, reply.drafts) == ((), ())


def test_the_words_that_stand_nowhere_are_named(pack) -> None:
    reply = clauses_mentioning("围墙和龙脉", TODAY)
    assert (reply.found, reply.unfound) == (("围墙",), ("龙脉",))


def test_a_superseded_document_is_found_and_told_so(pack) -> None:
    (hit,) = search_clauses("一千八百", TODAY)
    assert not hit.clause.shelved.force.binds
    assert hit.clause.shelved.force.end == CHANGED


_WORDS = st.sampled_from(
    "水浇地 围墙 房子 祖坟 果树 后期扶持 龙脉 多少钱 怎么赔 住在集镇 24 brick trees land 。 ， Ａ".split()  # noqa: SIM905
)


@given(
    question=st.lists(_WORDS | st.text(max_size=4), max_size=8).map("".join),
    on=st.dates(date(2023, 1, 1), date(2028, 1, 1)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_is_made_up(pack, question: str, on: date) -> None:
    """Whatever is asked on whatever day, every answer is word for word a kept clause that binds on that day."""
    reply = clauses_mentioning(question, on)
    for hit in (*reply.decided, *reply.drafts):
        row = PackClause.objects.get(pk=hit.clause.row_id)
        document = read_pack(row.pack_version_id).documents[row.document]
        assert hit.clause.clause == document.clauses[row.clause]
        assert hit.pieces
        text = "".join(tokens(clause_texts(row.pack_version_id)[row.document, row.clause]))
        assert all("".join(tokens(piece)) in text for piece in hit.pieces)
    for hit in reply.decided:
        document = hit.clause.shelved.document
        assert on >= ADOPTED
        assert document.in_force(on)
    assert not any(hit.clause.shelved.document.is_decided for hit in reply.drafts)
