"""政策包的错误: every fault of a pack, named by file, line and column, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PackProblem:
    """One fault: where it stands (line and column count from 1; 0 where a whole file is meant), its key, and what to do.

    In a CSV file the column is the number of the cell. ``message`` is in English, ``message_zh`` in Chinese.
    """

    file: str
    line: int
    column: int
    key: str
    message: str
    message_zh: str = ""

    def described(self, lang: str) -> str:
        """What is wrong, and what to do, in ``zh`` or ``en``."""
        return self.message_zh if lang == "zh" else self.message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.key}]"


class PackErrors(ValueError):
    """A pack that cannot be used, with all its faults in ``problems``."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
