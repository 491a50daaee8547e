"""错误清单: the faults of a pack for people — by file, in the order of the lines, each with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from yixian.domain.policy import PackProblem

_MAX_SHOWN = 100
_PLACE = {
    "zh": ("第 {line} 行第 {column} 格", "第 {line} 行第 {column} 个字"),
    "en": ("line {line}, cell {column}", "line {line}, column {column}"),
}
_COUNT = {"zh": "共 {count} 处错误", "en": "{count} problems in all"}
_ONE = {"zh": "共 1 处错误", "en": "1 problem in all"}


def grouped(
    folder: Path, problems: Sequence[PackProblem], lang: str, *, counted: bool = True
) -> Iterator[str]:
    """The lines to print: each file's name, then ``file:line:column``, the place in words, what is wrong, and its key."""
    for file, own in groupby(sorted(problems), key=lambda problem: problem.file):
        yield f"{file}"
        rows = _rows(folder / file)
        for problem in own:
            yield f"  {file}:{problem.line}:{problem.column}: {_place(problem, lang)}{problem.described(lang)} [{problem.key}]"
            if 0 < problem.line <= len(rows):
                yield f"    | {rows[problem.line - 1].strip()[:_MAX_SHOWN]}"
        yield ""
    if counted:
        yield (_ONE if len(problems) == 1 else _COUNT)[lang].format(count=len(problems))


def _rows(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []


def _place(problem: PackProblem, lang: str) -> str:
    if not problem.line:
        return ""
    in_cells, in_letters = _PLACE[lang]
    words = in_cells if problem.file.endswith(".csv") else in_letters
    mark = "：" if lang == "zh" else ": "
    return words.format(line=problem.line, column=problem.column) + mark
