"""钱数: patterns of sums of money that a text names, exact (三千元, 3 000元) and vague (几千块, 一沓钱, 五位数)."""

from __future__ import annotations

import re

from yixian.domain.numerals import DIGIT, LARGE, NUMERAL, UNIT
from yixian.visits.promising.around import ABOUT, AT_LEAST, END, GIVEN, HAS_LARGE_UNIT, ROUGHLY, SPAN

_OR_MORE = (
    rf"(?:(?P<more>以上|左右|上下|开外|起步)|零?(?P<jiao>{NUMERAL})[角毛](?:零?(?P<cents>{NUMERAL})分?)?|"
    rf"零?(?P<fen>{NUMERAL})分|(?P<tenths>[一二三四五六七八九1-9])(?![^\s，。；！？,.;!?]))?(?P<half>半)?"
)
"""Behind the yuan: that it is about, or the jiao and fen (三元五角, 三块五)."""
_NOT_PIECES = r"(?![地田土石木砖板牌菜宅山林水茶果布头儿去走玉])"
"""After 块: a piece of something, or "together", and no money."""
_COUNTED = (
    r"(?![人户口个名位斤公吨里次回天年月日号点时分秒周岁层栋间套棵株头只条张份封本页件台辆车趟步遍种样座眼袋桶根字米"
    r"多来把余\d零〇一二两三四五六七八九十百佰千仟万萬亿億.%平㎡亩元块圆毛角家届度级家些])"
)
"""After a large number without a unit: what is counted. Where nothing is, it is money: 给你们三万."""

_LATIN_UNIT = r"(?:yuan|rmb|kuai|cny)\b"
_YUAN = rf"(?:元(?![旦月宵])|圆(?!桌)|块钱|块{_NOT_PIECES}|大洋(?!洲)|{_LATIN_UNIT})"
_MONEY_UNIT = rf"\s{{0,4}}{_YUAN}"
_FOREIGN = r"\s{0,4}(?:美元|美金|欧元|港币|港元|英镑|(?:us )?dollars?\b|euros?\b|usd\b|eur\b|grand\b)"

_SOME = (
    rf"(?P<vague>(?:{NUMERAL})?[几多来余数][十拾]?{LARGE}{{1,6}}[多来余]?|(?<![马晚早路桌身])上{LARGE}{{1,6}}|{LARGE}[把来]|"
    rf"个把{LARGE}|几个[万萬]|[十拾][几来]{NUMERAL}|(?<![几数{DIGIT}{UNIT}十拾\d]){LARGE}儿?(?:八[十百千]|十))"
)
"""几千, 几十万, 十几二十万, 上万, 千把, 百十块, 千儿八百: so much that nobody can be held to it."""
_NO_WARNING = r"(?![别要不注记])"
"""晚上千万别: by all means, and no ten million."""

_HALF = rf"(?P<vague>(?<![多一大小过])半个?[{UNIT}])"
"""半万: half of ten thousand; 多半万一 is none."""

_DIMES_END = r"(?=\s*(?:$|[^\w\s]|[每一人给]))"
"""Behind 五角 without 钱: the end of what is said. Four corners (四角), stars and towels have another word behind or no giver."""

_WORD = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|several|few|half|hundred|thousand|million|and)"
)
_ENGLISH = (
    rf"(?P<vague>\b{_WORD}(?:[\s-]{{1,4}}{_WORD}){{0,20}})(?:\s+{_LATIN_UNIT}|(?<=hundred|housand|million)"
    r"(?=\s*(?:$|[^\w\s]|(?:each|every|per|more|extra|for|to|in|once|now|if|when)\b)))"
)
"""Five hundred: in words a sum has no value, so that a clause carries it in digits only. Before a noun it counts something."""

_CASH = r"的?(?:现钱|现金|现款|钱(?![塘包币粮庄])|票子|钞票|人民币|补偿款|补助款|赔款|款子)"
_PILE = rf"(?P<vague>(?:一?[大小好]|半|[几数两]|{NUMERAL})(?:[沓叠摞捆笔堆包把袋箱兜]|麻袋|信封){_CASH})"
_NOTES = rf"(?P<vague>(?:[几数两]|{NUMERAL})张(?:红票子|大票子?|百元大?钞|老人头|毛爷爷|大团结))"
_SOME_CASH = rf"{GIVEN}[您你他她]?(?P<vague>(?:一?[点些]|不少|很多|好多|大把|若干)儿?{_CASH})"
_PLACES = r"(?<![码号是证十\d])(?P<vague>[三四五六七八九几3-9]位数)(?![的号编字加乘减]|密码|代码|验证|口令)"
"""五位数: tens of thousands, and no password."""

_HOTLINE = r"(?!1(?:10|19|20|22|2[23]\d\d)(?!\d))"
_BARE = rf"(?P<number>{_HOTLINE}(?:\d{{2,6}}(?![\d])(?:\.\d+)?|(?=[^\s，。]*[十百千]){NUMERAL}))"
_PRICED = r"(?:按照?|单价|价钱?|补|赔|发|付|奖|贴|给|[涨提加]到?)(?:[您你他她咱]们?)?家?\s?"
_BEHIND = rf"(?:{END}|(?=[给补算赔付发计](?!.?[料件])|每))"
_EACH = (
    r"每[一个]?(?:人头?|口|户|家|亩|分地|平方米?|平米?|棵|株|头|只|间|座|米|月|天|工)\s?"
    r"(?:[按给补赔发付加多再]?(?:[您你]们?)?)\s?"
)

SUMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SOME}{_MONEY_UNIT}",
        rf"(?P<vague>[几数]十){_MONEY_UNIT}",
        r"(?P<vague>十?[几数])(?:块钱|元(?![旦月宵]))",
        rf"(?P<vague>{NUMERAL}{SPAN}{NUMERAL}[多来余]?){_MONEY_UNIT}",
        rf"(?P<vague>{NUMERAL}{SPAN}{HAS_LARGE_UNIT}{NUMERAL}){_COUNTED}",
        rf"(?:[¥￥]|rmb|cny|人民币)\s*(?P<number>{NUMERAL})",
        rf"(?P<vague>[$€£]\s*{NUMERAL}|{NUMERAL}{_FOREIGN})",
        r"(?<!\d)(?P<idiom>一分钱)(?=[都也]?[不没])",
        rf"{AT_LEAST}(?P<number>{NUMERAL}){ABOUT}\s{{0,4}}(?:{_YUAN}|角钱|毛钱|分钱){_OR_MORE}",
        rf"(?P<number>(?<!\d)\d++(?:\.\d++)?)\s{{0,4}}[角毛]{_DIMES_END}",
        rf"{GIVEN}(?P<number>{NUMERAL})[角毛]{_DIMES_END}",
        rf"{_HALF}(?:{_MONEY_UNIT}|{_COUNTED})",
        rf"(?P<vague>(?<![{DIGIT}{UNIT}十拾\d])[百千万][百千万]?){_MONEY_UNIT}(?!户)",
        _PILE,
        _NOTES,
        _SOME_CASH,
        _PLACES,
        _ENGLISH,
        r"(?P<vague>\b(?:four|five|six|seven|[4-7])[- ]figures?\b)",
        r"(?P<vague>\b(?:a|some|two) ?(?:wad|stack|pile|bundle|bit|lot|bag)?s?(?: of)? (?:cash|money|banknotes)\b)",
        rf"{_SOME}{_COUNTED}{_NO_WARNING}",
        rf"(?P<number>{NUMERAL})(?<=[{UNIT}])(?P<about>[多来余]){_COUNTED}",
        rf"{AT_LEAST}(?P<number>(?=[^{UNIT}]){HAS_LARGE_UNIT}{NUMERAL}){_COUNTED}{ROUGHLY}",
        rf"{_PRICED}{_BARE}{_BEHIND}",
        rf"{_EACH}{_BARE}{END}",
        (
            r"\b(?:pay|give|offer|add)s?(?: (?:you|each|every|household|another|up to|out))* (?P<number>\d{2,7})(?!\d)"
            r"(?=\s*(?:$|[^\w\s]|(?:each|every|per|more|extra|a month)\b))"
        ),
    )
)
