"""答复期限: in how many days the policy desk answers, and which days are statutory holidays. A table, not a line of code."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from yixian.domain.deadlines import due_day


@dataclass(frozen=True, slots=True)
class AnswerLimit:
    """The limit: calendar days, the rule it follows in both languages, and the holidays that move its end."""

    days: int
    rule_zh: str
    rule_en: str
    holidays: frozenset[date]

    def rule(self, lang: str) -> str:
        """The rule in ``zh`` or ``en``."""
        return self.rule_zh if lang == "zh" else self.rule_en

    def due(self, asked_on: date) -> date:
        """The last day for a question asked on a day."""
        return due_day(asked_on, self.days, self.holidays)


def answer_limit() -> AnswerLimit:
    """The limit of this installation (setting ``YIXIAN_HELPDESK``). Raises OSError or ValueError for a faulty table."""
    return read_limit(Path(settings.YIXIAN_HELPDESK))


@functools.cache
def read_limit(path: Path) -> AnswerLimit:
    """The limit that a table holds."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    answer = table["answer"]
    days = (day for year in table.get("holidays", {}).values() for day in year)
    return AnswerLimit(
        int(answer["days"]),
        str(answer["rule_zh"]),
        str(answer["rule_en"]),
        frozenset(date.fromisoformat(str(day)) for day in days),
    )
