"""单位和货币的说法: in which words sentences of packs name units and money, in Chinese and English.

One row is one unit under all the names that mean it. Two rows of one dimension never mean the same, so that a sentence with
the one and its translation with the other say different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yixian.domain.policy.units import COUNT, Unit

MONEY = "money"


@dataclass(frozen=True, slots=True)
class UnitWords:
    """A unit's code, what it measures, and its words; the first of each language is how it is told of."""

    code: str
    dimension: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    currencies: frozenset[str] = frozenset()
    """Of money: the ISO 4217 codes of those called so."""

    def words(self, lang: str) -> tuple[str, ...]:
        """In ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


def _row(code: str, dimension: str, zh: str, en: str, currencies: str = "") -> UnitWords:
    english = tuple(word.strip() for word in en.split(","))
    return UnitWords(code, dimension, tuple(zh.split()), english, frozenset(currencies.split()))


KNOWN = (
    _row(
        "m2",
        "area",
        "平方米 平米 平方公尺 ㎡ m² m2",
        "m², m2, ㎡, sqm, sq m, square metre, square metres, square meter, square meters",
    ),
    _row(
        "km2",
        "area",
        "平方公里 平方千米",
        "km², km2, square kilometre, square kilometres, square kilometer, square kilometers",
    ),
    _row("mu", "area", "亩 市亩", "mu, mus"),
    _row("ha", "area", "公顷", "ha, hectare, hectares"),
    _row("acre", "area", "英亩", "acre, acres"),
    _row("m3", "volume", "立方米 立方 m³ m3", "m³, m3, cubic metre, cubic metres, cubic meter, cubic meters"),
    _row("litre", "volume", "公升", "litre, litres, liter, liters"),
    _row(
        "m", "length", "米 延米 延长米 公尺", "m, metre, metres, meter, meters, running metre, running metres"
    ),
    _row("km", "length", "公里 千米", "km, kilometre, kilometres, kilometer, kilometers"),
    _row("cm", "length", "厘米", "cm, centimetre, centimetres, centimeter, centimeters"),
    _row("li", "length", "里 华里 市里", "li"),
    _row("kg", "mass", "公斤 千克", "kg, kilogram, kilograms, kilo, kilos"),
    _row("jin", "mass", "斤 市斤", "jin, catty, catties"),
    _row("g", "mass", "克", "g, gram, grams"),
    _row("t", "mass", "吨", "t, tonne, tonnes, ton, tons"),
    _row("quintal", "mass", "公担", "quintal, quintals"),
    _row("hour", "time", "小时 钟头", "hour, hours, hourly"),
    _row("day", "time", "天 日", "day, days, daily"),
    _row("week", "time", "周 星期", "week, weeks, weekly"),
    _row("month", "time", "个月 月", "month, months, monthly"),
    _row("quarter", "time", "季度", "quarter, quarters, quarterly"),
    _row("year", "time", "年 岁 周岁", "year, years, yearly, annual, annually, annum"),
    _row("kwh", "energy", "千瓦时 度电", "kWh, kilowatt-hour, kilowatt-hours"),
    _row("kw", "power", "千瓦", "kW, kilowatt, kilowatts"),
    _row("kva", "power", "千伏安", "kVA"),
    _row("person", COUNT, "人 口人 口 名", "person, persons, people, head, heads, member, members"),
    _row("household", COUNT, "户", "household, households, family, families"),
    _row("tree", COUNT, "株 棵", "tree, trees"),
    _row("set", COUNT, "套", "set, sets"),
    _row("room", COUNT, "间", "room, rooms"),
    _row("CNY", MONEY, "元 人民币 块钱", "yuan, RMB, CNY, renminbi", "CNY HKD TWD MOP SGD"),
    _row("jiao", MONEY, "角钱 毛钱", "jiao", "CNY"),
    _row("fen", MONEY, "分钱", "fen", "CNY"),
    _row("VND", MONEY, "盾 越南盾", "dong, VND", "VND"),
    _row(
        "dollar",
        MONEY,
        "美元 美金 港元 纽元 加元 澳元 新西兰元",
        "dollar, dollars, USD, NZD, HKD, AUD, CAD",
        "USD NZD HKD AUD CAD SGD TWD",
    ),
    _row("pound", MONEY, "镑 英镑", "pound, pounds, GBP, sterling", "GBP EGP"),
    _row("euro", MONEY, "欧元", "euro, euros, EUR", "EUR"),
    _row("yen", MONEY, "日元", "yen, JPY", "JPY"),
    _row("rupee", MONEY, "卢比", "rupee, rupees, INR, Rs", "INR NPR PKR LKR"),
    _row("shilling", MONEY, "先令", "shilling, shillings, KES", "KES UGX TZS"),
    _row("birr", MONEY, "比尔", "birr, ETB", "ETB"),
    _row("loti", MONEY, "洛蒂 马洛蒂", "loti, maloti, LSL", "LSL"),
    _row("kip", MONEY, "基普", "kip, LAK", "LAK"),
    _row("baht", MONEY, "铢 泰铢", "baht, THB", "THB"),
)

SCALES: Mapping[str, Mapping[str, int]] = {
    "zh": {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "亿": 10**8},
    "en": {
        "hundred": 10**2,
        "thousand": 10**3,
        "ten thousand": 10**4,
        "10,000": 10**4,
        "10 000": 10**4,
        "10000": 10**4,
        "million": 10**6,
        "hundred million": 10**8,
    },
}
"""What stands before a unit and multiplies it: 万元, ten thousand yuan."""


def unit_words(own: Iterable[Unit]) -> tuple[UnitWords, ...]:
    """The known units, and those that a pack declares under words that are not known yet."""
    found = list(KNOWN)
    known = {word for row in KNOWN for lang in ("zh", "en") for word in row.words(lang)}
    for unit in own:
        words = (unit.zh,), tuple(dict.fromkeys((unit.en, unit.plural)))
        if not known & {*words[0], *words[1]}:
            found.append(UnitWords(unit.code, unit.dimension, *words))
    return tuple(found)
