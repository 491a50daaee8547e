"""The language of packs under Ray and under Spark: twenty thousand cases of a pack and a household, as fractions give them.

Run by ``make test-distributed``. The engine, the checker and the oracle are held against each other on one machine by
`tests/engines/entitlements/test_language_packs.py`, from the same numbers.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engines.entitlements.language_packs import CASES, HOUSEHOLDS, ON, expected_lines, facts, invent
from yixian.engines.entitlements.distributed import compute_distributed
from yixian.engines.entitlements.pack_files import read_pack

pytestmark = pytest.mark.distributed
PACKS = CASES // HOUSEHOLDS + 1
PART = 30
"""Households in a range: each pack is calculated in two."""


@pytest.fixture(scope="module", params=["ray", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """One of them, started once for all packs."""
    if request.param == "ray":
        import ray  # type: ignore[import-not-found]

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        yield "ray"
        ray.shutdown()
        return
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": "1"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield "spark"
    session.stop()


def test_every_line_equals_the_oracle_of_fractions(engine: str, tmp_path: Path) -> None:
    lines = 0
    for seed in range(PACKS):
        invented = invent(seed)
        homes, items = facts(random.Random(seed), invented.scale, HOUSEHOLDS)
        tables = {"households": homes, "items": items}
        for name, rows in tables.items():
            pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
        out = tmp_path / str(seed)
        compute_distributed(
            read_pack(invented.sources),
            tmp_path / "households.parquet",
            tmp_path / "items.parquet",
            ON,
            out,
            engine=engine,
            size=PART,
        )
        found = _lines(out)
        assert found == expected_lines(invented, homes, items), seed
        lines += len(found)
    assert lines > CASES


def _lines(out: Path) -> dict[tuple[str, str, str], int]:
    rows: list[dict[str, Any]] = pq.read_table(out / "lines.parquet").to_pylist()
    return {(row["household_id"], row["line_id"], row["rule"]): row["amount_fen"] for row in rows}
