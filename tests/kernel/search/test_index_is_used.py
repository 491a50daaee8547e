"""检索索引: a name is looked up in the full-text index, never by walking through the documents of a kind."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from yixian.kernel.search import index, matching_ids, tokens_for_person_names

PERSONS = 2_000
SURNAMES = "张王李赵陈杨刘黄周吴徐孙马朱胡林郭何高罗单曾任"
GIVEN = "小明芳国华建平秀英玉兰桂文军海春梅红学德成光永善江金"
QUERIES = ("张小", "单芳", "善江", "zhangxm", "sxf", "zhang xiao ming", "张 明 善")

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> list[str]:
    draw = random.Random(2013)
    made = [
        draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2)))) for _ in range(PERSONS)
    ]
    index(("person", pk, "000001", tokens_for_person_names([name])) for pk, name in enumerate(made, 1))
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_a_name_is_found_through_the_full_text_index(names: list[str], query: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE kernel_searchdocument")
            cursor.execute(
                "SET LOCAL enable_seqscan = off"
            )  # at this size it would be right to walk; at 41,000 not
    plan = matching_ids("person", query).explain()
    if connection.vendor == "postgresql":
        assert "Index Cond: (vector @@" in plan
        assert "Seq Scan" not in plan
    else:
        assert "kernel_searchindex VIRTUAL TABLE INDEX" in plan
        assert "SCAN kernel_searchdocument" not in plan
        assert "SEARCH kernel_searchdocument USING INTEGER PRIMARY KEY" in plan


def test_what_is_found_are_the_persons_who_bear_it(names: list[str]) -> None:
    expected = [pk for pk, name in enumerate(names, 1) if "善江" in name]
    assert expected
    assert sorted(matching_ids("person", "善江")) == expected
