"""Invented packs with every construct of the language, and an oracle of fractions that knows their parameters only."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

FIRST = date(2010, 1, 1)
DAYS = tuple(FIRST + timedelta(days=days) for days in (0, 99, 100, 101, 500))
"""The turn of prices is on the hundredth day."""

_HEAD = """
id: invented
version: "{seed}"
title: {{zh: 虚构, en: invented}}
jurisdiction: XX
currency: {{code: CNY, digits: {digits}}}
inputs:
  households:
    - {{name: persons, title: {{zh: 人, en: persons}}, low: "0", high: "50", scale: 0}}
    - {{name: distance, title: {{zh: 里程, en: km}}, low: "0", high: "999.9", scale: 1}}
    - {{name: farmers, title: {{zh: 农业人口, en: farmers}}, low: "0", high: "50", scale: 0, default: "3"}}
    - name: works
      title: {{zh: 工程, en: works}}
      choices: {{dam: {{zh: 坝, en: dam}}, lake: {{zh: 湖, en: lake}}}}
      default: lake
  items:
    - {{name: quantity, title: {{zh: 数量, en: quantity}}, low: "-100000", high: "100000", scale: {scale}}}
    - {{name: age, title: {{zh: 树龄, en: years}}, low: "0", high: "200", scale: 0}}
    - name: grade
      title: {{zh: 等级, en: grade}}
      categories: [tree]
      choices: {{fine: {{zh: 好, en: fine}}, poor: {{zh: 差, en: poor}}}}
    - {{name: weight, title: {{zh: 系数, en: weight}}, low: "0.01", high: "9.99", scale: 2, categories: [tree], default: "1"}}
zones:
  near: {{zh: 近, en: near}}
  far: {{zh: 远, en: far}}
heads:
  goods: {{zh: 财产, en: goods, categories: [house, tree], rules: [topup]}}
  moves: {{zh: 搬迁, en: moves, rules: [moving, pension]}}
  extra: {{zh: 其他, en: other, rules: [extra]}}
"""
_DOCUMENT = """
- id: {id}
  number: "{id}"
  issuer: nobody
  title: {{zh: 文, en: document}}
  status: decided
  decided_on: 2010-01-01
  from: {begin}
  {until}
  source: invented
  clauses: [{{id: a, zh: 甲, en: a}}]
"""
_RULES = """
- id: base
  title: {{zh: 基, en: base}}
  applies_to: items
  from: 2010-01-01
  steps:
    plain: quantity * price
    aged: band(age, {young}, 0.5, {old}, 1, 1.25)
    graded: round(plain * aged, 3)
  formula: if(age >= {old} and not quantity < 0, max(graded, {least}), graded)
  words: {{zh: "{{title}} {{graded}} {{amount}}", en: "{{title}} {{graded}} {{amount}}"}}
- id: extra
  title: {{zh: 加, en: extra}}
  applies_to: items
  categories: [tree]
  document: lasting
  clause: a
  from: 2010-01-01
  formula: div(quantity * {share}, {divisor}, 4)
  words: {{zh: "{{amount}}", en: "{{amount}}"}}
- id: share
  title: {{zh: 份, en: share}}
  applies_to: items
  categories: [tree]
  document: lasting
  clause: a
  from: 2010-01-01
  factors:
    growth: {{factor: growth, by: works}}
    quality: {{factor: quality, by: grade}}
    each: per_head
  steps:
    part: round(div(round(quantity * weight, 2), each, 3) * growth, 2)
  formula: trunc(part * quality, 1)
  measures: {{name: heads_fed, unit: person, decimals: "2"}}
  words: {{zh: "{{heads_fed}} {{grade}}", en: "{{heads_fed}} {{grade}} {{works}}"}}
- id: pension
  title: {{zh: 年金, en: pension}}
  applies_to: households
  document: lasting
  clause: a
  from: 2010-01-01
  paid: monthly
  factors: {{growth: {{factor: growth, by: works}}}}
  sums: {{fed: heads_fed}}
  steps:
    people: trunc(min(fed, farmers), 0)
  formula: people * growth
  keep_zero: "no"
  words: {{zh: "{{people}}", en: "{{people}} {{fed}}"}}
- id: moving
  title: {{zh: 搬, en: moving}}
  applies_to: households
  document: lasting
  clause: a
  from: 2010-01-01
  steps:
    fare: band(distance, 10, 2.5, 30.5, 3.6, 5)
  formula: fare * persons + if(persons > 4, (persons - 4) * 0.5, 0)
  keep_zero: "yes"
  words: {{zh: "{{fare}}", en: "{{fare}}"}}
- id: topup
  title: {{zh: 补, en: top-up}}
  applies_to: households
  document: lasting
  clause: a
  from: 2010-01-01
  prices: {{wall: house.wall}}
  totals: {{houses: house, trees: tree}}
  formula: max(0, min(persons, {cap}) * wall - houses) - div(trees, 7, 1)
  keep_zero: "no"
  words: {{zh: "{{wall}}", en: "{{wall}}"}}
"""
FACTOR_KEYS = (
    ("growth", "dam"),
    ("growth", "lake"),
    ("quality", "fine"),
    ("quality", "poor"),
    ("per_head", ""),
)
ITEMS = {"house.wall": "house", "house.roof": "house", "tree.old": "tree"}


@dataclass(frozen=True)
class Invented:
    """An invented pack's texts and parameters."""

    sources: dict[str, str]
    prices: dict[tuple[str, str, int], Fraction]
    factors: dict[tuple[str, str, int], Fraction]
    parameters: dict[str, Fraction]
    digits: int
    scale: int

    def lines(self, household, items, on):
        """(line, rule) → minor units (the smallest part of a count), for a household's row and its items' rows."""
        found, totals, fed = {}, {"house": 0, "tree": 0}, Fraction(0)
        for item in items:
            category = ITEMS[item["item_code"]]
            amounts = {"base": self._base(item, household, on)}
            if category == "tree":
                share = Fraction(item["quantity"]) * self.parameters["share"] / self.parameters["divisor"]
                amounts["extra"] = half_up(share, 4)
                counted = self._share(item, household, on)
                found[item["line_id"], "share"] = int(counted * 100)
                fed += counted
            for rule, amount in amounts.items():
                minor = self._minor(amount)
                found[item["line_id"], rule] = minor
                totals[category] += minor
        pension = self._minor(self._pension(fed, household, on))
        if pension:
            found["pension", "pension"] = pension
        found["moving", "moving"] = self._minor(_moving(household))
        topup = self._minor(self._topup(household, totals, on))
        return found | ({("topup", "topup"): topup} if topup else {})

    def _base(self, item, household, on):
        young, old = self.parameters["young"], self.parameters["old"]
        quantity, age = Fraction(item["quantity"]), item["age"]
        aged = Fraction(1, 2) if age < young else Fraction(1) if age < old else Fraction(5, 4)
        graded = half_up(quantity * self._price(item["item_code"], household["zone"], on) * aged, 3)
        return max(graded, self.parameters["least"]) if age >= old and quantity >= 0 else graded

    def _share(self, item, household, on):
        weight = Fraction(1) if item["weight"] is None else Fraction(item["weight"])
        weighed = half_up(Fraction(item["quantity"]) * weight, 2)
        divided = half_up(weighed / self._factor("per_head", "", on), 3)
        part = half_up(divided * self._factor("growth", household["works"] or "lake", on), 2)
        return cut(part * self._factor("quality", item["grade"], on), 1)

    def _pension(self, fed, household, on):
        farmers = 3 if household["farmers"] is None else household["farmers"]
        return cut(min(fed, Fraction(farmers)), 0) * self._factor("growth", household["works"] or "lake", on)

    def _factor(self, name, key, on):
        return self.factors[name, key, int(on >= DAYS[2])]

    def _topup(self, household, totals, on):
        houses, trees = (Fraction(totals[name], 10**self.digits) for name in ("house", "tree"))
        wanted = min(household["persons"], self.parameters["cap"]) * self._price(
            "house.wall", household["zone"], on
        )
        return max(Fraction(0), wanted - houses) - half_up(trees / 7, 1)

    def _price(self, code, zone, on):
        age = int(on >= DAYS[2])
        own = self.prices.get((code, zone, age))
        return self.prices[code, "", age] if own is None else own

    def _minor(self, amount):
        return int(half_up(amount, self.digits) * 10**self.digits)


def half_up(value, digits):
    """Rounded half-up, away from zero."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def cut(value, digits):
    """Cut towards zero."""
    scaled = abs(value) * 10**digits
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def invent(seed):
    """An invented pack; the same for the same seed."""
    rnd = random.Random(seed)
    digits, scale = rnd.choice([0, 2, 3]), rnd.choice([0, 2, 4])
    young = rnd.randint(1, 20)
    parameters = {
        "young": Fraction(young),
        "old": Fraction(young + rnd.randint(1, 50)),
        "least": Fraction(rnd.randint(-500, 500), 100),
        "share": Fraction(rnd.randint(1, 9999), 1000),
        "divisor": Fraction(rnd.randint(1, 9999), 1000),
        "cap": Fraction(rnd.randint(1, 12)),
    }
    prices = {}
    for code in ITEMS:
        for zone in ("", *rnd.sample(["near", "far"], rnd.randint(0, 2))):
            for age in (0, 1):
                prices[code, zone, age] = Fraction(rnd.randint(0, 10**7), 10**4)
    factors = {
        (name, key, age): Fraction(rnd.randint(-(10**6) * (name != "per_head") or 1, 3 * 10**6), 10**6)
        for name, key in FACTOR_KEYS
        for age in (0, 1)
    }
    documents = [("first", f"until: {DAYS[2]}", FIRST), ("second", "", DAYS[2]), ("lasting", "", FIRST)]
    texts = {name: _decimal(value) for name, value in parameters.items()}
    sources = {
        "pack.yaml": _HEAD.format(seed=seed, digits=digits, scale=scale),
        "documents.yaml": "".join(
            _DOCUMENT.format(id=name, until=until, begin=begin) for name, until, begin in documents
        ),
        "items.csv": "item_code,category,name_zh,name_en,unit,parent\n"
        + "".join(f"{code},{category},物,Thing,each,\n" for code, category in ITEMS.items()),
        "prices.csv": "item_code,zone,unit,from,until,price,document,clause\n" + _price_rows(prices),
        "factors.csv": "factor,key,from,until,value,document,clause\n" + _factor_rows(factors),
        "rules.yaml": _RULES.format(**texts),
    }
    return Invented(sources, prices, factors, parameters, digits, scale)


def _moving(household):
    distance, persons = Fraction(household["distance"]), household["persons"]
    fare = (
        Fraction(5, 2) if distance < 10 else Fraction(36, 10) if distance < Fraction(61, 2) else Fraction(5)
    )
    return fare * persons + (Fraction(persons - 4, 2) if persons > 4 else 0)


def _price_rows(prices):
    rows = []
    for (code, zone, age), price in prices.items():
        dates = f"{DAYS[2]}," if age else f"{FIRST},{DAYS[2]}"
        rows.append(f"{code},{zone},each,{dates},{_decimal(price)},{'second' if age else 'first'},a\n")
    return "".join(rows)


def _factor_rows(factors):
    rows = []
    for (name, key, age), value in factors.items():
        dates = f"{DAYS[2]}," if age else f"{FIRST},{DAYS[2]}"
        rows.append(f"{name},{key},{dates},{_decimal(value, 6)},{'second' if age else 'first'},a\n")
    return "".join(rows)


def _decimal(value, digits=4):
    unit = 10**digits
    whole = int(abs(value) * unit)
    return f"{'-' if value < 0 else ''}{whole // unit}.{whole % unit:0{digits}}"
