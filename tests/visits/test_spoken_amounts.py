"""承诺里的话: what cadres and villagers say about money, shares and multiples, and what only sounds like it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yixian.visits.promising.check import Why, check_promise
from yixian.visits.promising.policy_words import policy_words
from yixian.visits.promising.stated_amounts import AmountKind, amounts_in

MONEY, RATE, AREA = AmountKind.MONEY, AmountKind.RATE, AmountKind.AREA

SAID = (
    ("按两分利给你算", RATE, None),
    ("月息一分二", RATE, None),
    ("给你们涨八个点", RATE, "8"),
    ("再加三个百分点", RATE, "3"),
    ("搬得早给一半", RATE, "50"),
    ("先付一半的补偿", RATE, "50"),
    ("给双份", RATE, "200"),
    ("谁先搬加倍补给他", RATE, "200"),
    ("收成翻两番，我们包", RATE, None),
    ("补三分之一", RATE, str(Decimal(100) / 3)),
    ("拿千分之五做奖", RATE, "0.5"),
    ("百分之五点五", RATE, "5.5"),
    ("三成半", RATE, "35"),
    ("三成多", RATE, None),
    ("三到五成", RATE, None),
    ("两倍半", RATE, "250"),
    ("20%以上", RATE, None),
    ("不低于20%", RATE, None),
    ("给个五位数", MONEY, None),
    ("给您一沓钱", MONEY, None),
    ("一大笔现金等着你", MONEY, None),
    ("多给点钱", MONEY, None),
    ("塞十张红票子", MONEY, None),
    ("千百块钱", MONEY, None),
    ("百万元", MONEY, None),
    ("500美元", MONEY, None),
    ("小二十万", MONEY, None),
    ("万把块", MONEY, None),
    ("十几二十万", MONEY, None),
    ("三五百", MONEY, None),
    ("百八十块", MONEY, None),
    ("一万万", MONEY, "100000000"),
    ("3 000元", MONEY, "3000"),
    ("1 530元", MONEY, "1530"),
    ("1\u2009530\u2009000元", MONEY, "1530000"),
    ("1\u202f530元", MONEY, "1530"),
    ("1\xa0530元", MONEY, "1530"),
    ("1\u3000530元", MONEY, "1530"),
    ("3 万", MONEY, "30000"),
    ("三点五万", MONEY, "35000"),
    ("三块半", MONEY, "3.5"),
    ("三块五", MONEY, "3.5"),
    ("六百二十元零五角", MONEY, "620.5"),
    ("三元五角二分", MONEY, "3.52"),
    ("按650给", MONEY, "650"),
    ("每人500", MONEY, "500"),
    ("给你们五十", MONEY, "50"),
    ("按人头，每人八百", MONEY, "800"),
    ("一亩半地给您", AREA, "1.5"),
    ("3 000平方米", AREA, "3000"),
    ("we pay you 500", MONEY, "500"),
    ("half the price", RATE, None),
    ("a wad of cash", MONEY, None),
    ("five figures", MONEY, None),
    ("eight points more", RATE, None),
)
NOTHING_SAID = (
    *("9月1日以前把表填好", "2026年3月15日来量房", "电话13800001111，有事就打", "给乡里打0870-8121234", "我的电话留给您3651234"),
    *("打12345反映", "情况报给110", "三号楼二单元301室", "门牌号是128号", "您母亲七十二岁了", "1958年出生的", "密码是六位数"),
    *("卡号十六位数，别给别人看", "三位数的门牌", "修好了一半的路", "一半人家签了", "三分之一的路修好了", "在山上布设八个点"),
    *("三个安置点都看一遍", "下午三点五十来", "三成立项", "功夫加倍", "复印双份材料", "一分钱不少您的", "再等一刻钟"),
    *("四十里路", "三百斤粮", "第3 100页", "3 000米的水管", "住3 201室", "十五棵核桃树", "一包烟", "一把钱塘江的扇子"),
    *("那笔款到没到我去问", "20号以前", "编号539901的本子", "分两次送", "身份证18位数", "利用两分钟", "给12个人发通知"),
    *("按2026年的办法", "每月15日来", "每户3人", "八成是要下雨", "room 12, second floor", "I will pay a visit on 15 September"),
    *("two figures on the map", "come at three o'clock"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), SAID)
def test_what_is_said_of_money_is_heard(text: str, kind: AmountKind, value: str | None) -> None:
    (figure,) = [one for one in amounts_in(text) if one.kind == kind]
    assert figure.value == (None if value is None else Decimal(value))
    stop = check_promise(text, by_policy=False, cited=None, total=None, words=policy_words())
    assert stop is not None
    assert stop.why == Why.UNCITED
    assert figure.said in stop.said


def test_days_telephones_doors_ages_and_other_counts_are_no_amounts() -> None:
    assert [text for text in NOTHING_SAID if amounts_in(text)] == []


def test_an_area_is_no_sum_of_money() -> None:
    areas = ("宅基地120平方米", "两亩三分地", "3 000平方米", "林地15亩", "一亩半地")
    assert [text for text in areas if any(one.kind != AREA for one in amounts_in(text))] == []
