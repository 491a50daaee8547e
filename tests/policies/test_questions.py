"""乡亲们的提问: what villagers ask, in their own words, and what must be said to it, or that it cannot be said.

`questions.tsv` has a question in every row: what must be said (``expects``, several where either is honest) and what must be
shown (``must``: prices, clauses, or the page where it is dealt with). The first twenty are those of a walk through the pages;
the others were written by people who did not know the vocabulary.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.policies.shelf import AT, REAL, SYSTEM, TODAY, adopt
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.replies import Reply, Verdict, reply_to

DECIDED = {Verdict.PRICED, Verdict.DECIDED}
pytestmark = pytest.mark.sqlite_enough


@dataclass(frozen=True)
class Asked:
    question: str
    expects: frozenset[str]
    must: tuple[str, ...]


def asked() -> list[Asked]:
    with (Path(__file__).parent / "questions.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Asked(
                row["question"],
                frozenset(row["expects"].split("|")),
                tuple(filter(None, row["must"].split(","))),
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


@pytest.fixture
def library(place):
    adopt(register_pack(REAL, actor=SYSTEM, at=AT), place)


def test_every_question_is_answered_rightly_or_honestly_not_at_all(library) -> None:
    rows = asked()
    assert len(rows) >= 100
    replies = {row.question: reply_to(row.question, TODAY) for row in rows}
    open_ones = {row.question for row in rows if _is_open(replies[row.question])}
    wrong = [
        f"{row.question}: {why}"
        for row in rows
        if row.question not in open_ones and (why := fault(row, replies[row.question]))
    ]
    assert wrong == []
    answerable = [row.question for row in rows if "unsaid" not in row.expects]
    assert len(open_ones & set(answerable)) * 20 <= len(answerable), sorted(open_ones)


def test_nothing_is_called_decided_that_is_not(library) -> None:
    """The gravest fault of all: a price or a clause over a question that neither answers."""
    undecided = [row for row in asked() if not row.expects & {"priced", "decided"}]
    assert len(undecided) >= 40
    assert [row.question for row in undecided if reply_to(row.question, TODAY).is_decided] == []


def _is_open(reply: Reply) -> bool:
    """Whether the page only says that it does not know what is meant, or found nothing: it leads to the desk and a telephone."""
    return all(part.verdict is Verdict.UNCLEAR for part in reply.parts)


def fault(row: Asked, reply: Reply) -> str:
    """What is wrong with the reply to a question; "" if nothing is."""
    said = {_VERDICTS[part.verdict] for part in reply.parts} or {"unsaid"}
    if not said & row.expects:
        return f"said {sorted(said)}"
    shown = _shown(reply)
    if "priced" in said & row.expects:
        missing = [price for price in row.must if price.replace(".", "").isdigit() and price not in shown]
        return f"misses {missing}" if missing else ""
    if said & row.expects <= {"decided", "service"} and row.must and not shown & set(row.must):
        return f"shows {sorted(shown)}"
    return ""


_VERDICTS = {
    Verdict.PRICED: "priced",
    Verdict.DECIDED: "decided",
    Verdict.NOT_DECIDED: "not_decided",
    Verdict.DEALT_WITH: "service",
    Verdict.UNSAID: "unsaid",
}


def _shown(reply: Reply) -> set[str]:
    """The prices, clauses and pages that a reply shows as answers."""
    found = {f"{price.amount.normalize():f}" for part in reply.parts for _pack, price in part.prices}
    found |= {
        f"{clause.shelved.document.id}/{clause.clause.id}" for part in reply.parts for clause in part.clauses
    }
    return found | {part.page for part in reply.parts if part.page}
