"""地名: invented names of places in the manner of the region, with their romanisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from yixian.lazy_imports import pypinyin


@dataclass(frozen=True, slots=True)
class Name:
    """A name in Chinese and in English."""

    zh: str
    en: str


PROVINCE = Name("云岭省", "Yunling Province")
COUNTY = Name("澜渡县", "Landu County")

_TOWNSHIPS = (
    "上渡镇", "石门坎乡", "鹰咀镇", "白鹭滩乡", "铁索桥镇", "云上乡", "银沙坪镇", "火草坝乡", "渡口镇",
    "马帮铺乡", "花椒镇", "青杠乡", "大峡镇", "月亮坪乡", "下渡镇", "雾中乡",
)  # fmt: skip

_FIRST = (
    "青杠", "核桃", "花椒", "大石", "小石", "黄葛", "白岩", "红岩", "沙湾", "老鹰", "凉水", "龙潭", "马鞍", "牛栏",
    "石板", "双河", "松林", "杉木", "梨树", "桃子", "竹林", "铜厂", "盐井", "水碾", "油房", "瓦房", "新房", "老屋",
    "高桥", "麻柳", "芭蕉", "橘子", "甘蔗", "海椒", "苦荞", "半边", "对门", "上河", "下河", "中寨", "大寨", "小寨",
    "羊角", "野猪", "金竹", "银杏", "鱼洞", "燕子", "滴水", "干海", "月亮", "太阳", "雪山", "云雾",
)  # fmt: skip
_LAST = "坪湾坝沟岩寨田坡林溪口岭梁塘箐"


def township_names(rng: Random) -> list[Name]:
    """The townships' names in a random order; towns (镇) and townships (乡) stand mixed."""
    names = [
        Name(zh, f"{_romanised(zh[:-1])} {'Town' if zh.endswith('镇') else 'Township'}") for zh in _TOWNSHIPS
    ]
    rng.shuffle(names)
    return names


def village_names(rng: Random) -> Iterator[Name]:
    """Names of villages, each once."""
    stems = [first + last for first in _FIRST for last in _LAST if last not in first]
    rng.shuffle(stems)
    for stem in stems:
        yield Name(f"{stem}村", f"{_romanised(stem)} Village")


def _romanised(zh: str) -> str:
    return "".join(pypinyin.lazy_pinyin(zh)).capitalize()
