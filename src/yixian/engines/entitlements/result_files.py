"""结果文件: the three Parquet files of a run, written a part at a time."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from yixian.engines.entitlements.kernel import Part
from yixian.lazy_imports import pa, pq

FILES = ("lines.parquet", "statements.parquet", "problems.parquet")


_JUDGED = 1 << 13


class ResultFiles:
    """The files, open until the stack closes."""

    def __init__(self, stack: ExitStack, folder: Path, metadata: dict[str, str]) -> None:
        self._stack = stack
        self._folder = folder
        self._metadata = metadata
        self._files: list[pq.ParquetWriter] = []

    def write(self, part: Part) -> None:
        """Add a part's tables."""
        tables = (plain_ids(part.lines), part.statements, part.problems)
        if not self._files:
            self._files = [
                self._stack.enter_context(open_result(self._folder / name, table, self._metadata))
                for name, table in zip(FILES, tables, strict=True)
            ]
        for file, table in zip(self._files, tables, strict=True):
            file.write_table(table.replace_schema_metadata(self._metadata))


def plain_ids(lines: pa.Table) -> pa.Table:
    """The lines with their households as texts, as they are kept in files."""
    texts = lines.column("household_id").cast(pa.string())
    return lines.set_column(lines.schema.get_field_index("household_id"), "household_id", texts)


def open_result(path: Path, first: pa.Table, metadata: dict[str, str]) -> pq.ParquetWriter:
    """A result file being written, of tables like the first. Words and numbers that recur stand as dictionaries, line
    numbers as what differs from the one before (nearly all are different and begin alike), other numbers in as many bits
    as their neighbours need.
    """
    wide = [field.name for field in first.schema if _is_wide(field.type)]
    varied = [name for name in wide if not _recurs(first.column(name))]
    encodings = dict.fromkeys(varied, "DELTA_BINARY_PACKED")
    if "line_id" in first.column_names:
        encodings["line_id"] = "DELTA_BYTE_ARRAY"
    return pq.ParquetWriter(
        path,
        first.schema.with_metadata(metadata),
        use_dictionary=[name for name in first.column_names if name not in encodings],
        column_encoding=encodings,
        compression={name: "none" if name in varied else "snappy" for name in first.column_names},
        store_decimal_as_integer=True,
        write_statistics=["household_id"],
    )


def _is_wide(kind: pa.DataType) -> bool:
    """Whether it is written as integers of 64 bits."""
    return bool(pa.types.is_int64(kind) or (pa.types.is_decimal(kind) and 9 < kind.precision <= 18))


def _recurs(column: pa.ChunkedArray) -> bool:
    """Whether there are few different values, as of prices: judged by the first rows."""
    first = column.slice(0, _JUDGED)
    return len(first.unique()) * 8 <= len(first)
