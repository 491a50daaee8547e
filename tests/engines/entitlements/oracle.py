"""An oracle that shares nothing with the engine: plain Decimal, the csv module, and the rules written out by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

FEN = Decimal("0.01")
BASIC_AREA = 24
BASIC_HOUSE = "house.main.brick_concrete"


class DanjiangkouOracle:
    """Accounts under packs/danjiangkou-2009, reckoned line by line in Decimal."""

    def __init__(self, pack: Path) -> None:
        with (pack / "prices.csv").open(encoding="utf-8") as file:
            self.prices = {(row["item_code"], row["zone"]): row for row in csv.DictReader(file)}
        with (pack / "items.csv").open(encoding="utf-8") as file:
            self.categories = {row["item_code"]: row["category"] for row in csv.DictReader(file)}

    def account(
        self, zone: str, persons: int, items: list[tuple[str, str, Decimal]], on: date
    ) -> dict[str, Decimal]:
        """Line id → yuan; raises KeyError for what has no price on the day."""
        lines: dict[str, Decimal] = {}
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for line_id, code, quantity in items:
            amount = (quantity * self.price(code, zone, on)).quantize(FEN, ROUND_HALF_UP)
            lines[line_id] = amount
            sums[self.categories[code]] += amount
        wanted = BASIC_AREA * persons * self.price(BASIC_HOUSE, zone, on)
        topup = (wanted - sums["house.main"]).quantize(FEN, ROUND_HALF_UP)
        if topup > 0:
            lines["hardship_topup"] = topup
        return lines

    def price(self, code: str, zone: str, on: date) -> Decimal:
        """Yuan per unit on a day."""
        row = self.prices.get((code, zone)) or self.prices[code, ""]
        if on < date.fromisoformat(row["from"]) or (row["until"] and on >= date.fromisoformat(row["until"])):
            raise KeyError(code)
        return Decimal(row["price"])
