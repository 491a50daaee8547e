"""句中的单位: which unit a rule's sentence gives each of its numbers in, compared between its languages and with the pack.

Compared is what stands at the same number or field in both: {area} 亩 and {area} m², {price} 元/亩 and {price} yuan per m².
What one language says elsewhere in other words (每人 … 元, … yuan a head) is the same; where it says another unit of the
same dimension instead, or none at all, it is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from yixian.domain.numerals import NUMERAL, joined_groups, value_of
from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import ITEMS
from yixian.domain.policy.unit_words import MONEY, SCALES, UnitWords, unit_words
from yixian.domain.policy.units import COUNT

_DATE = re.compile(r"\d{4}\s*年(?:\s*\d+\s*月(?:\s*\d+\s*日)?)?|\d+\s*月\s*\d+\s*日")
_OPERAND = re.compile(rf"\{{(?P<name>\w+)\}}|(?P<number>(?<![\w第.,]){NUMERAL})")
_PER = {"zh": r"\s*(?:/|／|每)\s*", "en": r"\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b|\bfor each\b)\s*"}
ITEM = "{unit}"
"""Stands for the unit of whatever item the rule takes."""


@dataclass(frozen=True, slots=True)
class UnitPhrase:
    """What a number of a sentence is in: its unit multiplied by ``scale``, and for each of what ("" where nothing is said).

    ``text`` is how the sentence writes it.
    """

    unit: str
    scale: int
    per: str
    text: str


_NOTES = {
    "differs": "note.unit_differs",
    "missing": "note.unit_missing",
    "item": "note.unit_of_item",
    "currency": "note.currency_in_words",
}
_LANGUAGES = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


@dataclass(frozen=True, slots=True)
class UnitFault:
    """A unit that a sentence tells wrongly: at which number, in which language and words, and what the other says instead."""

    kind: str
    at: str
    lang: str
    word: str
    other: str = ""

    @property
    def key(self) -> str:
        """That of its note."""
        return _NOTES[self.kind]

    @property
    def values(self) -> dict[str, str | tuple[str, str]]:
        """What fills the note's sentence."""
        said = {"zh": self.word, "en": self.other, "word": self.word, "known": self.other}
        return {"at": self.at, "lang": _LANGUAGES[self.lang], **said}


def unit_faults(pack: Pack, rule: Rule) -> Iterator[UnitFault]:
    """Every difference between the languages, every currency that is not the pack's, every unit that no item has."""
    reader = {lang: _Reader(pack, rule, lang) for lang in ("zh", "en")}
    units = _item_units(pack, rule)
    told = {lang: reader[lang].operands(rule.words(lang)) for lang in reader}
    differing = list(_differing(told["zh"], told["en"]))
    yield from differing
    for lang, other in (("zh", "en"), ("en", "zh")):
        said = reader[other].mentioned(rule.words(other))
        missing = _missing(lang, told[lang], told[other], said, reader[lang].by_code)
        yield from (fault for fault in missing if fault.at not in {one.at for one in differing})
        for at, ways in told[lang].items():
            for way in ways:
                row = reader[lang].by_code.get(way.unit)
                if row and row.dimension == MONEY and pack.currency.code not in row.currencies:
                    yield UnitFault("currency", at, lang, way.text, pack.currency.code)
                own = {"quantity": way.unit, "price": way.per}.get(at, "")
                if rule.applies_to == ITEMS and own not in {"", ITEM, *units}:
                    yield UnitFault("item", at, lang, way.text, ", ".join(sorted(units)))


def _differing(zh: dict[str, list[UnitPhrase]], en: dict[str, list[UnitPhrase]]) -> Iterator[UnitFault]:
    """Numbers that both languages give a unit, and none in common."""
    for at in zh.keys() & en.keys():
        if not any(_same(one, other) for one in zh[at] for other in en[at]):
            yield UnitFault("differs", at, "zh", zh[at][0].text, en[at][0].text)


def _same(one: UnitPhrase, other: UnitPhrase) -> bool:
    if (one.unit, one.scale) != (other.unit, other.scale):
        return False
    return not (one.per and other.per) or one.per == other.per


def _missing(
    lang: str,
    own: dict[str, list[UnitPhrase]],
    other: dict[str, list[UnitPhrase]],
    said: set[str],
    known: dict[str, UnitWords],
) -> Iterator[UnitFault]:
    """Units that the other language nowhere says, where it leaves the number without one, or says another of their kind."""
    dimensions = {known[code].dimension for code in said if code in known}
    for at, ways in own.items():
        for way in ways:
            for code in (way.unit, way.per):
                row = known.get(code)
                if row is None or code in said or (at in other and code == way.unit):
                    continue
                if row.dimension in {MONEY, COUNT} and row.dimension not in dimensions:
                    continue  # a table of figures names neither coin nor counter
                yield UnitFault("missing", at, lang, way.text)


class _Reader:
    """Reads the sentences of one rule in one language."""

    def __init__(self, pack: Pack, rule: Rule, lang: str) -> None:
        rows = unit_words(pack.units.values())
        self.by_code = {row.code: row for row in rows}
        self._lang = lang
        self._rows = rows
        words = {word.lower(): row.code for row in rows for word in row.words(lang)}
        self._codes = {**words, "{unit}": _item_unit(pack, rule), "{units}": _item_unit(pack, rule)}
        unit, scale = _one_of(self._codes, lang), _one_of(SCALES[lang], lang)
        self._phrase = re.compile(
            rf"\s*(?:(?P<unit>{unit})|(?P<scale>{scale})\s*(?P<scaled>{unit}))(?:{_PER[lang]}(?P<per>{unit}))?",
            re.IGNORECASE,
        )

    def operands(self, words: str) -> dict[str, list[UnitPhrase]]:
        """By each field or number that stands before a unit: what it is in."""
        plain = joined_groups(_DATE.sub(" ", words))
        found: dict[str, list[UnitPhrase]] = defaultdict(list)
        for operand in _OPERAND.finditer(plain):
            phrase = self._phrase.match(plain, operand.end())
            if phrase is None or operand["name"] in {"title", "unit", "units"}:
                continue
            unit = self._codes[(phrase["unit"] or phrase["scaled"]).lower()]
            scale = SCALES[self._lang][phrase["scale"].lower()] if phrase["scale"] else 1
            per = self._codes[phrase["per"].lower()] if phrase["per"] else ""
            at, factor = _named(operand, scale)
            if at:
                found[at].append(UnitPhrase(unit, factor, per, phrase[0].strip()))
        return dict(found)

    def mentioned(self, words: str) -> set[str]:
        """Every unit that the sentence names anywhere."""
        plain = words.lower()
        return {code for word, code in self._codes.items() if re.search(_whole(word, self._lang), plain)}


def _named(operand: re.Match[str], scale: int) -> tuple[str, int]:
    """The name of a field, or a number written out, with which its multiple is one: 3 万元 is 30000 元."""
    if operand["name"]:
        return operand["name"], scale
    value = value_of(operand["number"])
    if value is None or (len(operand["number"]) == 1 and not operand["number"].isascii()):
        return "", 1
    return f"{(value * Decimal(scale)).normalize():f}", 1


def _item_unit(pack: Pack, rule: Rule) -> str:
    """The unit that all items of the rule have in common, or `ITEM`."""
    units = _item_units(pack, rule) if rule.applies_to == ITEMS else set()
    return units.pop() if len(units) == 1 else ITEM


def _item_units(pack: Pack, rule: Rule) -> set[str]:
    return {
        item.unit for item in pack.items.values() if not rule.categories or item.category in rule.categories
    }


def _one_of(words: Iterable[str], lang: str) -> str:
    return "|".join(_whole(word, lang) for word in sorted(words, key=len, reverse=True))


def _whole(word: str, lang: str) -> str:
    """A pattern of the word; in English, and where it is written in letters, not as a part of a longer one."""
    plain = re.escape(word)
    if word[0] == "{" or not (lang == "en" or word.isascii()):
        return plain
    return rf"(?<![A-Za-z]){plain}(?![\w²³])"
