"""数的前后: what stands around a figure and makes it another one, or none: 至少, 多, 以上, 半, 到, 的人."""

from __future__ import annotations

from yixian.domain.numerals import DIGIT, UNIT

ABOUT = r"(?P<about>[多来把余几])?"
_SMALL_FOR = r"小(?=[一二两三四五六七八九十\d])"
AT_LEAST = (
    r"(?P<least>至少|起码|最少|不低于|不少于|不止|超过|大概|大约|约|差不多|将近|接近|近|不到|"
    rf"{_SMALL_FOR})?"
)
ROUGHLY = r"(?P<more>以上|左右|上下|开外|起步)?"
HALF = r"(?P<half>半)?"
SPAN = r"\s{0,4}(?:[-~—–－～、至到]|或者?|\bto\b)\s{0,4}"
HAS_LARGE_UNIT = rf"(?=[\d.{DIGIT}十拾]{{0,40}}[{UNIT}])"
"""Before a number: that it has a large unit."""

OF_OTHERS = r"(?!的?(?:[人户路村活票地劳距力粮组]|时间|代表|材料|合同|协议|文件|表|饭))"
"""Behind a part or a multiple: of people, of the way, of papers, and so of no sum."""

GIVEN = r"(?:给|补|发|赔|付|加|退|奖|贴|多|少|出)(?:[您你他她]们?)?家?"
END = r"(?=\s*(?:$|[^\w\s]))"
