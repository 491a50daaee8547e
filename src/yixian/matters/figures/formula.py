"""指标公式: by which formula public figures are made — dated, versioned, with its exclusions, read from the procedures."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML

from yixian.kernel.errors import Refused
from yixian.matters.procedures import offered_kinds

FILE = "indicators.yaml"
TEXTS = ("response", "decided", "resolution", "satisfaction", "exclusions")


@dataclass(frozen=True, slots=True)
class Formula:
    """One version. ``answer`` and ``decision`` name, by procedure, the clock that the rates are about.

    ``texts`` are what each rate is and what is left out, in ``zh`` and ``en``.
    """

    id: str
    valid_from: date
    satisfied_from: int
    dissatisfied_until: int
    answer: dict[str, str]
    decision: dict[str, str]
    texts: dict[str, dict[str, str]]

    def text(self, name: str, lang: str) -> str:
        """What a rate is, or what is left out (`TEXTS`)."""
        return self.texts[name][lang]


def formulas() -> list[Formula]:
    """Every version, the oldest first."""
    return list(_read(str(settings.YIXIAN_PROCEDURES)))


def formula_on(day: date) -> Formula:
    """The formula that holds on a day. Raises `Refused` before the first."""
    holding = [one for one in formulas() if one.valid_from <= day]
    if not holding or not offered_kinds():
        raise Refused("figures.no_formula", _("No formula for public figures holds on this day."))
    return holding[-1]


@functools.lru_cache(maxsize=4)
def _read(folder: str) -> tuple[Formula, ...]:
    path = Path(folder) / FILE
    rows = YAML(typ="base").load(path.read_text(encoding="utf-8")) if path.is_file() else []
    found = [_formula(row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.valid_from))


def _formula(row: dict[str, object]) -> Formula:
    """One entry; a formula that lacks something is a KeyError or ValueError at the first use, and a test's business."""
    clocks = row["clocks"]
    assert isinstance(clocks, dict)  # noqa: S101 - the shape of a file of this house, checked by its test
    return Formula(
        id=str(row["id"]),
        valid_from=date.fromisoformat(str(row["from"])),
        satisfied_from=int(str(row["satisfied_from"])),
        dissatisfied_until=int(str(row["dissatisfied_until"])),
        answer=dict(clocks["answer"]),
        decision=dict(clocks["decision"]),
        texts={name: dict(row[name]) for name in TEXTS},  # type: ignore[call-overload]
    )
