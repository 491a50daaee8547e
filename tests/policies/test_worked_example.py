"""文档里的例子: what docs/library.md says is answered is what is answered."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.policies.shelf import AT, REAL, SYSTEM, adopt
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.replies import Verdict, reply_to

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| (\w+) \| ([0-9, ]+) \| `([\w/-]+)` \|$", re.M)
ON = date(2026, 11, 23)


@pytest.mark.parametrize("page", ["library.md", "library.zh.md"])
def test_the_worked_example(place, page: str) -> None:
    adopt(register_pack(REAL, actor=SYSTEM, at=AT), place)
    text = (DOCS / page).read_text(encoding="utf-8")
    question = re.search(r"```\n(.+)\n```", text)
    assert question
    told = ROW.findall(text)
    reply = reply_to(question[1], ON)
    assert len(told) == len(reply.parts) == 2
    for (name, prices, clause), part in zip(told, reply.parts, strict=True):
        assert (part.title("zh"), part.verdict) == (name, Verdict.PRICED)
        assert prices == ", ".join(f"{price.amount.normalize():f}" for _pack, price in part.prices)
        assert [f"{row.shelved.document.id}/{row.clause.id}" for row in part.clauses] == [clause]
    (unsaid,) = reply_to("龙脉被水淹了找谁？", ON).parts
    assert unsaid.verdict == Verdict.UNSAID
