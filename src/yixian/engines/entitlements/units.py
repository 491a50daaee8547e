"""计量单位: the units that items are measured in and rules count in, with their words."""

from __future__ import annotations

UNIT_WORDS = {
    "m2": ("平方米", "m²"),
    "m3": ("立方米", "m³"),
    "m": ("米", "m"),
    "km": ("公里", "km"),
    "mu": ("亩", "mu"),
    "each": ("个", "item"),
    "tree": ("株", "tree"),
    "set": ("套", "set"),
    "person": ("人", "person"),
    "household": ("户", "household"),
    "day": ("天", "day"),
    "month": ("月", "month"),
}
UNITS = frozenset(UNIT_WORDS)
