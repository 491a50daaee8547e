"""写出的日期: the one reader of days and moments that people write into the cells of any table.

The year comes first and has four digits: 2024-09-10, 2024/9/10, 2024.9.10, 20240910, 2024年9月10日 (or 号), 二〇二四年九月十日,
in full width too, with blanks between, with a time of day behind. Nothing is guessed: a year of two digits, and a day and a
month of which nobody can say which is which (09/10/2024), are refused with their reason.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from yixian.domain.text import half_width

FORMS: Final = "2024-09-10, 2024/9/10, 2024.9.10, 20240910, 2024年9月10日"
"""The forms that are known, as they are shown to whoever wrote another."""

_MAX_LENGTH = 60
_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-") | {"\u00a0": " ", "号": "日", "：": ":"})
_ONES = {one: str(value) for value, one in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○", "0")
_HAN = re.compile(
    r"([〇零○一二三四五六七八九]{4}) ?年 ?([〇零○一二三四五六七八九十]{1,2}) ?月 ?([〇零○一二三四五六七八九十廿卅]{1,3}) ?日"
)
_DAY = re.compile(
    r"(\d{4}) ?(?:- ?(\d{1,2}) ?-|/ ?(\d{1,2}) ?/|\. ?(\d{1,2}) ?\.|年 ?(\d{1,2}) ?月) ?(\d{1,2})(?: ?(?<=[\d ])日)?",
    re.ASCII,
)
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?|(?=[T\s]|$))", re.ASCII)
_TIME = re.compile(
    r"(?:(?<=日)|[T ]) ?(\d{1,2})(?: ?: ?(\d{2})(?:: ?(\d{2})(?:\.\d{1,9})?)?|[时点](?:(\d{1,2})分?(?:(\d{1,2})秒)?)?)",
    re.ASCII,
)
_SHORT_YEAR = re.compile(r"\d{2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.|年\d{1,2}月)\d{1,2}日?\b.*", re.ASCII)
_YEAR_LAST = re.compile(r"\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{4}\b.*", re.ASCII)


class WrittenDayError(ValueError):
    """What is no day, with a stable ``key`` for its reason: ``none`` (in no form that is known), ``impossible`` (there is no
    such day, or no such time), ``short_year`` (a year of two digits), ``order`` (the year last: day and month may be either).
    """

    def __init__(self, key: str, text: str) -> None:
        super().__init__(f"{key}: {text}")
        self.key, self.text = key, text


REASONS: Final = {
    "none": ("看不出这是哪一天", "no day in a form that is known"),
    "impossible": ("没有这一天", "there is no such day"),
    "short_year": ("年份只有两位", "the year has two digits"),
    "order": (
        "年份在最后，分不清哪个是日、哪个是月",
        "the year stands last, so that day and month may be either way round",
    ),
}
"""Why a text is no day → the words for it, zh and en, of whoever knows no catalogue of sentences."""


def written_day(text: str) -> date:
    """The day that a text names; a time of day behind it is left aside. Raises `WrittenDayError`."""
    return written_moment(text).date()


def written_moment(text: str) -> datetime:
    """The moment that a text names, to the second, in no time zone; midnight where only a day is named.

    Raises `WrittenDayError`.
    """
    plain = " ".join(half_width(text[: _MAX_LENGTH + 1]).translate(_PLAIN).split())
    plain = _HAN.sub(_in_digits, plain, count=1)
    if len(text) > _MAX_LENGTH:
        raise WrittenDayError("none", text)
    run = _RUN_TOGETHER.match(plain)
    found = run or _DAY.match(plain)
    rest = plain[found.end() :] if found else ""
    clock = _TIME.fullmatch(plain, found.end()) if found and rest else None
    if found is None or (rest and clock is None):
        raise WrittenDayError(_reason(plain), text)
    parts = [int(part) for match in (found, clock) if match for part in match.groups() if part is not None]
    try:
        return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - tables know no time zone
    except (ValueError, TypeError) as error:
        raise WrittenDayError("impossible", text) from error


def _reason(plain: str) -> str:
    if _YEAR_LAST.fullmatch(plain):
        return "order"
    return "short_year" if _SHORT_YEAR.fullmatch(plain) else "none"


def _in_digits(found: re.Match[str]) -> str:
    """A day in Chinese numerals, in digits."""
    year, month, day = (
        "".join(map(_ONES.__getitem__, found[1])),
        *(_number(found[index]) for index in (2, 3)),
    )
    return f"{year}年{month}月{day}日"


def _number(numeral: str) -> int:
    """A numeral of a month or a day, up to 39; 0, which is neither, where it is none."""
    plain = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.partition("十")
    digits = [_ONES.get(part, "") for part in (tens, ones)]
    if not ten:
        read = "".join(_ONES.get(one, "x") for one in plain)
        return int(read) if read.isdigit() else 0
    if (tens and not digits[0]) or (ones and not digits[1]):
        return 0
    return int(digits[0] or 1) * 10 + int(digits[1] or 0)
