"""承诺检查: what people really promise at a door, and what becomes of it before it is written down."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from yixian.domain.numerals import value_of
from yixian.domain.policy.legal_status import LegalStatus
from yixian.visits.promising.check import ClauseFacts, Why, check_promise
from yixian.visits.promising.policy_words import policy_words
from yixian.visits.promising.stated_amounts import AmountKind, amounts_in

WORDS = policy_words()
CLAUSE = ClauseFacts(
    document="D1",
    clause="table",
    title="房屋补偿单价表",
    words="砖混正房每平方米620元。人均24平方米，差多少补多少。优先安排五保户。",
    status=LegalStatus.IN_FORCE,
    money=frozenset({Decimal(620), Decimal("44864.50")}),
    quantities=frozenset({Decimal("86.4")}),
)
TOTAL = Decimal("253236.33")


def why(text: str, cited: ClauseFacts | None = None) -> Why | None:
    stop = check_promise(text, by_policy=cited is not None, cited=cited, total=TOTAL, words=WORDS)
    return stop.why if stop else None


@pytest.mark.parametrize(
    "text",
    [
        "星期五以前把漏登的果树报给调查组，请他们再来数一遍",
        "下次来的时候带一份放大字号的账目来",
        "陪老人去乡卫生院把慢性病的手续办下来",
        "8月15日前打电话回话",
        "3个工作日内给您答复",
        "三十天内一定再来一趟",
        "下午三点来接您",
        "千万别着急，有事打我电话13800001111",
        "万一下雨就改到下周",
        "请水管站的人来看一看蓄水池",
        "一起去看看两块地的界桩",
        "一块去村委会坐坐",
        "跟学校联系，九月一日让娃娃能报上名",
        "把补偿账目打印一份送来",
        "问清楚安置点的宅基地面积，回来当面讲",
        "向局里反映院坝丈量的补偿",
        "给您讲解补偿标准是怎么来的",
        "核对青苗费的登记",
        "帮着抬三百斤粮食下山",
        "找两个人帮忙搬家具",
        "带照相的师傅到村里来，一人一张",
        "修好门口一百米的路",
        "五保户的事我跟民政所说一声",
        "I will ask about your compensation by Friday",
    ],
)
def test_help_is_promised_freely(text: str) -> None:
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "给你们多补3000元",
        "给你们五千块",
        "再加一万二",
        "给你家三万，别声张",
        "多给几千块钱",
        "两千块的搬家钱我来想办法",
        "二十块钱一天的误工费",
        "每平方米按620给",
        "上浮10%",
        "百分之二十的奖励",
        "提前搬的加三成",
        "补偿翻倍",
        "按高的标准给你们算",
        "优先选房",
        "给您家留一个名额",
        "宅基地面积给您多划一点",
        "保证人均30平方米",
        "多分二分地",
        "过渡费发到过年",
        "搬迁费下个月发",
        "给你们办低保",
        "房款差价不用交，免费",
        "补助一定给到位",
        "反映一下，给你们加钱",
        "问清楚了，补偿少不了你们的",
        "３０００元",
        "¥1,200",
        "an extra 3000 yuan",
        "priority for your son",
        "a bonus if you move early",
    ],
)
def test_money_and_policy_need_a_clause(text: str) -> None:
    assert why(text) == Why.UNCITED


@pytest.mark.parametrize(
    "text",
    [
        "砖混正房按每平方米620元补",
        "砖混正房每平方米六百二十元",
        "你们家86.4平方米，按620元算",
        "房屋这一行44864.50元，照账目给",
        "总共253236.33元，一分不少",
        "人均24平方米，差多少补多少",
        "五保户优先安排",
        "按这张表补偿",
    ],
)
def test_what_the_clause_says_may_be_promised(text: str) -> None:
    assert why(text, CLAUSE) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("砖混正房按每平方米650元补", Why.AMOUNT),
        ("每平方米六百二十元零五角", Why.AMOUNT),
        ("每平方米至少620元", Why.VAGUE),
        ("每平方米620元以上", Why.VAGUE),
        ("每平方米六百多块", Why.VAGUE),
        ("几千块钱", Why.VAGUE),
        ("人均30平方米", Why.AMOUNT),
        ("上浮10%", Why.AMOUNT),
        ("给三万", Why.AMOUNT),
        ("给您一沓钱", Why.VAGUE),
        ("给您两千，再给一沓钱", Why.AMOUNT),
        ("先按620元，以后给双份", Why.AMOUNT),
        ("给你们多算一点面积", Why.BEYOND),
        ("给你家留个名额", Why.BEYOND),
        ("先补偿，再破例照顾", Why.BEYOND),
    ],
)
def test_no_further_than_the_clause_says(text: str, reason: Why) -> None:
    assert why(text, CLAUSE) == reason


def test_the_stop_names_what_is_decided() -> None:
    stop = check_promise("每平方米650元", by_policy=True, cited=CLAUSE, total=TOTAL, words=WORDS)
    assert stop is not None
    assert (stop.said, stop.document, stop.clause) == (("650元",), "房屋补偿单价表", "table")
    assert stop.decided == (Decimal(620), Decimal("44864.50"))


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (LegalStatus.DRAFT, Why.DRAFT),
        (LegalStatus.ENDED, Why.NOT_IN_FORCE),
        (LegalStatus.LATER, Why.NOT_IN_FORCE),
        (None, Why.UNKNOWN),
    ],
)
def test_only_a_clause_in_force_carries_a_promise(status: LegalStatus | None, reason: Why) -> None:
    clause = ClauseFacts("D1", "table", "办法", "", status, instead="新办法")
    assert why("按这一条补", clause) == reason


def test_a_policy_promise_without_a_clause_is_stopped() -> None:
    stop = check_promise("按规定补", by_policy=True, cited=None, total=None, words=WORDS)
    assert stop is not None
    assert stop.why == Why.UNKNOWN


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3000", 3000), ("三千", 3000), ("一万二", 12000), ("一万二千", 12000), ("两千五", 2500), ("一百零二", 102),
        ("一百二", 120), ("1.5万", 15000), ("1万2千", 12000), ("十五", 15), ("二十", 20), ("二〇二六", 2026),
        ("三百五十六万", 3_560_000), ("一亿", 100_000_000), ("一万万", 100_000_000), ("三万五千亿", 3_500_000_000_000),
        ("一亿三千万", 130_000_000), ("壹仟贰佰", 1200), ("六百二十", 620),
    ],
)  # fmt: skip
def test_numerals_are_read_as_people_say_them(text: str, value: int) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("单坟500元一座", AmountKind.MONEY, "500"),
        ("3000元3天内到", AmountKind.MONEY, "3000"),
        ("五毛钱", AmountKind.MONEY, "0.5"),
        ("二十四平", AmountKind.AREA, "24"),
        ("三亩", AmountKind.AREA, "3"),
        ("三成", AmountKind.RATE, "30"),
        ("两倍", AmountKind.RATE, "200"),
        ("百分之五", AmountKind.RATE, "5"),
    ],
)
def test_figures_are_what_they_measure(text: str, kind: AmountKind, value: str) -> None:
    (figure,) = amounts_in(text)
    assert (figure.kind, figure.value) == (kind, Decimal(value))


@pytest.mark.parametrize("text", ["三单元", "平安", "十分感谢", "完成了", "老百姓", "一万个放心", "千方百计"])
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert amounts_in(text) == ()


def test_the_list_of_words_is_short_and_says_nothing_twice() -> None:
    every = [*WORDS.gives, *WORDS.matters, *WORDS.asks]
    assert len(every) == len(set(every))
    assert len(every) < 200


VAGUE = """
    两三千块 三四千块 五六百元 一两万元 两三万块钱 几千块 上万 上万块 千把块 万把块 3-5千 3-5千元
    3至5千 1-2万 三五块钱 七八百 十几万 十来万元 二十多万 一万多 好几千块 几十块 几块钱 三万左右
    近一万元 小一万块 三千到五千元 三、四千块 3000~5000元 数千元 成千上万 两三百万元 一千五六百元
    几十万 几十万元 百十块 千儿八百块 百八十块钱 万八千块 万儿八千 十几二十万 个把万 好几个万 两千三千 一百二百块
    廿五块 两三亩 几亩 几成 百分之几十
"""
COUNTED = """
    两三天内来 几百人的会 上千户都等着 晚上千万别出去 马上万一有事打我电话 3到5天 三四个人来 两三户一起
    几十年的树 3-5月来 两三千人 五六百户 十几个人 一千多人 二十来岁 三五天内 一两个月 上万人 上百次
    早上百货店见 几十万人 百十号人 几个万一 千八百户 个把月
"""
EVASIONS = """
    给您3w元 给您3W块钱 10w块 补您3.5w 补您5k 补您5K块 补您半w 补三个w 补您伍佰 补您壹仟 补您叁仟 补您一萬 补贰佰伍
    补您捌佰块 补伍佰圆 补您半万元 补您半万 补您皕元 卌块钱 补您卌万元 补一百廿元 补你五百卅元 补⼀百元 补⼆百元
    补①百元 ①补500元 补您5OO元 补您5O0元 补您５ＯＯ元 给你五角 给您5毛 打八折 按八五折收 打对折
"""
ENGLISH_EVASIONS = (
    "500 kuai",
    "we pay you 3k",
    "we pay 3K each",
    "We will give you five hundred",
    "two thousand five hundred more for the pigs",
    "fifty yuan a day",
    "one hundred yuan",
)
NO_EVASIONS = """
    跑一次5k路 住3W栋 给您5个工作日 K12学校 来一百次 换40W的灯泡 100W灯 看4K电视 3w栋三单元 把五角星挂上 三角地那一块
    院子四角立桩 年过半百 多半万一下雨 两毛巾 骨折三次 三折页发给您 ①3天内来 1O天内来 廿里铺 卅户一起 叁佰户 一萬人
    给您家三角地打桩 锄头一折就断 看2K书 二毛家
"""


def test_sums_in_other_spellings_are_stopped_without_a_clause_and_with_one() -> None:
    every = [*EVASIONS.split(), *ENGLISH_EVASIONS]
    assert [said for said in every for cited in (None, CLAUSE) if why(said, cited) is None] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("给您3w元", AmountKind.MONEY, "30000"),
        ("补您3.5w", AmountKind.MONEY, "35000"),
        ("补您5k", AmountKind.MONEY, "5000"),
        ("补贰佰伍", AmountKind.MONEY, "250"),
        ("补您一萬", AmountKind.MONEY, "10000"),
        ("补您皕元", AmountKind.MONEY, "200"),
        ("补一百廿元", AmountKind.MONEY, "120"),
        ("卌块钱", AmountKind.MONEY, "40"),
        ("补⼆百元", AmountKind.MONEY, "200"),
        ("补①百元", AmountKind.MONEY, "100"),
        ("①620元", AmountKind.MONEY, "620"),
        ("②六百二十元", AmountKind.MONEY, "620"),
        ("补您5OO元", AmountKind.MONEY, "500"),
        ("给你五角", AmountKind.MONEY, "0.5"),
        ("给您5毛", AmountKind.MONEY, "0.5"),
        ("打八折", AmountKind.RATE, "80"),
        ("八五折", AmountKind.RATE, "85"),
    ],
)
def test_other_spellings_come_to_what_they_say(text: str, kind: AmountKind, value: str) -> None:
    (figure,) = amounts_in(text)
    assert (figure.kind, figure.value) == (kind, Decimal(value))


def test_what_is_spelled_like_a_sum_and_is_none_passes() -> None:
    sentences = [
        "five hundred people came",
        "two hundred metres of road",
        "I will come at five",
        "3 kids and 5 km of road",
    ]
    assert [text for text in [*NO_EVASIONS.split(), *sentences] if amounts_in(text)] == []


def test_vague_sums_are_stopped_without_a_clause_and_with_one() -> None:
    passed = [
        said for said in VAGUE.split() for cited in (None, CLAUSE) if why(f"给你家补{said}", cited) is None
    ]
    assert passed == []


def test_what_is_counted_is_no_vague_sum() -> None:
    assert [text for text in COUNTED.split() if amounts_in(text)] == []


def test_long_numbers_are_read_at_once() -> None:
    """Time was doubled by each digit: 22 of them took twenty seconds, forty would have taken weeks."""
    begun = time.process_time()
    assert amounts_in(f"卡号{'5' * 40}号") == ()
    assert time.process_time() - begun < 1


LETTERED = (
    *(
        "补您5k",
        "5k元",
        "5K块",
        "每月5k",
        "工资5k",
        "补 3w",
        "补您 3 w 元",
        "宽带费5k",
        "wifi费5k",
        "网络 补您5k",
        "电视折价3k",
    ),
    *("3个w", "给您5k左右", "一次给您3k，装wifi", "5k一户", "三万一户", "给三千一亩", "3w，再装宽带"),
)
NO_SUMS = (
    *("wifi 5k", "WiFi 5K", "wi-fi5k", "给您装wifi 5k的", "WLAN 5k", "5G", "5G网络", "WiFi 5G", "4K电视", "电视4k", "2k屏"),
    *("屏幕2k", "8K画质", "画质4k", "3k米", "3K 米", "3 k 公里", "3k步", "10k欧", "电阻10k", "网速10k", "带宽 100k", "色温5k"),
    *("3kw", "3 kW", "5kg", "2w字", "3w 人", "3w户", "50w度电", "第5k", "跑5k", "跑步 5k", "跑了5k", "5k跑", "型号3k", "内存4k"),
)  # fmt: skip


def test_a_letter_behind_a_number_is_a_sum_only_where_money_can_be_meant() -> None:
    assert [said for said in LETTERED if why(said, None) is None and not amounts_in(said)] == []
    assert [said for said in NO_SUMS if amounts_in(said)] == []


@pytest.mark.parametrize(
    "piece",
    [
        "补您三万块，",
        "一",
        "1",
        "五六",
        "〇万",
        "3k",
        "给您3-",
        "几百",
        "1.",
        "five hundred ",
        " ",
        "零一",
        "三至少",
        "3 个 w",
    ],
)
def test_long_texts_are_read_in_one_pass(piece: str) -> None:
    """Each numeral was looked through to the end of the text: 100,000 characters took hours."""
    begun = time.process_time()
    amounts_in("1" + piece * (20_000 // len(piece)))
    assert time.process_time() - begun < 5
