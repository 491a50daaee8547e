"""人名检索: what a person can be found by — each character, the pinyin run together, and the initials.

单小芳 gives ``单 小 芳 shanxiaofang sxf``. Family names have readings of their own (单 is Shàn, not dān); they come from
the general usage recorded in 《现代汉语词典》.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

from yixian.domain.text import tokens

_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "盖": "ge", "朴": "piao", "区": "ou",
    "任": "ren", "华": "hua", "缪": "miao", "冼": "xian", "乐": "yue", "翟": "zhai", "召": "shao", "折": "she",
    "黑": "he", "员": "yun", "秘": "bi", "种": "chong", "重": "chong", "覃": "qin", "尹": "yin", "尉": "wei",
    "万": "wan", "宓": "mi", "洗": "xian", "逄": "pang", "晁": "chao", "郗": "xi", "隗": "wei", "牟": "mou",
    "卜": "bu", "祭": "zhai", "谌": "chen", "那": "na", "哈": "ha", "普": "pu", "能": "nai", "都": "du",
}  # fmt: skip
_DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "万俟": ("mo", "qi"),
    "单于": ("chan", "yu"),
}


def tokens_for_person_names(names: Iterable[str]) -> str:
    """The search body of these names, in their order; a phrase never runs from one name into the next."""
    return " ".join(_body(name) for name in names)


@functools.lru_cache(maxsize=65536)
def _body(name: str) -> str:
    characters = tokens(name)
    syllables = [syllable for syllable in _syllables(name) if syllable]
    if not syllables:
        return " ".join(characters)
    initials = "".join(syllable[0] for syllable in syllables)
    return " ".join([*characters, "".join(syllables), initials])


def _syllables(name: str) -> list[str]:
    """The pinyin of a name without tones, the family name by its own reading; characters unknown to it are left out."""
    han = "".join(token for token in tokens(name) if not token.isascii())
    if not han:
        return []
    if han[:2] in _DOUBLE_SURNAMES:
        return [*_DOUBLE_SURNAMES[han[:2]], *_given(han[2:])]
    if han[0] in _SURNAMES and "·" not in name:
        return [_SURNAMES[han[0]], *_given(han[1:])]
    return _given(han)


def _given(text: str) -> list[str]:
    read: list[str] = lazy_pinyin(text, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return [syllable for syllable in read if syllable.isascii()]
