"""截止日之后: items that name a day after the cut-off, and photographs that were not taken on their sheet's day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from yixian.engines.audit.findings import AFTER_CUTOFF, Findings, Question, Unchecked
from yixian.engines.audit.photograph_files import Photograph
from yixian.engines.audit.surveyed import SurveyedItem, SurveyedSheet, SurveyTables

_NIGHT = timedelta(days=1)
"""What a phone's zone may shift a day by."""


def check_cutoff(tables: SurveyTables, photographs: Iterable[Photograph], cutoff: date | None) -> Findings:
    """Questions about days. ``cutoff`` holds for every sheet that names none of its own.

    Without either, an item is held to its sheet's day: what is surveyed stood there by then.
    """
    taken: dict[str, list[Photograph]] = defaultdict(list)
    for one in photographs:
        if one.taken_on is not None:
            taken[one.line_id or one.instance].append(one)
    questions = [
        question
        for item in tables.items
        for question in _of_item(tables, item, taken.get(item.line_id, []), cutoff)
    ]
    for sheet in tables.sheets:
        questions += _of_photographs(sheet, sheet.household_id, "", taken.get(sheet.instance, []), cutoff)
    return Findings(tuple(questions), tuple(_unchecked(tables, cutoff, is_dated=bool(taken))))


def _of_item(
    tables: SurveyTables, item: SurveyedItem, taken: list[Photograph], cutoff: date | None
) -> Iterator[Question]:
    sheet = tables.sheet_by_line.get(item.line_id)
    last = (sheet.cutoff if sheet else None) or cutoff
    for name, day in tables.days_of(item):
        if last is not None and day > last:
            zh = f"{name} 写的是 {day}，在截止日 {last} 之后：这一项截止日那天在不在？"
            en = f"{name} says {day}, after the cut-off day {last}: was this there on that day?"
        elif last is None and sheet is not None and sheet.day is not None and day > sheet.day:
            zh = f"{name} 写的是 {day}，在调查那天（{sheet.day}）之后：调查时还没有的，怎么量的？"
            en = f"{name} says {day}, after the day of the survey ({sheet.day}): how was it measured before it was there?"
        else:
            continue
        yield Question(item.household_id, item.line_id, AFTER_CUTOFF, zh, en)
    if sheet is not None:
        yield from _of_photographs(sheet, item.household_id, item.line_id, taken, last)


def _of_photographs(
    sheet: SurveyedSheet, household: str, line: str, taken: list[Photograph], cutoff: date | None
) -> Iterator[Question]:
    for one in taken:
        if sheet.day is None or one.taken_on is None or abs(one.taken_on - sheet.day) <= _NIGHT:
            continue
        last = sheet.cutoff or cutoff
        after = last is not None and sheet.day <= last < one.taken_on
        zh = f"照片 {one.name} 的拍摄日期是 {one.taken_on}，表上的调查日期是 {sheet.day}"
        en = f"The photograph {one.name} was taken on {one.taken_on}, the sheet says {sheet.day}"
        if after:
            zh += f"，截止日是 {last}：截止日那天这一项在不在？"
            en += f", and the cut-off day is {last}: was this there on that day?"
        else:
            zh += "：是哪一天量的，手机的日期对不对？"
            en += ": on which day was it measured, and is the phone's clock right?"
        yield Question(household, line, AFTER_CUTOFF, zh, en)


def _unchecked(tables: SurveyTables, cutoff: date | None, *, is_dated: bool) -> Iterator[Unchecked]:
    if cutoff is None and not any(one.cutoff for one in tables.sheets):
        yield Unchecked(
            AFTER_CUTOFF,
            "没有截止日（--cutoff，或者表里的 cutoff 列）：各项只和调查那天比。",
            "No cut-off day (--cutoff, or a column cutoff of the sheets): items are held to the day of the survey only.",
        )
    if not any(tables.days_of(item) for item in tables.items):
        yield Unchecked(
            AFTER_CUTOFF,
            "各项没有日期（如 built_on、planted_on）。",
            "No item names a day (such as built_on, planted_on).",
        )
    if not is_dated:
        yield Unchecked(
            AFTER_CUTOFF, "照片里没有拍摄日期（EXIF）。", "No photograph says when it was taken (EXIF)."
        )
