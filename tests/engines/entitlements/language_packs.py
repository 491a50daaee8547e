"""Invented packs with what was added to the language, and an oracle of fractions that knows their parameters only."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.engines.entitlements.invented import half_up

ON = date(2024, 2, 29)
HOUSEHOLDS = 60
CASES = 20_000

_HEAD = """
id: language
version: "{seed}"
title: {{zh: 虚构, en: invented}}
jurisdiction: XX
currency: {{code: CNY, digits: {digits}}}
units:
  room: {{zh: 间, en: room, dimension: count}}
define:
  basic: two_heads * {half}
  two_heads: max(2, persons) + income * 0
zones:
  near: {{zh: 近, en: near}}
  far: {{zh: 远, en: far}}
inputs:
  households:
    - {{name: persons, title: {{zh: 人, en: persons}}, low: "0", high: "50", scale: 0}}
    - {{name: income, title: {{zh: 收入, en: income}}, low: "-500", high: "9999.99", scale: 2}}
    - name: move
      title: {{zh: 搬迁, en: move}}
      choices: {{far: {{zh: 远, en: far}}, near: {{zh: 近, en: near}}, 2a: {{zh: 乙, en: second}}}}
    - {{name: moved, title: {{zh: 搬迁日, en: day of moving}}, kind: day, low: 1990-01-31, high: 2060-12-31}}
    - name: paid_on
      title: {{zh: 付款日, en: day of payment}}
      kind: day
      low: 1990-01-01
      high: 2060-12-31
      default: 2024-02-29
  items:
    - {{name: quantity, title: {{zh: 数量, en: quantity}}, low: "0", high: "1000", scale: {scale}}}
    - name: grade
      title: {{zh: 等级, en: grade}}
      categories: [house, shed]
      choices: {{fine: {{zh: 好, en: fine}}, poor: {{zh: 差, en: poor}}}}
"""
_DOCUMENTS = """
- id: law
  number: "1"
  issuer: nobody
  title: {zh: 文, en: document}
  status: decided
  decided_on: 2010-01-01
  from: 2010-01-01
  source: invented
  clauses: [{id: a, zh: 甲, en: a}]
"""
_RULE = """
- id: {id}
  title: {{zh: 甲, en: a}}
  applies_to: {to}
  document: law
  clause: a
  from: 2010-01-01
  words: {{zh: "{{title}}", en: "{{title}}"}}
"""
_RULES = (
    (
        "graded",
        "items",
        """
  categories: [house, shed]
  steps:
    paid_for: ceil(quantity, {up})
  formula: if(grade = fine and move != '2a', paid_for * price, div(quantity * price, persons + {half}, 3))
""",
    ),
    (
        "stepped",
        "households",
        """
  factors: {{low_step: low_step, high_step: high_step}}
  steps:
    a_head: div(income, max(1, persons), 2)
  formula: band(a_head, low_step, {first}, high_step, persons * 10, min(a_head, {cap}) * a_head)
""",
    ),
)
_RULES += (
    (
        "capped",
        "items",
        """
  categories: [house]
  over_items:
    all_area: {{take: sum, fact: quantity, categories: [house]}}
    widest: {{take: most, fact: quantity, categories: [house]}}
    houses: {{take: count, categories: [house]}}
  steps:
    free: min(all_area, persons * {a_head})
    own_part: div(quantity * free, max(0.01, all_area), 4)
  formula: (own_part + (quantity - own_part) * 0.5) * price + if(quantity = widest, 7, houses)
""",
    ),
    (
        "sheds",
        "households",
        """
  over_items:
    sheds: {{take: count, items: [shed.old]}}
    least_shed: {{take: least, fact: quantity, items: [shed.old]}}
    everything: {{take: sum, fact: quantity}}
  totals: {{whole: all, houses: house}}
  formula: sheds * least_shed + everything * 0.1 + whole * 0.01 - houses * 0.001
""",
    ),
)
_RULES += (
    (
        "interest",
        "households",
        """
  steps:
    late: max(0, days(moved, paid_on))
    month_count: months(moved, paid_on)
    year_count: years(paid_on, moved)
    before: if(moved < '2010-05-31' or moved = on_day, 1, 2)
    due: max(moved, add_months(paid_on, {up} - 1))
  formula: div(late * income, 365, 4) + month_count * {half} - year_count * before + days(on_day, due) * 0.01
""",
    ),
    (
        "pension",
        "households",
        """
  paid: monthly
  first: add_days(moved, {a_head})
  last: add_years(add_months(moved, -1), {up} * 10)
  formula: persons * 50
""",
    ),
)
_RULES += (
    (
        "graded_by_two",
        "items",
        """
  categories: [shed]
  factors:
    worth: {{factor: worth, by: [grade, zone]}}
    near_by: {{factor: near_by, by: zone}}
  formula: quantity * worth + near_by
""",
    ),
)
_RULES += (
    (
        "owners",
        "items",
        """
  categories: [owner]
  share: quantity
  over_items: {{owners: {{take: count, categories: [owner]}}}}
  formula: min(basic * {half}, 5000) - owners * {cap}
""",
    ),
    (
        "bonus",
        "households",
        """
  lines: {{far_step: upon, stepped: stepped}}
  formula: far_step * 0.1 + stepped
""",
    ),
    (
        "upon",
        "households",
        """
  lines: {{stepped: stepped, pension: pension}}
  steps:
    growth: pow(1 + {rate}, persons, 6)
  formula: basic + stepped * 0.333 - pension + growth * {first}
  keep_zero: "no"
""",
    ),
)
_TWO = [(grade, zone) for grade in ("fine", "poor") for zone in ("near", "far")]
ITEMS = {"house.brick": "house", "house.clay": "house", "shed.old": "shed", "owner": "owner"}


@dataclass(frozen=True)
class LanguagePack:
    """An invented pack's texts and parameters."""

    sources: dict[str, str]
    given: dict[str, Fraction]
    prices: dict[str, Fraction]
    digits: int
    scale: int

    def lines(self, home, items):
        """(line, rule) → minor units, for a household's row and its items' rows."""
        found = {
            (item["line_id"], "graded"): self._graded(home, item)
            for item in items
            if ITEMS[item["item_code"]] != "owner"
        }
        found |= {
            (item["line_id"], "capped"): self._capped(home, item, items)
            for item in items
            if ITEMS[item["item_code"]] == "house"
        }
        found |= {
            (item["line_id"], "graded_by_two"): Fraction(item["quantity"])
            * self.given[f"worth {item['grade']}/{home['zone']}"]
            + self.given[f"near_by {home['zone']}"]
            for item in items
            if ITEMS[item["item_code"]] == "shed"
        }
        minor = {key: self._minor(amount) for key, amount in found.items()}
        minor["stepped", "stepped"] = self._minor(self._stepped(home))
        owners = [item for item in items if ITEMS[item["item_code"]] == "owner"]
        whole = min(self._basic(home) * self.given["half"], 5000) - len(owners) * self.given["cap"]
        minor |= {(line, "owners"): amount for line, amount in shared(self._minor(whole), owners)}
        minor["interest", "interest"] = self._minor(self._interest(home))
        if self._is_paid(home):
            minor["pension", "pension"] = self._minor(Fraction(home["persons"] * 50))
        pension = minor.get(("pension", "pension"), 0)
        stepped, pension = (Fraction(one, 10**self.digits) for one in (minor["stepped", "stepped"], pension))
        upon = self._minor(
            self._basic(home)
            + stepped * Fraction(333, 1000)
            - pension
            + self._growth(home) * self.given["first"]
        )
        if upon:
            minor["upon", "upon"] = upon
        minor["bonus", "bonus"] = self._minor(Fraction(upon, 10**self.digits) / 10 + stepped)
        minor["sheds", "sheds"] = self._minor(self._sheds(items, minor))
        return minor

    def _graded(self, home, item):
        price, quantity = self.prices[item["item_code"]], Fraction(item["quantity"])
        if item["grade"] == "fine" and home["move"] != "2a":
            return up(quantity, int(self.given["up"])) * price
        return half_up(quantity * price / (home["persons"] + self.given["half"]), 3)

    def _stepped(self, home):
        a_head = half_up(Fraction(home["income"]) / max(1, home["persons"]), 2)
        if a_head < self.given["low_step"]:
            return self.given["first"]
        if a_head < self.given["high_step"]:
            return Fraction(home["persons"] * 10)
        return min(a_head, self.given["cap"]) * a_head

    def _capped(self, home, item, items):
        areas = [Fraction(one["quantity"]) for one in items if ITEMS[one["item_code"]] == "house"]
        quantity, price = Fraction(item["quantity"]), self.prices[item["item_code"]]
        free = min(sum(areas), home["persons"] * self.given["a_head"])
        own = half_up(quantity * free / max(Fraction(1, 100), sum(areas)), 4)
        return (own + (quantity - own) / 2) * price + (7 if quantity == max(areas) else len(areas))

    def _sheds(self, items, minor):
        sheds = [Fraction(one["quantity"]) for one in items if one["item_code"] == "shed.old"]
        everything = sum((Fraction(one["quantity"]) for one in items), Fraction(0))
        codes = {one["line_id"]: one["item_code"] for one in items}
        paid = {key: Fraction(amount, 10**self.digits) for key, amount in minor.items() if key[0] in codes}
        houses = sum(amount for (line, _rule), amount in paid.items() if ITEMS[codes[line]] == "house")
        counted = len(sheds) * min(sheds, default=Fraction(0))
        return counted + everything / 10 + sum(paid.values(), Fraction(0)) / 100 - Fraction(houses) / 1000

    def _basic(self, home):
        return max(2, home["persons"]) * self.given["half"]

    def _growth(self, home):
        growth = Fraction(1)
        for _ in range(home["persons"]):
            growth = half_up(growth * (1 + self.given["rate"]), 6)
        return growth

    def _interest(self, home):
        moved, paid_on = (date.fromisoformat(home[name]) for name in ("moved", "paid_on"))
        late = max(0, (paid_on - moved).days)
        before = 1 if moved < date(2010, 5, 31) or moved == ON else 2
        due = max(moved, later(paid_on, int(self.given["up"]) - 1))
        years = whole_months(paid_on, moved)
        year_count = abs(years) // 12 * (1 if years >= 0 else -1)
        interest = half_up(Fraction(late) * Fraction(home["income"]) / 365, 4)
        return (
            interest
            + whole_months(moved, paid_on) * self.given["half"]
            - year_count * before
            + Fraction((due - ON).days, 100)
        )

    def _is_paid(self, home):
        moved = date.fromisoformat(home["moved"])
        first = moved + timedelta(days=int(self.given["a_head"]))
        last = later(later(moved, -1), 120 * int(self.given["up"]))
        return first <= ON <= last

    def _minor(self, amount):
        return int(half_up(amount, self.digits) * 10**self.digits)


def shared(whole, owners):
    """Each owner's share of minor units by quantity, the coins that are left one by one to the largest remainders."""
    weights = {owner["line_id"]: Fraction(owner["quantity"]) for owner in owners}
    if not sum(weights.values()):
        weights = dict.fromkeys(weights, Fraction(1))
    exact = {line: abs(whole) * weight / sum(weights.values()) for line, weight in weights.items()}
    shares = {line: amount.numerator // amount.denominator for line, amount in exact.items()}
    for line in sorted(exact, key=lambda line: (shares[line] - exact[line], line)):
        if sum(shares.values()) < abs(whole):
            shares[line] += 1
    assert not shares or sum(shares.values()) == abs(whole)
    return [(line, share if whole >= 0 else -share) for line, share in shares.items()]


def later(day, months):
    """The day so many months later: the same of its month, or the month's last."""
    month = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(month // 12, month % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def whole_months(begin, end):
    """Counted one by one, as many as end by the other day."""
    if end < begin:
        return -whole_months(end, begin)
    months = 0
    while later(begin, months + 1) <= end:
        months += 1
    return months


def up(value, digits):
    """The smallest number of these decimals that is not below."""
    return Fraction(-(-value * 10**digits // 1), 1) / 10**digits


def invent(seed):
    """An invented pack; the same for the same seed."""
    rnd = random.Random(seed)
    digits, scale = rnd.choice([0, 2, 3]), rnd.choice([0, 2, 4])
    given = {
        "up": Fraction(rnd.randint(0, 2)),
        "half": Fraction(rnd.randint(1, 99), 10),
        "first": Fraction(rnd.randint(0, 9999), 100),
        "a_head": Fraction(rnd.randint(0, 60)),
        "cap": Fraction(rnd.randint(0, 200)),
        "rate": Fraction(rnd.randint(0, 9), 100),
        "low_step": Fraction(rnd.randint(-100, 9999), 100),
        "high_step": Fraction(rnd.randint(-100, 99999), 100),
    }
    given |= {f"worth {grade}/{zone}": Fraction(rnd.randint(-999, 999), 100) for grade, zone in _TWO}
    given |= {f"near_by {zone}": Fraction(rnd.randint(0, 999), 100) for zone in ("near", "far")}
    given["high_step"] += given["low_step"] + Fraction(101, 100)
    prices = {code: Fraction(rnd.randint(0, 10**7), 10**4) for code in ITEMS}
    texts = {name: f"{float(value):.2f}".removesuffix(".00") for name, value in given.items()}
    rules = [
        _RULE.format(id=name, to=applies_to) + body.format(**texts).lstrip("\n")
        for name, applies_to, body in _RULES
    ]
    sources = {
        "pack.yaml": _HEAD.format(seed=seed, digits=digits, scale=scale, half=texts["half"]),
        "documents.yaml": _DOCUMENTS,
        "items.csv": "item_code,category,name_zh,name_en,unit,parent\n"
        + "".join(f"{code},{category},物,Thing,room,\n" for code, category in ITEMS.items()),
        "prices.csv": "item_code,zone,unit,from,until,price,document,clause\n"
        + "".join(f"{code},,room,2010-01-01,,{float(price):.4f},law,a\n" for code, price in prices.items()),
        "factors.csv": "factor,key,from,until,value,document,clause\n"
        + "".join(f"{name},,2010-01-01,,{texts[name]},law,a\n" for name in ("low_step", "high_step"))
        + "".join(
            f"{name.replace(' ', ',')},2010-01-01,,{text},law,a\n"
            for name, text in texts.items()
            if " " in name
        ),
        "rules.yaml": "".join(rules),
    }
    return LanguagePack(sources, given, prices, digits, scale)


def expected_lines(invented, homes, items):
    """The amount of every line of every household, by household, line and rule."""
    return {
        (home["household_id"], *key): amount
        for home in homes
        for key, amount in invented.lines(
            home, [item for item in items if item["household_id"] == home["household_id"]]
        ).items()
    }


def _day(rnd, first):
    """A day up to 2060, often one near the end of a month."""
    some = first + timedelta(days=rnd.randint(0, (date(2060, 12, 31) - first).days))
    edge = date(rnd.randint(1991, 2060), rnd.randint(1, 12), 1) - timedelta(days=rnd.randint(1, 3))
    near = ON + timedelta(days=rnd.randint(-40, 40))
    return rnd.choice([some, max(first, edge), near, ON]).isoformat()


def facts(rnd, scale, households):
    """Households and their items; every value is sound."""
    homes = [
        {
            "household_id": f"H{number:03}",
            "zone": rnd.choice(["near", "far"]),
            "persons": rnd.choice([0, 1, 4, rnd.randint(0, 50)]),
            "income": f"{rnd.choice([-50000, 0, rnd.randint(-50000, 999999)]) / 100:.2f}",
            "move": rnd.choice(["far", "near", "2a"]),
            "moved": _day(rnd, date(1990, 1, 31)),
            "paid_on": _day(rnd, date(1990, 1, 1)),
        }
        for number in range(households)
    ]
    items = [
        {
            "household_id": rnd.choice(homes)["household_id"],
            "line_id": f"L{number:04}",
            "item_code": rnd.choice(sorted(ITEMS)),
            "quantity": f"{rnd.choice([0, 1, 10 ** (3 + scale), rnd.randint(0, 10 ** (3 + scale))]) / 10**scale:.{scale}f}",
            "grade": rnd.choice(["fine", "poor"]),
        }
        for number in range(households * 4)
    ]
    return homes, items
