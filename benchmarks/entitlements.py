"""Accounts at full size beside a bare query: invented facts, twelve items a household, the Danjiangkou pack.

``python benchmarks/entitlements.py [--households 12000] [--repeat 5]`` prints one JSON line per case: medians of
wall and CPU seconds from Parquet to lines and statements, the peak memory of the process, the lines and the sum. ``bare``
is a DuckDB query written out by hand that looks up prices, multiplies, rounds, tops up and adds, without trace, problems,
manifest or check. ``engine`` is our lines and problems without the second reckoning, ``product`` is `compute` as it runs
in the product. Each case runs in a process of its own; all must come to the same sum.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yixian.domain.policy import Pack
from yixian.engines.entitlements import compute, load_pack
from yixian.engines.entitlements.facts import read_facts
from yixian.engines.entitlements.kernel import run
from yixian.engines.entitlements.rules_typing import typed

PACK = Path(__file__).parent.parent / "packs" / "danjiangkou-2009"
ON = date(2024, 6, 1)
ITEMS = 12
SEED = 2009

BARE = """
CREATE TABLE lines AS
SELECT i.household_id, i.line_id, i.item_code, i.quantity, coalesce(o.price, c.price) AS price,
       CAST((CAST(i.quantity * 10000 AS HUGEINT) * coalesce(o.price, c.price) + 500000) // 1000000 AS BIGINT) AS fen
FROM read_parquet('{folder}/items.parquet') i
JOIN read_parquet('{folder}/households.parquet') h USING (household_id)
LEFT JOIN prices o ON o.item_code = i.item_code AND o.zone = h.zone
LEFT JOIN prices c ON c.item_code = i.item_code AND c.zone = '';
CREATE TABLE statements AS
SELECT h.household_id, coalesce(sum(l.fen), 0) + greatest(0, h.persons * 24 * any_value(b.price) // 100
       - coalesce(sum(l.fen) FILTER (starts_with(l.item_code, 'house.main.')), 0)) AS fen
FROM read_parquet('{folder}/households.parquet') h
LEFT JOIN lines l USING (household_id)
JOIN prices b ON b.item_code = 'house.main.brick_concrete' AND b.zone = h.zone
GROUP BY h.household_id, h.persons;
"""


def write_facts(folder: Path, households: int) -> None:
    """Households and their items as Parquet files."""
    rng = random.Random(SEED)
    codes = sorted(load_pack(PACK).items)
    numbers = [f"5306251{number:08}" for number in range(households)]
    homes = {
        "household_id": numbers,
        "zone": rng.choices(["rural", "town"], [9, 1], k=households),
        "persons": [rng.randint(1, 8) for _ in numbers],
    }
    count = households * ITEMS
    quantities = [Decimal(rng.randint(1, 3_000_000)).scaleb(-4) for _ in range(10_000)]
    items = {
        "line_id": [f"L{number:09}" for number in range(count)],
        "household_id": [numbers[number // ITEMS] for number in range(count)],
        "item_code": rng.choices(codes, k=count),
        "quantity": pa.array(rng.choices(quantities, k=count), pa.decimal128(18, 4)),
    }
    pq.write_table(pa.table(homes), folder / "households.parquet")
    pq.write_table(pa.table(items), folder / "items.parquet")


def bare(pack: Pack, folder: Path) -> tuple[int, int]:
    """The query by hand; its lines and its sum."""
    rows = [(price.item_code, price.zone, int(price.amount * 10_000)) for price in pack.prices_on(ON)]
    codes, zones, amounts = zip(*rows, strict=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "SET threads = 2; SET preserve_insertion_order = false; SET enable_progress_bar = false"
        )
        connection.register("prices", pa.table({"item_code": codes, "zone": zones, "price": amounts}))
        connection.execute(BARE.format(folder=folder))
        total = connection.sql("SELECT CAST(sum(fen) AS BIGINT) FROM statements").fetchall()[0][0]
        return len(connection.sql("FROM lines").to_arrow_table()), total


def engine(pack: Pack, folder: Path) -> tuple[int, int]:
    """Our lines with their trace and our problems, without the second reckoning."""
    facts = read_facts(pack, *read(folder))
    rules = [typed(pack, rule) for rule in pack.rules_on(ON)]
    lines, _problems = run(pack, rules, facts, ON)
    return lines.num_rows, pc.sum(lines.column("amount_fen")).as_py()


def product(pack: Pack, folder: Path) -> tuple[int, int]:
    """All that the product does: reckoned twice, with statements, problems and manifest."""
    manifest = compute(pack, *read(folder), ON).manifest
    return manifest["lines"], manifest["total_fen"]


CASES: dict[str, Callable[[Pack, Path], tuple[int, int]]] = {
    "bare": bare,
    "engine": engine,
    "product": product,
}


def read(folder: Path) -> tuple[pa.Table, pa.Table]:
    """The facts as tables."""
    return pq.read_table(folder / "households.parquet"), pq.read_table(folder / "items.parquet")


def measure(case: str, folder: Path, repeat: int) -> dict[str, Any]:
    """Run one case; its figures."""
    pack = load_pack(PACK)
    wall, cpu = [], []
    for _ in range(repeat):
        began, began_cpu = time.perf_counter(), time.process_time()
        lines, total = CASES[case](pack, folder)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    return {
        "seconds": round(median(wall), 3),
        "cpu_seconds": round(median(cpu), 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "lines": lines,
        "total_fen": total,
    }


def main() -> None:
    """Measure every case at every size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, nargs="+", default=[12_000])
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    for households in options.households:
        with tempfile.TemporaryDirectory(prefix="yixian-bench-") as made:
            folder = Path(made)
            write_facts(folder, households)
            found: dict[str, dict[str, Any]] = {}
            for case in CASES:
                with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as own_process:
                    found[case] = own_process.submit(measure, case, folder, options.repeat).result()
                figures = {"case": case, "households": households, **found[case]}
                figures["times_bare"] = round(found[case]["seconds"] / found["bare"]["seconds"], 2)
                print(json.dumps(figures), flush=True)
            assert len({figures["total_fen"] for figures in found.values()}) == 1, "The sums differ."


if __name__ == "__main__":
    main()
