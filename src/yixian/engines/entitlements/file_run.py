"""成批核算: from fact files to result files, a part of the households at a time, on as many threads as are given.

This is `compute` for files of any size: what is held in memory is one part per thread. Every output is one Parquet file;
the manifest names the SHA-256 of each file read and written beside the checksum that does not depend on order.
"""

from __future__ import annotations

import hashlib
import json
import queue
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yixian.domain.policy import Pack
from yixian.engines.entitlements.checker import check
from yixian.engines.entitlements.facts import HOUSEHOLD_KEYS, ITEM_KEYS
from yixian.engines.entitlements.kernel import Kernel, Part
from yixian.engines.entitlements.ordered_files import FactFiles, NotOrdered
from yixian.engines.entitlements.reckoning import Sums, provenance, refuse_draft

PART = 15_000
"""Households in a part."""
_MEMORY_MB = 96
FILES = ("lines.parquet", "statements.parquet", "problems.parquet")

Reporter = Callable[[int, int], None]
"""Told (households parts done, all parts); what it raises ends the run, and nothing is left behind."""


def compute_files(
    pack: Pack,
    households: Path,
    items: Path,
    on: date,
    out: Path,
    *,
    checked: bool = True,
    threads: int = 2,
    size: int = PART,
    report: Reporter = lambda _done, _all: None,
) -> dict[str, Any]:
    """Reckon ``households`` and ``items`` (Parquet) into ``out``; the manifest, which is written there, too.

    ``out`` gets `FILES`, ``manifest.json`` and ``pack.json`` (the pack's canonical form, by which `explain` tells lines in
    words). They appear together at the end: a run that fails leaves what was there. Raises as `compute` does.
    """
    refuse_draft(pack)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".run-", dir=out) as made:
        scratch = Path(made)
        files = FactFiles(
            households, items, {*HOUSEHOLD_KEYS, *pack.household_inputs}, {*ITEM_KEYS, *pack.item_inputs}
        )
        run = _Run(pack, on, scratch, checked=checked, threads=threads, size=size, report=report)
        try:
            sums = run.through(files)
        except NotOrdered:
            sums = run.through(files.ordered(scratch))
        manifest = sums.manifest(pack, on)
        manifest["facts"] = {"households": file_sha256(households), "items": file_sha256(items)}
        manifest["files"] = {name: file_sha256(scratch / name) for name in FILES}
        manifest["checked"] = checked
        (scratch / "pack.json").write_bytes(pack.canonical())
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (scratch / "manifest.json").write_text(text + "\n", encoding="utf-8")
        replace_results(scratch, out)
    return manifest


def replace_results(made: Path, out: Path) -> None:
    """Move a finished run's results to where they belong, in place of those of an earlier run."""
    for name in (*FILES, "pack.json", "manifest.json"):
        if (out / name).is_dir():
            shutil.rmtree(out / name)
        elif (made / name).is_dir():
            (out / name).unlink(missing_ok=True)
        (made / name).replace(out / name)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class _Run:
    """How a run is made."""

    pack: Pack
    on: date
    folder: Path
    checked: bool
    threads: int
    size: int
    report: Reporter

    def through(self, files: FactFiles) -> Sums:
        """Reckon all parts and write them; what they add up to. Raises `NotOrdered`."""
        sums = Sums()
        done = 0
        with ExitStack() as stack:
            writer = _Writer(stack, self.folder, provenance(self.pack, self.on))
            for part in self._parts(files):
                writer.write(part)
                sums += Sums.of(part)
                pa.default_memory_pool().release_unused()
                done = min(done + self.size, files.count)
                self.report(done, files.count)
        return sums

    def _parts(self, files: FactFiles) -> Iterator[Part]:
        """Every part, in order; while one is written, as many others are in memory as there are threads."""
        workers = max(1, min(self.threads, -(-files.count // self.size)))
        own_threads = self.threads if workers == 1 else 1
        kernels: queue.SimpleQueue[Kernel] = queue.SimpleQueue()
        with ExitStack() as stack:
            for _ in range(workers):
                kernel = Kernel(self.pack, self.on, threads=own_threads, memory_mb=_MEMORY_MB)
                stack.callback(kernel.close)
                kernels.put(kernel)
            pool = stack.enter_context(ThreadPoolExecutor(workers))
            waiting: list[Future[Part]] = []
            stack.callback(lambda: [future.cancel() for future in waiting])
            for facts in files.parts(self.size):
                waiting.append(pool.submit(self._part, kernels, facts))
                if len(waiting) >= workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()

    def _part(self, kernels: queue.SimpleQueue[Kernel], facts: tuple[pa.Table, pa.Table]) -> Part:
        kernel = kernels.get()
        try:
            part = kernel.part(*facts)
        finally:
            kernels.put(kernel)
        if self.checked:
            check(self.pack, kernel.rules, self.on, facts, part.lines, part.statements)
        return part


class _Writer:
    """The three output files, open until the stack closes."""

    def __init__(self, stack: ExitStack, folder: Path, metadata: dict[str, str]) -> None:
        self._stack = stack
        self._folder = folder
        self._metadata = metadata
        self._files: list[pq.ParquetWriter] = []

    def write(self, part: Part) -> None:
        tables = (part.lines, part.statements, part.problems)
        if not self._files:
            self._files = [
                self._stack.enter_context(open_result(self._folder / name, table.schema, self._metadata))
                for name, table in zip(FILES, tables, strict=True)
            ]
        for file, table in zip(self._files, tables, strict=True):
            file.write_table(table.replace_schema_metadata(self._metadata))


def open_result(path: Path, schema: pa.Schema, metadata: dict[str, str]) -> pq.ParquetWriter:
    """A result file being written. Words stay dictionaries; line numbers are nearly all different and begin alike."""
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    return pq.ParquetWriter(
        path,
        schema.with_metadata(metadata),
        use_dictionary=["household_id", *words],
        column_encoding={"line_id": "DELTA_BYTE_ARRAY"} if "line_id" in schema.names else None,
        write_statistics=["household_id"],
    )
