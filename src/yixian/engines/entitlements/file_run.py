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

from yixian.domain.policy import Pack
from yixian.engines.entitlements.calculation import Sums, provenance, refuse_draft
from yixian.engines.entitlements.checker import check
from yixian.engines.entitlements.fact_tables import HOUSEHOLD_KEYS, ITEM_KEYS
from yixian.engines.entitlements.kernel import Kernel, Part
from yixian.engines.entitlements.memory_database import own_instance
from yixian.engines.entitlements.ordered_files import FactFiles, NotOrdered
from yixian.engines.entitlements.result_files import FILES, ResultFiles
from yixian.lazy_imports import pa

PART = 15_000
"""Households in a part."""
_MEMORY_MB = 96

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
            writer = ResultFiles(stack, self.folder, provenance(self.pack, self.on))
            for part in self._parts(files):
                writer.write(part)
                sums += Sums.of(part)
                del part  # or it would be held while the next ones are reckoned
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
                connection = stack.enter_context(own_instance(own_threads, _MEMORY_MB))
                kernels.put(Kernel(self.pack, self.on, connection))
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
