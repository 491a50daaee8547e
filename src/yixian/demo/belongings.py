"""实物: what a household has, as the survey writes it down — houses, facilities, trees, land, graves.

Codes and units are those of the pack ``danjiangkou-2009``; chances and sizes are invented so that a household has about
twelve lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

_MAIN = (("brick_concrete", 40), ("brick_timber", 22), ("earth_timber", 22), ("timber", 8), ("frame", 8))
_SIDE = {
    "frame": "brick_concrete", "brick_concrete": "brick_concrete", "brick_timber": "brick_timber",
    "timber": "timber", "earth_timber": "earth_timber",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Belonging:
    """One line of a survey before it has a number."""

    code: str
    quantity: Decimal
    place: str


@dataclass(frozen=True, slots=True)
class _Chance:
    """How likely a line is, its range in whole steps of ``step`` and where it stands."""

    code: str
    share: float
    low: int
    high: int
    step: str = "1"
    places: tuple[str, ...] = ("宅院",)


_YARD = (
    _Chance("house.auxiliary", 0.62, 600, 4_200, "0.01", ("宅院", "屋后", "路边")),
    _Chance("facility.masonry_wall", 0.42, 600, 9_000, "0.01"),
    _Chance("facility.earth_wall", 0.14, 500, 6_000, "0.01"),
    _Chance("facility.gate_house", 0.22, 1, 1),
    _Chance("facility.concrete_yard", 0.60, 2_000, 14_000, "0.01", ("院坝", "门前")),
    _Chance("facility.lime_yard", 0.24, 1_500, 8_000, "0.01", ("院坝", "门前")),
    _Chance("facility.pen", 0.68, 1, 4, "1", ("屋后", "宅院")),
    _Chance("facility.manure_pit", 0.46, 1, 2, "1", ("屋后",)),
    _Chance("facility.cellar", 0.26, 1, 1, "1", ("屋后", "堂屋")),
    _Chance("facility.cistern", 0.48, 20, 400, "0.1", ("屋后", "地头")),
    _Chance("facility.biogas", 0.20, 1, 1),
    _Chance("facility.hand_pump_well", 0.06, 1, 1),
    _Chance("facility.stove", 0.78, 1, 2, "1", ("灶房",)),
)
_FIELDS = (
    _Chance("facility.tobacco_barn", 0.10, 1_200, 4_000, "0.01", ("地头",)),
    _Chance("land.dry", 0.88, 30, 480, "0.01", ("大地", "河边地", "坡地", "屋后地", "弯弯地")),
    _Chance("land.dry", 0.36, 20, 220, "0.01", ("梁子上", "沟边地", "石板地", "老坟地")),
    _Chance("land.orchard", 0.42, 20, 350, "0.01", ("花椒园", "脐橙园", "核桃林")),
    _Chance("land.forest", 0.36, 30, 800, "0.01", ("后山", "对门坡")),
    _Chance("crop.standing", 0.68, 30, 500, "0.01", ("大地", "河边地", "坡地")),
    _Chance("tree.fruit", 0.82, 1, 46, "1", ("房前屋后", "地边")),
    _Chance("tree.under_5cm", 0.38, 1, 60, "1", ("房前屋后", "地边")),
    _Chance("tree.5_10cm", 0.44, 1, 40, "1", ("房前屋后", "地边")),
    _Chance("tree.10_15cm", 0.34, 1, 25, "1", ("房前屋后", "地边")),
    _Chance("tree.over_15cm", 0.30, 1, 16, "1", ("房前屋后", "地边")),
    _Chance("grave.single", 0.46, 1, 5, "1", ("老坟地", "后山")),
    _Chance("grave.double", 0.12, 1, 2, "1", ("老坟地", "后山")),
)
_PADDY = _Chance("land.paddy", 0.72, 10, 260, "0.01", ("大田", "冲冲田", "河坝田"))
_PADDY_UP_TO_METRES = 900
_TOWN_FIELDS = 0.35
"""Of what others have on the fields, this share of households in the town has."""

_WITHOUT_HOUSE = 0.008
"""Those who rent, live with kin, or lost their house."""


def draw_belongings(rng: Random, persons: int, metres: float, *, in_town: bool) -> list[Belonging]:
    """The lines of one household; paddy lies low (``metres`` above the sea), and the town has few fields."""
    lines = [] if rng.random() < _WITHOUT_HOUSE else _houses(rng, persons, in_town=in_town)
    lines += [_measured(rng, chance) for chance in _YARD if rng.random() < chance.share]
    scarce = _TOWN_FIELDS if in_town else 1.0
    lines += [_measured(rng, chance) for chance in _FIELDS if rng.random() < chance.share * scarce]
    if metres < _PADDY_UP_TO_METRES and rng.random() < _PADDY.share * scarce:
        lines.append(_measured(rng, _PADDY))
    return lines


def _houses(rng: Random, persons: int, *, in_town: bool) -> list[Belonging]:
    kinds = _MAIN[:2] + _MAIN[4:] if in_town else _MAIN
    kind = rng.choices([name for name, _weight in kinds], [weight for _name, weight in kinds])[0]
    area = rng.randint(2_400, 3_600) + persons * rng.randint(700, 3_200)
    lines = [
        Belonging(f"house.main.{kind}", Decimal(area).scaleb(-2), rng.choice(("老屋基", "新屋基", "公路边")))
    ]
    if rng.random() < 0.14:
        other = rng.choice(("earth_timber", "timber"))
        lines.append(
            Belonging(f"house.main.{other}", Decimal(rng.randint(2_200, 7_500)).scaleb(-2), "老屋基")
        )
    if rng.random() < 0.56:
        lines.append(
            Belonging(
                f"house.side.{_SIDE[kind]}",
                Decimal(rng.randint(800, 4_600)).scaleb(-2),
                rng.choice(("左厢", "右厢")),
            )
        )
    return lines


def _measured(rng: Random, chance: _Chance) -> Belonging:
    """A quantity with most of its weight at the low end, as such things are."""
    steps = chance.low + int((chance.high - chance.low + 1) * rng.random() ** 1.8)
    return Belonging(chance.code, min(steps, chance.high) * Decimal(chance.step), rng.choice(chance.places))
