"""文档里的例子: what docs/library.md says is found is what is found."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.policies.shelf import AT, REAL, SYSTEM, adopt
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.clause_search import answer_from_library

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| `([\w-]+)` `([\w-]+)` ([^|]+) \| ([^|]+) \| ([^|]*)\|$", re.M)
ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("page", "lang", "comma"), [("library.md", "en", ", "), ("library.zh.md", "zh", "、")]
)
def test_the_worked_example(place, page: str, lang: str, comma: str) -> None:
    adopt(register_pack(REAL, actor=SYSTEM, at=AT), place)
    text = (DOCS / page).read_text(encoding="utf-8")
    question = re.search(r"```\n(.+)\n```", text)
    assert question
    reply = answer_from_library(question[1], ON)
    told = ROW.findall(text)
    assert len(told) == len(reply.decided) == 3
    for (document, clause, words, holds, priced), hit in zip(told, reply.decided, strict=True):
        shelved = hit.clause.shelved
        assert (document, clause, holds) == (
            shelved.document.id,
            hit.clause.clause.id,
            comma.join(hit.pieces),
        )
        assert hit.clause.clause.zh.startswith(words.rstrip("…）。").removesuffix("（围墙、门楼"))
        names = comma.join(shelved.pack.items[price.item_code].name(lang) for price in hit.prices)
        assert priced.strip().lower() == names.lower()
    assert answer_from_library("龙脉被水淹了找谁？", ON).decided == ()
