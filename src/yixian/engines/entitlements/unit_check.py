"""计量单位的检验: a pack's own units have codes and dimensions that everybody reads alike, and stand in nobody's place."""

from __future__ import annotations

import re

from yixian.domain.policy.units import DIMENSIONS, UNITS, Unit
from yixian.engines.entitlements.located import Faults, Placed

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")


def check_units(rows: list[Placed[Unit]], faults: Faults) -> None:
    """Note every fault of the units that a pack declares."""
    for row in rows:
        declared = row.value
        if declared.code in UNITS:
            faults.add(row.place, "unit.known", code=declared.code)
        if not _CODE.fullmatch(declared.code):
            faults.add(row.place, "unit.code", code=declared.code)
        if declared.dimension not in DIMENSIONS:
            faults.add(row.at("dimension"), "unit.dimension", known=", ".join(DIMENSIONS))
