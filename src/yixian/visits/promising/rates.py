"""率: patterns of rates, parts and multiples that a text names: 百分之五, 三成, 八个点, 两分利, 一半, 三分之一, 双份."""

from __future__ import annotations

import re
from decimal import Decimal

from yixian.domain.numerals import DIGIT, NUMERAL
from yixian.visits.promising.around import ABOUT, AT_LEAST, GIVEN, HALF, OF_OTHERS, ROUGHLY, SPAN

FIXED = {"一半": Decimal(50), **dict.fromkeys(("双份", "双倍", "加倍"), Decimal(200))}
"""Words that are a rate without a number, in per cent."""

TIMES = {"成": 10, "倍": 100}
"""One of these in per cent."""

_TENTH = r"[成倍](?![立员果功熟])"
_GIVING = r"(?:补偿|补助|[给补赔发付奖算贴退])"
_PAID = r"(?:[钱款]|补偿|补助|工[钱资]|费|价|奖)"
_INTEREST = r"(?:利息?|利率|息)"
_NO_SITE = r"(?![位钟名设数]|[都没再就也]|监测|同时|已经)"
_LAID_OUT = r"(?<![设布看走跑量测选查建到这那])"
_FIXED = "|".join(FIXED)

RATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{AT_LEAST}(?<![{DIGIT}十\d])百分之(?P<number>{NUMERAL}){ABOUT}{ROUGHLY}",
        rf"(?P<part_of>千|万)分之(?P<number>{NUMERAL}){ABOUT}{ROUGHLY}",
        rf"(?P<whole>{NUMERAL})分之(?P<number>{NUMERAL}){OF_OTHERS}",
        rf"{AT_LEAST}(?P<number>{NUMERAL}){ABOUT}\s*(?:%|per ?cent\b|percentage points?\b){ROUGHLY}",
        rf"(?P<vague>{NUMERAL}[成倍%]?{SPAN}{NUMERAL})(?:{_TENTH}|个(?:百分)?点{_NO_SITE})",
        (
            rf"{AT_LEAST}(?<![分完])(?P<number>{NUMERAL}){ABOUT}(?P<times>[成倍])(?![立员果功熟]|(?<=八成)[是会要]){HALF}"
            rf"(?P<over>多)?{ROUGHLY}"
        ),
        r"打(?P<vague>对)折",
        rf"(?<![分完骨])(?P<number>{NUMERAL})(?P<times>折)(?![叠合腾断磨旧尺页扇弯返就])",
        r"(?P<vague>百分之(?:好?几十?|十几)|[几数](?:成|倍)(?![立员果功熟])|[几数]个百分点)",
        rf"{AT_LEAST}{_LAID_OUT}(?P<number>{NUMERAL})个(?:百分点|点{_NO_SITE}){ROUGHLY}",
        rf"{_LAID_OUT}(?P<vague>几个点)(?=的?{_INTEREST}|\s*(?:$|[^\w\s]))",
        r"(?P<vague>[一二两三四五六七八九\d几][分厘][半一二三四五六七八九]?的?利)(?![用益落索于])",
        (
            rf"(?P<vague>{_INTEREST}(?:按|算|是|给|为|有)?[您你]?们?[一二两三四五六七八九\d几][分厘](?![钟之米])"
            r"[一二三四五六七八九半]?)"
        ),
        rf"{_GIVING}[^，。；,.;]{{0,4}}(?P<fixed>{_FIXED}){OF_OTHERS}",
        rf"(?P<fixed>{_FIXED})的?{_PAID}",
        rf"(?P<fixed>加倍|双倍|双份)的?{_GIVING}",
        rf"{_PAID}[^，。；,.;]{{0,4}}(?P<fixed>{_FIXED}){OF_OTHERS}",
        r"(?P<vague>翻[一二两三几]番|翻个番)",
        rf"{GIVEN}(?P<vague>大半|小半|多半|一大半){OF_OTHERS}",
        (
            r"(?P<vague>\b(?:double|twice|triple|half|a third|two[- ]thirds|three[- ]quarters)\b(?: of)?"
            r"(?: (?:the|your|what|as much|that|this|its))?"
            r" (?:price|money|sum|amount|payment|wage|cost|compensation|rate|rent|value|is due))"
        ),
        r"(?P<vague>\b(?:pay|give|get)s?(?: you)? (?:double|twice|triple|half)\b)(?! an? )",
        (
            r"(?P<vague>\b(?:one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2}) (?:percentage )?points\b)"
            r"(?= (?:more|higher|extra|up|on|off|interest)\b|\s*(?:$|[^\w\s]))"
        ),
    )
)
