"""Accounts at full size beside a bare query and beside OpenFisca: invented facts, twelve items a household, one pack.

``python -m benchmarks.entitlements [--households 12000 120000 1200000] [--repeat 3] [--openfisca PYTHON]`` prints one JSON
line a case: medians of wall and CPU seconds from Parquet to Parquet, the peak memory of the process, the lines and the sum.

- ``bare``: a DuckDB query written out by hand that does the same work: each line with its price, quantity and citation,
  top-ups, and one row a household. No bounds, problems, withholding, checksum or manifest.
- ``ours``: `compute_files` without the second reckoning: all that the product writes.
- ``checked``: the same with every line reckoned again in plain Python, as every county's run does (not above 120,000).
- ``openfisca``: the same accounts in openfisca-core (`openfisca_accounts.py`) in an environment of its own, which
  ``make bench`` makes; its sums are float32 and are not expected to agree.

Each case runs in a process of its own; all but OpenFisca must come to the same lines and the same sum.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import subprocess
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
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yixian.domain.policy import Pack
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.file_run import compute_files

HERE = Path(__file__).parent
PACK = HERE.parent / "packs" / "danjiangkou-2009"
ON = date(2024, 6, 1)
ITEMS = 12
SEED = 2009
MAX_CHECKED = 120_000
CHUNK = 100_000

BARE = """
COPY (
  SELECT i.household_id, i.line_id, i.item_code, i.quantity, coalesce(o.price, c.price) AS price,
         CAST((CAST(i.quantity * 10000 AS HUGEINT) * coalesce(o.price, c.price) + 500000) // 1000000 AS BIGINT) AS fen,
         coalesce(o.document, c.document) AS document, coalesce(o.clause, c.clause) AS clause
  FROM read_parquet('{facts}/items.parquet') i
  JOIN read_parquet('{facts}/households.parquet') h USING (household_id)
  LEFT JOIN prices o ON o.item_code = i.item_code AND o.zone = h.zone
  LEFT JOIN prices c ON c.item_code = i.item_code AND c.zone = ''
) TO '{out}/lines.parquet' (FORMAT parquet);
COPY (
  SELECT h.household_id, coalesce(sum(l.fen), 0) AS items, greatest(0, h.persons * 24 * any_value(b.price) // 100
         - coalesce(sum(l.fen) FILTER (starts_with(l.item_code, 'house.main.')), 0)) AS topup, count(l.fen) AS lines
  FROM read_parquet('{facts}/households.parquet') h
  LEFT JOIN read_parquet('{out}/lines.parquet') l USING (household_id)
  JOIN prices b ON b.item_code = 'house.main.brick_concrete' AND b.zone = h.zone
  GROUP BY h.household_id, h.persons
) TO '{out}/statements.parquet' (FORMAT parquet);
"""

Figures = tuple[int, int]
"""(lines, sum in minor units)."""


def write_facts(folder: Path, households: int) -> None:
    """Households and their items as Parquet files, in the order of households."""
    rng = np.random.default_rng(SEED)
    codes = pa.array(sorted(load_pack(PACK).items))
    numbers = _numbered("5306251", np.arange(households), 8)
    zones = pa.array(["rural", "town"]).take(pa.array((rng.random(households) < 0.1).astype(int)))
    homes = {"household_id": numbers, "zone": zones, "persons": pa.array(rng.integers(1, 9, households))}
    pq.write_table(pa.table(homes), folder / "households.parquet")
    kinds = {name: pa.string() for name in ("line_id", "household_id", "item_code")}
    schema = pa.schema([*kinds.items(), ("quantity", pa.decimal128(18, 4))])
    with pq.ParquetWriter(folder / "items.parquet", schema) as writer:
        for first in range(0, households * ITEMS, CHUNK * ITEMS):
            places = np.arange(first, min(first + CHUNK * ITEMS, households * ITEMS))
            whole = pa.array(rng.integers(1, 3_000_000, len(places))).cast(pa.decimal128(19, 0))
            quantity = pc.multiply(whole, pa.scalar(Decimal("0.0001"), pa.decimal128(4, 4)))
            columns = [
                _numbered("L", places, 9),
                numbers.take(pa.array(places // ITEMS)),
                codes.take(pa.array(rng.integers(0, len(codes), len(places)))),
                quantity.cast(pa.decimal128(18, 4)),
            ]
            writer.write_table(pa.table(columns, schema=schema))


def _numbered(prefix: str, places: np.ndarray[Any, Any], width: int) -> pa.Array:
    padded = pc.utf8_lpad(pa.array(places).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), padded, "")


def bare(pack: Pack, facts: Path, out: Path) -> Figures:
    """The query by hand."""
    rows = [
        (price.item_code, price.zone, int(price.amount * 10_000), price.document, price.clause)
        for price in pack.prices_on(ON)
    ]
    names = ("item_code", "zone", "price", "document", "clause")
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        connection.execute(f"SET threads = {os.cpu_count()}")
        connection.register("prices", pa.table(dict(zip(names, zip(*rows, strict=True), strict=True))))
        connection.execute(BARE.format(facts=facts, out=out))
        query = f"SELECT sum(lines) + count_if(topup > 0), sum(items + topup) FROM '{out}/statements.parquet'"
        lines, total = connection.sql(query).fetchall()[0]
        return int(lines), int(total)


def ours(pack: Pack, facts: Path, out: Path, *, checked: bool = False) -> Figures:
    """All that the product writes, without the second reckoning."""
    households, items = facts / "households.parquet", facts / "items.parquet"
    threads = os.cpu_count() or 1
    manifest = compute_files(pack, households, items, ON, out, checked=checked, threads=threads)
    return manifest["lines"], manifest["total_fen"]


def checked(pack: Pack, facts: Path, out: Path) -> Figures:
    """The same, every line reckoned twice."""
    return ours(pack, facts, out, checked=True)


CASES: dict[str, Callable[[Pack, Path, Path], Figures]] = {"bare": bare, "ours": ours, "checked": checked}


def measure(case: str, facts: Path, out: Path) -> dict[str, Any]:
    """Run one case once, in this process, after one small run that loads the libraries; its figures."""
    pack = load_pack(PACK)
    with tempfile.TemporaryDirectory(prefix="yixian-bench-warm-") as made:
        write_facts(Path(made), 20)
        CASES[case](pack, Path(made), Path(made))
    began, began_cpu = time.perf_counter(), time.process_time()
    lines, total = CASES[case](pack, facts, out)
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - began_cpu,
        "peak_mb": peak_mb(),
        "lines": lines,
        "total_fen": total,
    }


def peak_mb() -> int:
    """The most memory this process held. Linux hands ``ru_maxrss`` on to whom a process starts: of a small case under a
    large parent it tells the parent's peak, so the kernel is asked for that of this program's own memory.
    """
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert found is not None
    return int(found[1]) // 1024


def measure_openfisca(python: Path, facts: Path, out: Path) -> dict[str, Any]:
    """The same in OpenFisca, in its own environment."""
    pack = load_pack(PACK)
    found = {zone: {code: pack.price_on(code, zone, ON) for code in pack.items} for zone in pack.zones}
    prices = {
        zone: {code: str(price.amount) for code, price in table.items() if price}
        for zone, table in found.items()
    }
    cited = next(iter(found.values()))
    citations = {code: [price.document, price.clause] for code, price in cited.items() if price}
    (out / "pack.json").write_text(json.dumps({"prices": prices, "citations": citations}))
    script = HERE / "openfisca_accounts.py"
    done = subprocess.run(
        [python, script, facts, out / "pack.json", out], capture_output=True, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Measure every case at every size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, nargs="+", default=[12_000, 120_000, 1_200_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--openfisca", type=Path, help="A Python that has openfisca-core.")
    options = parser.parse_args()
    for households in options.households:
        with tempfile.TemporaryDirectory(prefix="yixian-bench-") as made:
            folder = Path(made)
            write_facts(folder, households)
            found: dict[str, dict[str, Any]] = {}
            for case in ("bare", "ours", "checked", "openfisca"):
                if (case == "checked" and households > MAX_CHECKED) or (
                    case == "openfisca" and options.openfisca is None
                ):
                    continue
                found[case] = _medians(case, folder, options)
                print(
                    json.dumps({"case": case, "households": households, **_beside(found, case)}), flush=True
                )
            exact = {(row["lines"], row["total_fen"]) for case, row in found.items() if case != "openfisca"}
            if len(exact) != 1:
                raise SystemExit(f"The cases differ: {exact}")


def _medians(case: str, facts: Path, options: argparse.Namespace) -> dict[str, Any]:
    runs = []
    spawn = multiprocessing.get_context("spawn")
    for _ in range(options.repeat):
        with tempfile.TemporaryDirectory(prefix="yixian-bench-out-") as made:
            if case == "openfisca":
                runs.append(measure_openfisca(options.openfisca, facts, Path(made)))
                continue
            with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as own_process:
                runs.append(own_process.submit(measure, case, facts, Path(made)).result())
    figures = {name: round(median(run[name] for run in runs), 3) for name in ("seconds", "cpu_seconds")}
    return figures | {name: max(run[name] for run in runs) for name in ("peak_mb", "lines", "total_fen")}


def _beside(found: dict[str, dict[str, Any]], case: str) -> dict[str, Any]:
    """A case's figures and how often they are those of the bare query."""
    names = ("seconds", "cpu_seconds", "peak_mb")
    return found[case] | {
        f"{name}_over_bare": round(found[case][name] / found["bare"][name], 2) for name in names
    }


if __name__ == "__main__":
    main()
