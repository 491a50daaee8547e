"""分布运行: the ranges of one run handed to Ray or Spark, and their sums brought together into one manifest."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from yixian.domain.policy import Pack
from yixian.engines.entitlements.calculation import Sums, refuse_draft
from yixian.engines.entitlements.distributed.ranges import Task, bounds, calculate_range
from yixian.engines.entitlements.file_run import PART, Reporter, file_sha256, replace_results
from yixian.engines.entitlements.result_files import FILES
from yixian.lazy_imports import pa

_RESULT = "number int, sums string"


class EngineMissing(RuntimeError):
    """The extra that this engine needs is not installed."""

    def __init__(self, engine: str) -> None:
        super().__init__(
            f"{engine} is not installed: pip install 'yixian[{engine}]' (Spark needs Java, too)."
        )


def compute_distributed(
    pack: Pack,
    households: Path,
    items: Path,
    on: date,
    out: Path,
    *,
    engine: str,
    checked: bool = True,
    threads: int = 2,
    size: int = PART,
    report: Reporter = lambda _done, _all: None,
) -> dict[str, Any]:
    """As `compute_files`, under Ray or Spark; each of the three results is a folder of Parquet parts.

    A Ray or Spark that the caller has connected to is used; else one is started here with ``threads``. Every machine must
    see ``households``, ``items`` and ``out`` under the same paths. Raises `EngineMissing` besides what `compute_files`
    raises.
    """
    refuse_draft(pack)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".run-", dir=out) as made:
        scratch = Path(made).resolve()
        (scratch / "pack.json").write_bytes(pack.canonical())
        tasks = [
            Task(
                number=number,
                pack=str(scratch / "pack.json"),
                on=on.isoformat(),
                households=str(households.resolve()),
                items=str(items.resolve()),
                out=str(scratch),
                low=low,
                high=high,
                checked=checked,
            )
            for number, (low, high) in enumerate(bounds(households, size))
        ]
        sums = Sums()
        for done, own in enumerate(ENGINES[engine](tasks, threads), 1):
            sums += own
            report(done, len(tasks))
        manifest = sums.manifest(pack, on)
        manifest["facts"] = {"households": file_sha256(households), "items": file_sha256(items)}
        manifest["files"] = {
            f"{name}/{part.name}": file_sha256(part)
            for name in FILES
            for part in sorted((scratch / name).iterdir())
        }
        manifest["checked"] = checked
        manifest["runner"] = engine
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (scratch / "manifest.json").write_text(text + "\n", encoding="utf-8")
        replace_results(scratch, out)
    return manifest


def _under_ray(tasks: Sequence[Task], threads: int) -> Iterator[Sums]:
    """Each range a Ray task; the sums as they come."""
    try:
        import ray  # noqa: PLC0415 — an extra, loaded only where it is asked for
    except ImportError as error:
        raise EngineMissing("ray") from error
    own = not ray.is_initialized()
    if own:
        ray.init(num_cpus=threads, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        calculate = ray.remote(max_retries=0)(calculate_range)
        waiting = [calculate.remote(task) for task in tasks]
        while waiting:
            (ready, *_others), waiting = ray.wait(waiting, num_returns=1)
            try:
                yield ray.get(ready)
            except ray.exceptions.RayTaskError as error:
                raise error.cause from error
    finally:
        if own:
            ray.shutdown()


def _under_spark(tasks: Sequence[Task], threads: int) -> Iterator[Sums]:
    """The ranges as rows of a table, mapped by Arrow batches, one row to a task."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 — an extra
    except ImportError as error:
        raise EngineMissing("spark") from error
    active = SparkSession.getActiveSession()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the only way to tell a local Spark
    session = active or (
        SparkSession.builder.master(f"local[{threads}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
        .getOrCreate()
    )
    try:
        names = [field.name for field in fields(Task)]
        rows = [tuple(asdict(task)[name] for name in names) for task in tasks]
        table = session.createDataFrame(rows, names).repartitionByRange(len(tasks), "number")
        for row in table.mapInArrow(_calculate_batches, _RESULT).collect():
            told = json.loads(row["sums"])
            yield Sums(told["summed"], int(told["digest"]))
    finally:
        if active is None:
            session.stop()


def _calculate_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Spark's side: rows of tasks to rows of sums (integers of any size travel as text)."""
    for batch in batches:
        numbers, told = [], []
        for row in batch.to_pylist():
            sums = calculate_range(Task(**row))
            numbers.append(row["number"])
            told.append(json.dumps({"summed": dict(sums.summed), "digest": str(sums.digest)}))
        yield pa.RecordBatch.from_pydict(
            {"number": pa.array(numbers, pa.int32()), "sums": pa.array(told, pa.string())}
        )


ENGINES: dict[str, Callable[[Sequence[Task], int], Iterator[Sums]]] = {
    "ray": _under_ray,
    "spark": _under_spark,
}
"""By name: from tasks and threads to the sums of each, in any order."""
