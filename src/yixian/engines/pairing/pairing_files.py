"""文件: a run's tables as CSV files, UTF-8, one header line; a solution as a folder.

pairs.csv             household_id, helper_id, role, cost, kept
unserved.csv          household_id, role, shortage_id, missing
shortages.csv         shortage_id, role, households, demand, helpers, places, short
shortage_members.csv  shortage_id, kind, id
prices.csv            role, kind, id, short, moves, price
gone.csv              row (from 0), household_id, helper_id: rows of the previous pairing about people who are gone
remedies.csv          the columns of `yixian.engines.pairing.shortage_remedies.remedy_columns`, if remedies were asked for
proof.json            per role the fields of `RoleProof`
fairness.json         per role the figures of `yixian.engines.pairing.fairness`
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

from yixian.domain.text_files import TextFileError, declared_separator, decoded, plain_heads, separator_of
from yixian.engines.pairing.pairing_columns import COLUMNS
from yixian.engines.pairing.pairing_errors import HEADER, InputInvalid, PairingError, PairingFault
from yixian.engines.pairing.solution import (
    RoleProof,
    Solution,
    gone_columns,
    pair_columns,
    price_columns,
    shortage_columns,
    shortage_member_columns,
    unserved_columns,
)
from yixian.lazy_imports import np, pa, pa_csv, pc

_FIRST_LINE = 1
_TABLES = {
    "pairs": pair_columns,
    "unserved": unserved_columns,
    "shortages": shortage_columns,
    "shortage_members": shortage_member_columns,
    "prices": price_columns,
    "gone": gone_columns,
}
_TIMED = "solver_seconds"


class FolderUnreadable(PairingError):
    """A solution's folder lacks a file, or a file is not what it should be."""

    key = "pairing.folder_unreadable"


def line_of(fault: PairingFault) -> int:
    """The line of the file that a fault stands on."""
    return line_of_row(fault.row)


def line_of_row(row: int) -> int:
    """The line of the file that a row (from 0; ``HEADER`` is -1) stands on."""
    return row - HEADER + _FIRST_LINE


def read_inputs(**paths: Path) -> dict[str, pa.Table]:
    """Input files as text tables, by the names of `yixian.engines.pairing.pairing_columns` (``households=path``, ...).

    Raises `InputInvalid` for lines that are not CSV of UTF-8 text; what the values mean is checked by the engine.
    """
    faults: list[PairingFault] = []
    tables = {name: _read_text(path, name, faults) for name, path in paths.items()}
    if faults:
        raise InputInvalid(faults)
    return tables


def _read_text(path: Path, name: str, faults: list[PairingFault]) -> pa.Table:
    def refuse(line: int, key: str, message: str) -> None:
        faults.append(PairingFault(name, line + HEADER - _FIRST_LINE, "", "", f"pairing.{key}", message))

    def refuse_row(row: Any) -> str:
        wrong = f"{row.actual_columns} values where the header has {row.expected_columns}: correct the line"
        refuse(row.number, "wrong_number_of_values", wrong)
        return "skip"

    try:
        content = decoded(path.read_bytes()).encode()
    except TextFileError as error:
        refuse(error.line, "not_utf8", error.en)
        return pa.table({})
    heads = content.partition(b"\n")[0].decode()
    if declared_separator(heads):
        refuse(_FIRST_LINE, "separator_line", "this line says what parts the cells: delete it")
        return pa.table({})
    if not content.strip():
        refuse(_FIRST_LINE, "file_empty", "the file is empty: it must at least have its header line")
        return pa.table({})
    table = pa_csv.read_csv(
        io.BytesIO(_with_plain_heads(content, separator_of(heads))),
        read_options=pa_csv.ReadOptions(use_threads=False),
        parse_options=pa_csv.ParseOptions(
            delimiter=separator_of(heads), ignore_empty_lines=False, invalid_row_handler=refuse_row
        ),
        convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS[name], pa.string())),
    )
    _refuse_line_breaks(table, name, refuse)
    return table


def _with_plain_heads(content: bytes, separator: str) -> bytes:
    """The table with its heads as they are compared: a blank or a character that nobody sees at a head changes nothing."""
    heads, line_end, rows = content.partition(b"\n")
    read = next(csv.reader([heads.decode().rstrip("\r")], delimiter=separator), [])
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="").writerow(plain_heads(read))
    return written.getvalue().encode() + line_end + rows


def _refuse_line_breaks(table: pa.Table, name: str, refuse: Any) -> None:
    """A line break inside quotes would shift the count of lines, and no id has a use for one."""
    for column in set(table.column_names) & set(COLUMNS[name]):
        if table.column_names.count(column) == 1:
            broken = np.flatnonzero(pc.match_substring(table[column], "\n").to_numpy().astype(np.bool_))
            for row in broken[:1].tolist():
                line = row - HEADER + _FIRST_LINE
                refuse(line, "line_break", f"{column} has a line break inside quotes: remove it")


def write_solution(solution: Solution, folder: Path) -> None:
    """Write all files of a solution; the folder is made if need be and each file appears only when complete."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as staging:
        for name in _TABLES:
            pa_csv.write_csv(getattr(solution, name), Path(staging) / f"{name}.csv")
        for name, document in (("proof", solution.proof_document()), ("fairness", solution.fairness)):
            text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
            (Path(staging) / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        for path in sorted(Path(staging).iterdir()):
            path.replace(folder / path.name)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one table as CSV; the file appears only when complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as staging:
        written = Path(staging) / path.name
        pa_csv.write_csv(table, written)
        written.replace(path)


def read_solution(folder: Path) -> Solution:
    """A solution as `write_solution` left it. Raises `FolderUnreadable` naming the file and what is wrong."""
    tables = {name: _read_table(folder / f"{name}.csv", columns()) for name, columns in _TABLES.items()}
    proof = {role: _proof(role, document) for role, document in _read_json(folder / "proof.json").items()}
    return Solution(**tables, proof=proof, fairness=_read_json(folder / "fairness.json"))


def _read_table(path: Path, schema: pa.Schema) -> pa.Table:
    try:
        table = pa_csv.read_csv(
            path,
            convert_options=pa_csv.ConvertOptions(column_types={each.name: each.type for each in schema}),
        )
    except (OSError, pa.ArrowInvalid) as error:
        raise FolderUnreadable(f"{path.name}: {error}") from error
    if table.column_names != schema.names:
        raise FolderUnreadable(f"{path.name}: the columns must be {', '.join(schema.names)}")
    empty = [name for name in schema.names if table[name].null_count]
    if empty:
        raise FolderUnreadable(f"{path.name}: {empty[0]} is empty somewhere")
    return table


def _read_json(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FolderUnreadable(f"{path.name}: {error}") from error
    if not isinstance(document, dict):
        raise FolderUnreadable(f"{path.name}: it must hold one object per role")
    return document


def _proof(role: str, document: Any) -> RoleProof:
    names = {each.name for each in fields(RoleProof)}
    if not isinstance(document, dict) or set(document) != names:
        raise FolderUnreadable(f"proof.json: {role} must have the fields {', '.join(sorted(names))}")
    for name, value in document.items():
        if type(value) is not int and not (name == _TIMED and isinstance(value, float | None)):
            raise FolderUnreadable(f"proof.json: {name} of {role} must be a whole number")
    return RoleProof(**document)
