"""Days as people write them: each form read, and what is no day refused with its reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.written_days import WrittenDayError, written_day, written_moment

DAY = date(2024, 9, 10)
FORMS = [
    *("2024-09-10", "2024-9-10", "2024/9/10", "2024/09/10", "2024.9.10", "2024.09.10", "20240910", "2024年9月10日"),
    *("2024年9月10号", "2024年09月10日", "2024年9月10", "2024–09–10", "2024—9—10", "2024−09−10"),
    *("２０２４-09-10", "２０２４－９－１０", "２０２４年９月１０日", "２０２４／９／１０", "２０２４．９．１０"),
    *("二〇二四年九月十日", "二零二四年九月十号", "二○二四年九月一十日", "二〇二四年〇九月一〇日"),
    *("2024年 9月 10日", "2024 年 9 月 10 日", "2024. 9. 10", " 2024-09-10 ", "2024-09-10 08:30", "2024-09-10 8:30:05.5"),
    *("2024-09-10T08:30:00", "2024/9/10 0:00", "2024年9月10日8时30分", "2024年9月10日 8点", "2024年9月10号08：30"),
    *("20240910 08:30", "202409100830", "20240910083000", "2024-09-10\u00a008:30", "二〇二四年九月十日 8时"),
]  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_a_day_is_read_in_every_form(text):
    assert written_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二四年十二月三十一日", date(2024, 12, 31)),
        ("二〇二四年十月二十日", date(2024, 10, 20)),
        ("二〇二四年一月廿三日", date(2024, 1, 23)),
        ("一九九九年十一月卅日", date(1999, 11, 30)),
        ("2024年2月29日", date(2024, 2, 29)),
        ("0213-01-05", date(213, 1, 5)),
    ],
)
def test_numerals_and_leap_days(text, day):
    assert written_day(text) == day


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("short_year", ["24-09-10", "24/9/10", "24.9.10", "24年9月10日", "99-1-2", "24-09-10 08:30"]),
        ("order", ["09/10/2024", "9-10-2024", "10.9.2024", "25/12/2024", "09/10/2024 08:30", "０９／１０／２０２４"]),
        (
            "impossible",
            [
                *("2013-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "20241301", "2024年9月31日", "0000-01-01"),
                *("2024-09-10 25:00", "2024-09-10 08:61", "二〇二四年十三月十日", "二〇二四年九月三十五日"),
                "二〇二四年九月十十日",
            ],
        ),
        (
            "none",
            [
                *("", "昨天", "2024", "2024-09", "2024年9月", "9月10日", "2024-9/10", "2024/9.10", "2024-09-10左右"),
                "2024-09-101",
                *("2024-09-1008:30", "2024-09-10 08:30+08:00", "2024-09-10 下", "45545", "1e5", "①②", "二千零二十四年九月十日"),
                *("农历八月初八", "2024-09-10,2024-09-11", "-2024-09-10", "٢٠٢٤-09-10", "x" * 99_999, "1-" * 50_000),
                " " * 99_999,
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_its_reason(key, texts):
    for text in texts:
        with pytest.raises(WrittenDayError) as caught:
            written_day(text)
        assert (text[:40], caught.value.key) == (text[:40], key)


def test_a_moment_is_read_to_the_second():
    assert written_moment("2024年9月10日 14时20分31秒") == datetime(2024, 9, 10, 14, 20, 31)  # noqa: DTZ001 - tables know none
    assert written_moment("20240910142031") == datetime(2024, 9, 10, 14, 20, 31)  # noqa: DTZ001 - likewise
    assert written_moment("2024-09-10") == datetime(2024, 9, 10)  # noqa: DTZ001 - likewise


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"):
        assert written_day(day.strftime(form)) == day
    assert written_day(f"{day.year}年{day.month}月{day.day}号") == day


@given(st.text("0123456789-/.年月日号 :T时分二〇十"))
def test_no_text_brings_it_down(text):
    with suppress(WrittenDayError):
        written_moment(text)
