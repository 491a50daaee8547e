"""另算一遍: the right answers of drawn questions, read plainly from the pack's own files with Decimal, without the product.

Nothing here asks the engine or the drawing: rows come from the pack's CSV and YAML, formulas are written out once more for
each of the four packs, and what a question tells is taken from its Chinese text.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ruamel.yaml import YAML

from yixian.domain.policy import Pack
from yixian.quizzes.drawing import Question

_YAML = YAML(typ="safe")
_DAY = re.compile(r"(\d+) 年 (\d+) 月 (\d+) 日")
_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


@dataclass(frozen=True)
class Rows:
    """The pack's files as plain rows."""

    items: list[dict[str, str]]
    prices: list[dict[str, str]]
    factors: list[dict[str, str]]
    documents: dict[str, dict]
    zones: dict[str, dict[str, str]]
    rules: list[dict]
    inputs: dict[str, dict]
    digits: int

    def item_named(self, name: str) -> dict[str, str]:
        """The one item of that Chinese name."""
        (found,) = [row for row in self.items if row["name_zh"] == name]
        return found

    def standing(self, document: str, on: date, begin: str, end: str) -> str:
        """What a row of a document is on a day, by the plain comparison of dates."""
        kept = self.documents[document]
        if kept["status"] != "decided":
            return "draft"
        begins = [begin, str(kept["from"])]
        ends = [end for end in (end, str(kept.get("until") or "")) if end]
        if on.isoformat() < max(begins):
            return "later"
        return "ended" if ends and on.isoformat() >= min(ends) else "in force"

    def in_force(self, row: dict[str, str], on: date) -> bool:
        """Whether a price or a factor is decided for a day."""
        return (
            bool(row["document"])
            and self.standing(row["document"], on, row["from"], row["until"]) == "in force"
        )


def rows_of(pack: Pack) -> Rows:
    """The rows of a pack's sources."""
    texts = {name.rsplit("/", 1)[-1]: text for name, text in pack.sources.items()}

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(texts.get(name, ""))))

    top = _YAML.load(texts["pack.yaml"])
    inputs = {one["name"]: one for part in top["inputs"].values() for one in part}
    return Rows(
        table("items.csv"),
        table("prices.csv"),
        table("factors.csv"),
        {one["id"]: one for one in _YAML.load(texts["documents.yaml"])},
        top.get("zones") or {},
        _YAML.load(texts["rules.yaml"]),
        inputs,
        int(top["currency"]["digits"]),
    )


def day_in(text: str) -> date:
    """The first day that a text names."""
    year, month, day = map(int, _DAY.search(text).groups())
    return date(year, month, day)


def number_in(text: str) -> Decimal:
    """The first number in a text."""
    return Decimal(_NUMBER.search(text).group().replace(",", ""))


def line_amount(rows: Rows, question: Question) -> int:
    """A line's amount in minor units, from what the question tells and the pack's rows."""
    on = day_in(question.asked.zh)
    name = re.search(r"这户“(.+)”这一行", question.asked.zh).group(1)
    told = {shown.label.zh: shown.value.zh for shown in question.shown}
    rule = next((one for one in rows.rules if one["title"]["zh"] == name), None)
    amount = _household_line(rows, rule, told, on) if rule else _item_line(rows, name, told, on)
    return int((amount.quantize(Decimal(1).scaleb(-rows.digits), ROUND_HALF_UP)).scaleb(rows.digits))


def _item_line(rows: Rows, name: str, told: dict[str, str], on: date) -> Decimal:
    item, quantity = rows.item_named(name), number_in(told["数量"])
    card = next((value for label, value in told.items() if label.startswith("实物卡片上的房屋单价")), None)
    if card is not None:
        return quantity * number_in(card)
    zone = next((key for key, words in rows.zones.items() if words["zh"] == told.get("补偿区类")), "")
    fitting = [
        row
        for row in rows.prices
        if row["item_code"] == item["item_code"] and row["zone"] in {zone, ""} and rows.in_force(row, on)
    ]
    price = Decimal(max(fitting, key=lambda row: row["zone"] != "")["price"])
    indices = [row for row in rows.factors if row["factor"] == "price_index" and rows.in_force(row, on)]
    return quantity * price * (Decimal(indices[0]["value"]) if indices else 1)


def _household_line(rows: Rows, rule: dict, told: dict[str, str], on: date) -> Decimal:
    facts = {
        name: told[one["title"]["zh"]] for name, one in rows.inputs.items() if one["title"]["zh"] in told
    }

    def factor(name: str, by: str = "") -> Decimal:
        words = rows.inputs[by]["choices"] if by else {}
        key = next((key for key, one in words.items() if one["zh"] == facts[by]), "") if by else ""
        (row,) = [
            row
            for row in rows.factors
            if row["factor"] == name and row["key"] == key and rows.in_force(row, on)
        ]
        return Decimal(row["value"])

    persons = Decimal(facts.get("persons", "0"))
    if rule["id"] == "moving" and "km" not in facts:  # Three Gorges
        return persons * factor("moving_per_head") * factor("price_index")
    if rule["id"] == "moving":  # Lai Chau
        km = Decimal(facts["km"])
        band = (
            "under_10_km"
            if km < 10
            else "under_30_km"
            if km < 30
            else "under_50_km"
            if km < 50
            else "over_50_km"
        )
        return factor(band, "move") + max(Decimal(0), persons - 4) * factor("fifth_member_on", "move")
    if rule["id"] == "early_move":
        days = Decimal(facts["days_early"])
        name = "award_30_days" if days >= 30 else "award_15_days" if days >= 15 else "award_5_days"
        return factor(name, "move") if days >= 5 else Decimal(0)
    if rule["id"] == "moving_package":
        parts = "transport insurance food_bed medical lost_work truck porters goods_loss rent rent_transport"
        return persons * sum(factor(part, "move") for part in parts.split())
    if rule["id"] == "annuity":
        return Decimal(facts["annuity_persons"]) * factor("annuity_a_month")
    return {
        "house_building": lambda: persons * factor("house_building"),
        "lighting_water": lambda: persons * factor("lighting_water", "settle"),
        "biogas": lambda: factor("biogas", "settle"),
    }[rule["id"]]()
