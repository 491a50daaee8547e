"""计量单位: the units that items are measured in and rules count in, with their words; a pack may declare more."""

from __future__ import annotations

from dataclasses import dataclass

COUNT = "count"
DIMENSIONS = (COUNT, "length", "area", "volume", "mass", "time", "energy", "power")
"""What a unit can measure; things that are counted have an English plural."""


@dataclass(frozen=True, slots=True)
class Unit:
    """计量单位: its words as they stand after “yuan per”, and in English after any quantity but one."""

    code: str
    dimension: str
    zh: str
    en: str
    plural: str

    def word(self, lang: str) -> str:
        """As it stands after “yuan per”, in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


def unit(code: str, dimension: str, zh: str, en: str, plural: str = "") -> Unit:
    """A unit; what is counted has a plural with an s unless another is given, a symbol like m² stays as it is."""
    return Unit(code, dimension, zh, en, plural or (f"{en}s" if dimension == COUNT else en))


UNITS = {
    known.code: known
    for known in (
        unit("m2", "area", "平方米", "m²"),
        unit("m3", "volume", "立方米", "m³"),
        unit("m", "length", "米", "m"),
        unit("km", "length", "公里", "km"),
        unit("cm", "length", "厘米", "cm"),
        unit("storey", COUNT, "层", "storey"),
        unit("mu", "area", "亩", "mu"),
        unit("each", COUNT, "个", "item"),
        unit("tree", COUNT, "株", "tree"),
        unit("set", COUNT, "套", "set"),
        unit("person", COUNT, "人", "person"),
        unit("household", COUNT, "户", "household"),
        unit("day", "time", "天", "day", "days"),
        unit("month", "time", "月", "month", "months"),
    )
}
"""Those that every pack knows."""
