"""人名检索: what a person can be found by — each character, the pinyin run together, and the initials.

单小芳 gives ``单 小 芳 shanxiaofang sxf``. Family names have readings of their own (单 is Shàn, not Dān); they come from the
general usage recorded in 《现代汉语词典》. Where two families write the same character and say it differently (乐 is Yuè or
Lè), the name is found by either.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from yixian.domain.names import MIDDLE_DOT
from yixian.domain.text import tokens
from yixian.lazy_imports import pypinyin

# Only characters whose reading as a family name is not their most usual one.
_SURNAMES = {
    "单": ("shan",), "仇": ("qiu",), "解": ("xie",), "曾": ("zeng",), "查": ("zha",), "区": ("ou",), "缪": ("miao",),
    "洗": ("xian",), "员": ("yun",), "贠": ("yun",), "秘": ("bi",), "种": ("chong",), "重": ("chong",), "祭": ("zhai",),
    "能": ("nai",), "都": ("du",), "卜": ("bu",), "阚": ("kan",), "乜": ("nie",), "佴": ("nai",), "么": ("yao",),
    "繁": ("po",), "朴": ("piao",), "炅": ("gui",),
    "盖": ("ge", "gai"), "乐": ("yue", "le"), "翟": ("zhai", "di"), "召": ("shao", "zhao"), "折": ("she", "zhe"),
    "覃": ("qin", "tan"), "隗": ("wei", "kui"), "牟": ("mou", "mu"), "谌": ("chen", "shen"), "颉": ("xie", "jie"),
    "郇": ("xun", "huan"), "莘": ("shen", "xin"), "角": ("jue", "jiao"), "黑": ("hei", "he"), "句": ("gou", "ju"),
    "蔚": ("yu", "wei"), "郗": ("xi", "chi"),
}  # fmt: skip
_DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "万俟": ("mo", "qi"),
    "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"),
    "子车": ("zi", "ju"),
}
_UNREAD = "0"  # stands between names of which no character has a known reading, so that no phrase runs across


def tokens_for_person_names(names: Iterable[str]) -> str:
    """The search body of these names, in their order; a phrase never runs from one name into the next."""
    return " ".join(_body(name) for name in names)


def bears(name: str, typed: str) -> bool:
    """Whether a name holds what was typed in Han characters, or its pinyin or initials begin with what was typed in letters."""
    if not typed.isascii():
        return typed in name
    return any(token.startswith(typed) for token in _body(name).split() if token.isascii())


def read_aloud(text: str) -> str:
    """Han characters as their pinyin without tones, word by word: what finds names that sound alike; "" without any."""
    words = ["".join(_read(word)) if not word.isascii() else word for word in text.split()]
    return " ".join(words) if any(not word.isascii() for word in text.split()) and all(words) else ""


@functools.lru_cache(maxsize=65536)
def _body(name: str) -> str:
    words: dict[str, None] = {}
    for reading in _readings(name):
        joined, initials = "".join(reading), "".join(syllable[0] for syllable in reading)
        words |= dict.fromkeys((joined, *_spellings_of_v(joined), initials))
    characters = tokens(name)
    if not words and not all(map(str.isascii, characters)):
        words[_UNREAD] = None
    return " ".join([*characters, *words])


def _readings(name: str) -> list[tuple[str, ...]]:
    """Every way the name is read aloud, in syllables without tones; characters without a known reading are left out."""
    han = "".join(token for token in tokens(name) if not token.isascii())
    if not han:
        return []
    readings = [(surname, *_read(han[1:])) for surname in _surname_readings(han[0], name)]
    if len(han) > 2 and han[:2] in _DOUBLE_SURNAMES:
        readings.insert(0, (*_DOUBLE_SURNAMES[han[:2]], *_read(han[2:])))
    return [spoken for reading in readings if (spoken := tuple(filter(None, reading)))]


def _surname_readings(character: str, name: str) -> tuple[str, ...]:
    """The readings of the first character; names with a middle dot have no Han family name."""
    if character in _SURNAMES and MIDDLE_DOT not in name:
        return _SURNAMES[character]
    return tuple(_read(character)) or ("",)


def _read(text: str) -> list[str]:
    syllables: list[str] = pypinyin.lazy_pinyin(
        text, style=pypinyin.Style.NORMAL, errors="ignore", v_to_u=False
    )
    return [syllable for syllable in syllables if syllable.isascii()]


def _spellings_of_v(joined: str) -> tuple[str, ...]:
    """ü is typed as v (as in ``joined``), as u by those who do not know how, and stands as yu in passports."""
    return (joined.replace("v", "u"), joined.replace("v", "yu")) if "v" in joined else ()
