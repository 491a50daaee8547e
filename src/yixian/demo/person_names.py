"""编造的姓名: names as people of such a county bear them — Han, Yi and Miao, and a few with rare characters.

Family names of Han households follow how common they are in the country; nobody in particular is meant by any of them.
"""

from __future__ import annotations

from random import Random

from yixian.domain.names import MIDDLE_DOT

HAN, YI, MIAO = "汉族", "彝族", "苗族"

_FAMILIES = {
    "王": 72, "李": 71, "张": 68, "刘": 54, "陈": 45, "杨": 31, "黄": 22, "赵": 21, "吴": 20, "周": 20, "徐": 14, "孙": 13,
    "马": 13, "朱": 12, "胡": 12, "郭": 11, "何": 11, "林": 10, "罗": 10, "高": 9, "郑": 9, "梁": 8, "谢": 8, "宋": 7,
    "唐": 7, "许": 6, "韩": 6, "邓": 6, "冯": 6, "曹": 6, "彭": 6, "曾": 6, "肖": 5, "田": 5, "董": 5, "潘": 5, "袁": 5,
    "蔡": 4, "蒋": 4, "余": 4, "于": 4, "杜": 4, "叶": 4, "程": 4, "魏": 4, "苏": 4, "吕": 4, "丁": 4, "任": 4, "卢": 4,
    "姚": 3, "沈": 3, "钟": 3, "姜": 3, "崔": 3, "谭": 3, "陆": 3, "范": 3, "汪": 3, "廖": 3, "石": 3, "金": 3, "韦": 3,
    "贾": 3, "夏": 3, "付": 3, "方": 3, "邹": 3, "熊": 3, "白": 3, "孟": 2, "秦": 2, "邱": 2, "侯": 2, "江": 2, "尹": 2,
    "薛": 2, "龙": 2, "段": 2, "单": 1, "仇": 1, "解": 1, "欧阳": 1, "尉迟": 1, "冉": 1, "晏": 1, "禄": 1,
}  # fmt: skip
_MIAO_FAMILIES = {
    "杨": 30,
    "王": 16,
    "李": 14,
    "陶": 12,
    "熊": 12,
    "张": 10,
    "马": 8,
    "古": 6,
    "罗": 6,
    "项": 3,
}
_YI_CLANS = (
    "阿木", "吉克", "沙马", "曲比", "马海", "勒格", "莫色", "海来", "吉木", "比曲", "阿苏", "依火", "阿尔", "的日", "罗洪",
    "俄木", "贾巴", "什古", "说比", "瓦扎",
)  # fmt: skip
_YI_MEN = (
    "尔布", "日火", "木呷", "拉铁", "伍呷", "伟古", "子洛", "克古", "石布", "尔古", "木乃", "小兵", "达体", "拉哈", "约布",
    "史古", "尔哈", "阿且", "务达", "子铁",
)  # fmt: skip
_YI_WOMEN = (
    "阿呷", "阿依", "阿果", "阿支", "木果", "伍各莫", "尔洛", "阿牛莫", "子呷莫", "尔作", "阿洛", "伍牛", "史洛莫", "阿加莫",
    "古扎", "木支", "石作", "尔扎莫",
)  # fmt: skip
_OLD_MEN = "国建华明德文正光荣富贵发财福兴成学朝世永开云顺志忠全林山海有昌万"
_OLD_WOMEN = "秀英兰珍芬芳琼玉桂花素华群凤莲翠菊香云琴会碧珍仙美"
_MEN = "伟强勇军杰涛超波鹏辉磊斌刚平东飞龙江峰俊健浩亮凯华洪祥"
_WOMEN = "丽娟艳敏静霞燕红梅玲婷倩雪莉萍琳颖娜芳洁慧春蓉"
_YOUNG_MEN = (
    "浩然", "宇轩", "俊熙", "思源", "明轩", "子墨", "睿", "宇", "辰", "晨", "嘉豪", "文博", "天佑", "俊杰", "一鸣", "子轩",
)  # fmt: skip
_YOUNG_WOMEN = (
    "子涵", "梓萱", "欣怡", "诗涵", "雨桐", "佳怡", "语嫣", "可馨", "一诺", "涵", "馨", "悦", "雅琪", "若曦", "依诺", "梦瑶",
)  # fmt: skip
_RARE = ("𠅤", "𬱖", "〇", "䶮", "喆", "犇", "堃", "𬭎", "㛃", "𤧟", "玥", "燚")
"""Characters beyond the common lists: extensions A, B and E of the Han block, and 〇."""

_RARE_SHARE = 0.004
_YI_WITH_HAN_NAME = 0.35

_FAMILY_KEYS, _FAMILY_WEIGHTS = list(_FAMILIES), list(_FAMILIES.values())
_MIAO_KEYS, _MIAO_WEIGHTS = list(_MIAO_FAMILIES), list(_MIAO_FAMILIES.values())


class PersonNames:
    """Draws names; a family's children are given their family's name."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def family(self, ethnicity: str) -> str:
        """A family name; of Yi households that keep Yi names the clan's, with the dot that follows it."""
        if ethnicity == YI and self._rng.random() >= _YI_WITH_HAN_NAME:
            return self._rng.choice(_YI_CLANS) + MIDDLE_DOT
        if ethnicity == MIAO:
            return self._rng.choices(_MIAO_KEYS, _MIAO_WEIGHTS)[0]
        return self._rng.choices(_FAMILY_KEYS, _FAMILY_WEIGHTS)[0]

    def full(self, family: str, *, female: bool, born: int) -> str:
        """A family name with a given name of the time of birth (a year)."""
        if family.endswith(MIDDLE_DOT):
            return family + self._rng.choice(_YI_WOMEN if female else _YI_MEN)
        if self._rng.random() < _RARE_SHARE:
            return family + self._rng.choice(_RARE)
        return family + self._given(female=female, born=born)

    def anybody(self, ethnicity: str, *, female: bool, born: int) -> str:
        """A whole name of somebody without a household here."""
        return self.full(self.family(ethnicity), female=female, born=born)

    def _given(self, *, female: bool, born: int) -> str:
        if born >= 2000:
            return self._rng.choice(_YOUNG_WOMEN if female else _YOUNG_MEN)
        if born < 1975:
            pool = _OLD_WOMEN if female else _OLD_MEN
            return self._rng.choice(pool) + self._rng.choice(pool)
        pool, older = (_WOMEN, _OLD_WOMEN) if female else (_MEN, _OLD_MEN)
        last = self._rng.choice(pool)
        return last if self._rng.random() < 0.3 else self._rng.choice(older) + last
