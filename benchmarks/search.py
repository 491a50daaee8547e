"""检索速度: how long a county's 41,000 persons take to be indexed, and how long a name takes to be found.

    .venv/bin/python -m benchmarks.search

On a new database of its own (SQLite, or ``DATABASE_URL``). Prints the seconds of indexing, and of each query the median and
the largest of many milliseconds, beside those of a query by primary key in the same run.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable

from yixian.cli.product import open_home, prepare

PERSONS = 41_000
SURNAMES = "张王李赵陈杨刘黄周吴徐孙马朱胡林郭何高罗单曾任"
GIVEN = "小明芳国华建平秀英玉兰桂文军海春梅红学德成光永善江金"
QUERIES = ("张小", "单芳", "善江", "zhangxm", "sxf", "zhang xiao ming", "张 明 善")
ROUNDS = 50


def main() -> None:
    """Index, ask, print."""
    with tempfile.TemporaryDirectory(prefix="yixian-search-") as folder:
        open_home(folder)
        prepare()
        _measure()


def _measure() -> None:
    from django.db import connection  # noqa: PLC0415 - the product must be open

    from yixian.kernel.models import SearchDocument  # noqa: PLC0415
    from yixian.kernel.search import index, matching_ids, tokens_for_person_names  # noqa: PLC0415

    draw = random.Random(2013)
    names = [
        draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2)))) for _ in range(PERSONS)
    ]
    began = time.process_time()
    index(("person", pk, "000001", tokens_for_person_names([name])) for pk, name in enumerate(names, 1))
    print(f"{PERSONS:,} persons indexed on {connection.vendor}: {time.process_time() - began:.1f} CPU s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE kernel_searchdocument")
    base = _milliseconds(
        lambda: list(SearchDocument.objects.filter(pk=PERSONS // 2).values_list("object_id"))
    )
    print(f"{'by primary key':<20}{base[0]:8.2f} ms median{base[1]:8.2f} largest")
    for query in QUERIES:
        median, largest = _milliseconds(lambda query=query: list(matching_ids("person", query, limit=50)))  # type: ignore[misc]
        print(f"{query:<20}{median:8.2f} ms median{largest:8.2f} largest{median / base[0]:8.1f} times")


def _milliseconds(ask: Callable[[], object]) -> tuple[float, float]:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), max(taken)


if __name__ == "__main__":
    main()
