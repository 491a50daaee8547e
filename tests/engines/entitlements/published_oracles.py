"""Oracles for the shipped packs: the tables typed out once more, and the rules by hand in Decimal and Fraction.

Nothing here reads a pack or the engine, so an error of transcription shows as well as one of arithmetic.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FEN = Decimal("0.01")

THREE_GORGES = {
    "house.main.frame": 452,
    "house.main.brick_concrete": 223,
    "house.main.brick_timber": 179,
    "house.main.earth_timber": 125,
    "house.side.brick_timber": 134,
    "house.side.earth_timber": 87,
    "house.auxiliary": 57,
    "facility.wall": 25,
    "facility.yard": 25,
    "unit.housing.frame": 452,
    "unit.housing.brick_concrete": 284,
    "unit.housing.brick_timber": 202,
    "unit.housing.earth_timber": 140,
    "unit.public.frame": 474,
    "unit.public.brick_concrete": 316,
    "unit.public.brick_timber": 215,
    "unit.public.earth_timber": 140,
}
GRAVES = {
    "grave.first.stone.over_3y": 2_000_000,
    "grave.first.earth.over_3y": 1_500_000,
    "grave.first.stone.1_3y": 2_500_000,
    "grave.first.earth.1_3y": 2_000_000,
    "grave.first.stone.under_1y": 3_500_000,
    "grave.first.earth.under_1y": 3_000_000,
    "grave.reburied.stone": 1_000_000,
    "grave.reburied.earth": 800_000,
}
FAR = (160, 120, 40, 20, 133, 150, 300, 500, 10905, 160)
NEAR = (40, 120, 40, 20, 133, 38, 300, 500, 10905, 40)
YEARS = {"permanent": "2.33", "flooded": "8", "impact": "8", "new_town": "8"}
WEIGHTS = {
    "paddy": "1",
    "dry": "0.6",
    "walnut_mature": "1",
    "grape_mature": "1.8",
    "orchard_young": "0.8",
    "garden_other": "0.6",
}


def three_gorges(household, items, index):
    """(line, rule) → yuan; ``index`` is last year's, 1 in 1993."""
    lines = {
        (item["line_id"], "item_price"): _fen(item["quantity"] * THREE_GORGES[item["item_code"]] * index)
        for item in items
    }
    if household["persons"]:
        lines["moving", "moving"] = _fen(Decimal(200 * household["persons"]) * index)
    return lines


def lai_chau(household, items):
    """(line, rule) → dong, whole."""
    lines = {
        (item["line_id"], "item_price"): Decimal(item["quantity"] * GRAVES[item["item_code"]])
        for item in items
    }
    persons, move = household["persons"], household["move"]
    if not persons or move == "stays":
        return lines
    lines["moving", "moving"] = _support(move, household["km"]) + 500_000 * max(0, persons - 4)
    early = household["days_early"] or 0
    award = 4_000_000 if early >= 30 else 3_000_000 if early >= 15 else 2_000_000 if early >= 5 else 0
    if award:
        lines["early_move", "early_move"] = Decimal(award)
    return lines


def _support(move, km):
    if move == "outside":
        return Decimal(8_000_000)
    for below, amount in ((10, 2_500_000), (30, 3_600_000), (50, 5_000_000)):
        if km < below:
            return Decimal(amount)
    return Decimal(6_000_000)


def tuoba(household, items):
    """(line, rule) → yuan, or what is counted."""
    lines, main, heads, converted = {}, Decimal(0), Fraction(0), Fraction(0)
    for item in items:
        key = item["line_id"]
        if item["item_code"] == "land.plot":
            persons = _plot(item)
            mu = Fraction(item["quantity"]) * Fraction(WEIGHTS[item["land_use"]])
            lines[key, "plot_production"], lines[key, "plot_annual"] = _decimal(persons), _decimal(mu)
            heads, converted = heads + persons, converted + mu
        else:
            lines[key, "house_price"] = _fen(item["quantity"] * item["unit_price"])
            main += lines[key, "house_price"] if item["item_code"].startswith("house.main") else 0
    lines |= {
        (rule, rule): amount for rule, amount in _own(household, main, heads, converted).items() if amount
    }
    return lines


def _own(household, main, heads, converted):
    persons, rural = household["persons"], household["settle"] == "rural"
    whole = Decimal(heads.numerator // heads.denominator)
    basic = Decimal(25 * persons) * household["frame_price"]
    return {
        "production_population": min(whole, Decimal(household["farmers"])),
        "annual_population": _decimal(_round2(converted / Fraction("1.042"))),
        "moving_package": Decimal(persons * sum(FAR if household["move"] == "far" else NEAR)),
        "house_building": Decimal(1000 * persons),
        "lighting_water": Decimal((200 if rural else 120) * persons),
        "biogas": Decimal(1800 if rural and persons else 0),
        "hardship_topup": max(Decimal(0), _fen(basic - main)),
        "annuity": Decimal(290 * (household["annuity_persons"] or 0)),
    }


def _plot(item):
    area, weight = _round2(Fraction(item["quantity"])), _round2(Fraction(item["coefficient"]))
    share = _round2(area * weight / Fraction(item["group_mu"]))
    return _round2(share * Fraction(growth(item["scope"])))


def growth(scope):
    """1.013 to the power of the years to grow over, rounded to two decimals."""
    return (Decimal("1.013") ** Decimal(YEARS[scope])).quantize(FEN, ROUND_HALF_UP)


def land_price(values, times, heads_times):
    """Yuan a mu: the mean of three years' values, so many times for land and so many for resettlement."""
    mean = Fraction(sum(values), len(values))
    return mean * times + mean * heads_times


def _fen(value):
    return value.quantize(FEN, ROUND_HALF_UP)


def _round2(value):
    return Fraction((2 * value.numerator * 100 + value.denominator) // (2 * value.denominator), 100)


def _decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)
