"""英文说法: posts, ethnic groups and opening hours, which the register keeps in Chinese, as an English page says them.

What is not known here is shown as recorded: nobody is given a title that nobody wrote down.
"""

from __future__ import annotations

import re

from yixian.kernel.languages import language

_POSTS = {
    "主要领导": "principal leader",
    "副职领导": "deputy leader",
    "联络员": "liaison officer",
    "局长": "director",
    "副局长": "deputy director",
    "科员": "section officer",
    "会计": "accountant",
    "审计员": "auditor",
    "县委书记": "county Party secretary",
    "县长": "county head",
    "副县长": "deputy county head",
    "乡镇党委书记": "township Party secretary",
    "乡镇长": "township head",
    "副乡镇长": "deputy township head",
    "镇长": "town head",
    "副镇长": "deputy town head",
    "乡长": "township head",
    "副乡长": "deputy township head",
    "移民专干": "resettlement officer",
    "工作人员": "staff member",
    "干部": "cadre",
    "主要负责人": "head",
    "副职": "deputy head",
    "股长": "head of section",
    "主任": "director",
    "副主任": "deputy director",
    "村党支部书记": "village Party branch secretary",
    "党支部书记": "Party branch secretary",
    "党支部副书记": "deputy Party branch secretary",
    "村委会主任": "head of the village committee",
    "村委会副主任": "deputy head of the village committee",
    "村民小组长": "head of the villagers' group",
    "党小组长": "head of the Party group",
    "党员": "Party member",
}
_GROUPS = (
    "汉 Han,蒙古 Mongol,回 Hui,藏 Tibetan,维吾尔 Uyghur,苗 Miao,彝 Yi,壮 Zhuang,布依 Bouyei,朝鲜 Korean,满 Manchu,侗 Dong,"
    "瑶 Yao,白 Bai,土家 Tujia,哈尼 Hani,哈萨克 Kazakh,傣 Dai,黎 Li,傈僳 Lisu,佤 Va,畲 She,高山 Gaoshan,拉祜 Lahu,水 Sui,"
    "东乡 Dongxiang,纳西 Naxi,景颇 Jingpo,柯尔克孜 Kirgiz,土 Tu,达斡尔 Daur,仫佬 Mulao,羌 Qiang,布朗 Blang,撒拉 Salar,"
    "毛南 Maonan,仡佬 Gelao,锡伯 Xibe,阿昌 Achang,普米 Pumi,塔吉克 Tajik,怒 Nu,乌孜别克 Uzbek,俄罗斯 Russian,鄂温克 Ewenki,"
    "德昂 De'ang,保安 Bonan,裕固 Yugur,京 Gin,塔塔尔 Tatar,独龙 Derung,鄂伦春 Oroqen,赫哲 Hezhen,门巴 Monba,珞巴 Lhoba,"
    "基诺 Jino"
)
"""The 56 groups as GB/T 3304 romanises them."""

_TERMS = _POSTS | {f"{zh}族": en for zh, en in (one.split(" ", 1) for one in _GROUPS.split(","))}
_DAYS = dict(
    zip(
        "一二三四五六日",
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        strict=True,
    )
)
_IN_HOURS = {
    "每天": "every day",
    "工作日": "working days",
    "上午": "in the morning",
    "下午": "in the afternoon",
    "法定节假日除外": "except on public holidays",
    "节假日休息": "closed on public holidays",
    "（演示）": " (demonstration)",
    "至": " to ",
    "，": ", ",
    "、": ", ",
    "；": "; ",
    "。": "",
}


def in_english(recorded: str) -> str:
    """A post or an ethnic group in the language being spoken; as recorded where it has no English here."""
    return recorded if language() == "zh" else _TERMS.get(recorded, recorded)


def hours_in_english(recorded: str) -> str:
    """Opening hours in the language being spoken: days of the week and the usual words around them."""
    if language() == "zh":
        return recorded
    said = re.sub("(?:周|星期)([一二三四五六日])", lambda found: f"{_DAYS[found[1]]} ", recorded)
    for chinese, english in _IN_HOURS.items():
        said = said.replace(chinese, english)
    return re.sub(" +", " ", said).replace(" ,", ",").strip()
