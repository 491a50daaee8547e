"""题面用语: days, money and periods as the questions say them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yixian.domain.money import Currency, format_fen
from yixian.domain.policy import Document, Pack
from yixian.domain.policy.periods import Period
from yixian.quizzes.drawing.question import Shown, Words

_COINS = {"CNY": Words("元", "yuan"), "VND": Words("盾", "dong")}

DOCUMENT = Words("文件", "Document")
STATE = Words("状态", "State")
PERIOD = Words("施行期", "In force")
ZONE = Words("补偿区类", "Price zone")
DECIDED = Words("已定", "decided")
DRAFT = Words("未定（草案）", "draft, not decided")


def coin(currency: Currency) -> Words:
    """What the currency's whole unit is called."""
    return _COINS.get(currency.code, Words(currency.code, currency.code))


def money(minor: int, currency: Currency) -> Words:
    """An amount of minor units in words: 4579200 is 45,792.00 元."""
    figure, named = format_fen(minor, currency), coin(currency)
    return Words(f"{figure} {named.zh}", f"{figure} {named.en}")


def price_a_unit(amount: Decimal, currency: Currency, unit: Words) -> Words:
    """A price with its unit: 530.00 元/平方米."""
    figure, named = f"{amount:,.{currency.digits}f}", coin(currency)
    if amount != amount.quantize(Decimal(1).scaleb(-currency.digits)):
        figure = f"{amount:,f}"
    return Words(f"{figure} {named.zh}/{unit.zh}", f"{figure} {named.en}/{unit.en}")


def day(on: date) -> Words:
    """A day."""
    return Words(f"{on.year} 年 {on.month} 月 {on.day} 日", on.isoformat())


def period(given: Period) -> Words:
    """From when until when; the end is not included, and it is said."""
    begin = day(given.begin)
    if given.end is None:
        return Words(f"{begin.zh}起", f"from {begin.en} on")
    end = day(given.end)
    return Words(
        f"{begin.zh}起，到{end.zh}为止（当日起不再施行）",
        f"from {begin.en}, ending on {end.en} (no longer on that day)",
    )


def about(document: Document) -> tuple[Shown, ...]:
    """What is told of a document: its title, whether it is decided, and from when until when it is in force."""
    state = DECIDED if document.is_decided else DRAFT
    return (
        Shown(DOCUMENT, Words(f"《{document.title_zh}》", document.title_en)),
        Shown(STATE, state),
        Shown(PERIOD, period(document.period)),
    )


def zone_name(pack: Pack, zone: str) -> Words:
    """A price zone in words; "" where the pack has none."""
    return Words(*pack.zones[zone]) if zone in pack.zones else Words("", "")
