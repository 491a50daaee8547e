"""检索速度: a county's 41,000 persons are indexed in seconds, and a name is found at once."""

from __future__ import annotations

import random
import time

import pytest
from django.db import connection

from yixian.kernel.search import index, matching_ids, tokens_for_person_names

PERSONS = 41_000
SURNAMES = "张王李赵陈杨刘黄周吴徐孙马朱胡林郭何高罗单曾任"
GIVEN = "小明芳国华建平秀英玉兰桂文军海春梅红学德成光永善江金"

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> float:
    """Index the county's persons; the seconds that took."""
    draw = random.Random(2013)
    names = [
        draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2)))) for _ in range(PERSONS)
    ]
    start = time.perf_counter()
    index(("person", pk, "000001", tokens_for_person_names([name])) for pk, name in enumerate(names, 1))
    took = time.perf_counter() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE kernel_searchdocument")
    return took


def test_a_county_is_indexed_in_seconds_and_searched_at_once(county: float) -> None:
    times = {
        query: _milliseconds(query)
        for query in ("张小", "单芳", "善江", "zhangxm", "sxf", "zhang xiao ming", "张 明 善")
    }
    print(f"indexed in {county:.2f} s; queries in ms: {times}")
    assert county < 20, "41,000 persons take about 3 s on two quiet cores"
    slow = {query: took for query, took in times.items() if took > 10}
    assert not slow, "a name takes under a millisecond on a quiet machine: the full-text index is not used"


def _milliseconds(query: str) -> float:
    """The best of five runs, so that a busy machine does not decide."""
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        list(matching_ids("person", query, limit=50))
        runs.append((time.perf_counter() - start) * 1000)
    return round(min(runs), 2)
