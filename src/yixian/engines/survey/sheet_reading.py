"""调查表的核读: a submission against its pack: every answer checked again, every quantity calculated again, exactly.

What a phone has checked is not believed: the same rules are applied to what arrived. One bad answer leaves the whole sheet
out, with all of its bad answers named by question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_number, day_text
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import HOUSEHOLD, MEASURER, SECOND, Kind, Sheet
from yixian.engines.entitlements.formula import evaluate
from yixian.engines.entitlements.survey_check import quantity_formula
from yixian.engines.survey.submission import Answers, Submission
from yixian.engines.survey.xlsform import form_id, form_version, photograph_names

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
_ASKED_BY_FORM = frozenset(
    "start end deviceid today household_id measured_on place item meta".split()  # noqa: SIM905
)
_ASKED_OF_ITEM = frozenset("item_code quantity shown remark".split())  # noqa: SIM905
_MAX_LETTERS = 64

IsPicture = Callable[[str], bool]
"""Whether a file of this name came along and is a picture."""


@dataclass(frozen=True, slots=True)
class Problem:
    """问题: what is wrong with an answer; ``question`` is its path, like ``item[2]/building/length``."""

    question: str
    zh: str
    en: str

    def message(self, lang: str) -> str:
        """In ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class SheetLine:
    """指标行: an item as it was measured. ``values`` are measures and attributes as they were answered, by name."""

    number: int
    item_code: str
    quantity: Decimal
    values: dict[str, str]
    photographs: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class SignedBy:
    """在场人: who was there, of which organisation; a household that refused has a reason, a witness and no signature."""

    role: str
    name: str
    organisation: str
    signature: str
    reason: str
    witness: str


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """读出的调查表: a sheet whose every answer is right."""

    sheet_id: str
    household_id: str
    measured_on: date
    place: str
    lines: tuple[SheetLine, ...]
    present: tuple[SignedBy, ...]


@dataclass(slots=True)
class _Reader:
    """Collects what is wrong while a sheet is read."""

    pack: Pack
    is_picture: IsPicture
    today: date
    problems: list[Problem] = field(default_factory=list)

    def note(self, question: str, zh: str, en: str) -> None:
        self.problems.append(Problem(question, zh, en))

    def text(self, question: str, answer: Answers) -> str:
        if not answer.text:
            self.note(question, "没有填。", "It is not filled in.")
        return answer.text

    def picture(self, question: str, answer: Answers) -> str:
        name = self.text(question, answer)
        if name and not self.is_picture(name):
            self.note(
                question,
                f"没有收到照片 {name}，或者它不是图片。",
                f"The picture {name} did not come, or is none.",
            )
        return name


def sheet_of(pack: Pack, submission: Submission) -> Sheet | None:
    """The pack's sheet that a submission fills in; None if it is of another form."""
    return next((sheet for sheet in pack.survey.sheets if form_id(pack, sheet) == submission.form_id), None)


def read_sheet(
    pack: Pack, submission: Submission, *, is_picture: IsPicture, today: date
) -> ReadSheet | list[Problem]:
    """The sheet of a submission; or everything that is wrong with it."""
    sheet = sheet_of(pack, submission)
    reader = _Reader(pack, is_picture, today)
    if sheet is None:
        known = "、".join(form_id(pack, one) for one in pack.survey.sheets)
        reader.note(
            "id",
            f"没有表格 {submission.form_id}（有：{known}）。",
            f"There is no form {submission.form_id} (there are: {known.replace('、', ', ')}).",
        )
        return reader.problems
    if submission.version != form_version(pack):
        reader.note(
            "version",
            f"这是 {submission.version or '（没写）'} 版的表，现行的是 {form_version(pack)} 版。",
            f"This is version {submission.version or '(none)'} of the form; today's is {form_version(pack)}.",
        )
        return reader.problems
    answers = submission.answers
    lines = tuple(_line(reader, sheet, number, one) for number, one in enumerate(answers.all("item"), 1))
    if not lines:
        reader.note("item", "一项也没有填。", "Not one item is filled in.")
    found = ReadSheet(
        sheet_id=sheet.id,
        household_id=_household(reader, answers["household_id"]),
        measured_on=_measured_on(reader, answers["measured_on"]),
        place=answers["place"].text,
        lines=lines,
        present=tuple(_signed(reader, role, answers[role]) for role in pack.survey.present),
    )
    _check_organisations(reader, found)
    for name in answers:
        if name not in _ASKED_BY_FORM and name not in pack.survey.present:
            reader.note(name, "这张表不问这个。", "This form does not ask for it.")
    return reader.problems or found


def _household(reader: _Reader, answer: Answers) -> str:
    text = reader.text("household_id", answer)
    if len(text) > _MAX_LETTERS or len(text.split()) > 1:
        reader.note(
            "household_id",
            "户号里没有空格，最长 64 个字。",
            "A household number has no blanks and at most 64 letters.",
        )
    return text


def _measured_on(reader: _Reader, answer: Answers) -> date:
    text = reader.text("measured_on", answer)
    number = day_number(text) if text else None
    if text and number is None:
        reader.note("measured_on", f"“{text}”不是日期。", f"“{text}” is no day.")
    day = date.fromordinal(number) if number else date.min
    if day > reader.today:
        reader.note(
            "measured_on",
            f"测量日期 {day} 在今天以后：手机的时间不对。",
            f"The day of measuring, {day}, is after today: the phone's clock is wrong.",
        )
    return day


def _line(reader: _Reader, sheet: Sheet, number: int, answers: Answers) -> SheetLine:
    at = f"item[{number}]"
    code = reader.text(f"{at}/item_code", answers["item_code"])
    item = reader.pack.items.get(code)
    kind = sheet.kind_of(item) if item else None
    if kind is None:
        if code:
            reader.note(f"{at}/item_code", f"这张表里没有“{code}”。", f"“{code}” is not on this sheet.")
        return SheetLine(number, code, Decimal(0), {}, (), "")
    for name in answers:
        if name not in _ASKED_OF_ITEM and name != kind.id and _has_answer(answers[name]):
            reader.note(f"{at}/{name}", "这一项不量这个。", "This is not measured of this item.")
    group = answers[kind.id]
    values = {
        asked.name: _value(reader, f"{at}/{kind.id}/{asked.name}", asked, group[asked.name])
        for asked in (*kind.measures, *kind.attributes)
    }
    photographs = [reader.picture(f"{at}/{kind.id}/{name}", group[name]) for name in photograph_names(kind)]
    quantity = _quantity(reader, at, kind, values, answers["quantity"])
    return SheetLine(number, code, quantity, values, tuple(photographs), answers["remark"].text)


def _has_answer(answers: Answers) -> bool:
    return bool(answers.text) or any(_has_answer(one) for name in answers for one in answers.all(name))


def _value(reader: _Reader, question: str, asked: Input, answer: Answers) -> str:
    """The answer as it is kept: a number without noughts at its end, a day, a key; "" where it is wrong."""
    text = reader.text(question, answer)
    if not text:
        return ""
    if asked.choices:
        if text not in asked.choices:
            reader.note(question, f"没有选项“{text}”。", f"There is no choice “{text}”.")
        return text
    if asked.is_day:
        number = day_number(text)
        if number is None or not asked.low <= number <= asked.high:
            low, high = day_text(int(asked.low)), day_text(int(asked.high))
            reader.note(question, f"要一个从 {low} 到 {high} 的日期。", f"It is a day from {low} to {high}.")
            return ""
        return day_text(number)
    value = Decimal(text) if _NUMBER.fullmatch(text) else None
    if value is None or not asked.low <= value <= asked.high or value.scaleb(asked.scale) % 1:
        reader.note(
            question,
            f"“{text}”不行：从 {asked.low:f} 到 {asked.high:f}，最多 {asked.scale} 位小数。",
            f"“{text}” will not do: from {asked.low:f} to {asked.high:f}, with at most {asked.scale} decimals.",
        )
        return ""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in text else text


def _quantity(reader: _Reader, at: str, kind: Kind, values: dict[str, str], answer: Answers) -> Decimal:
    """The quantity by the pack's formula, and not the one that the form has calculated: if they differ, that is a problem."""
    measured = {one.name: values[one.name] for one in kind.measures}
    if not all(measured.values()):
        return Decimal(0)
    node = quantity_formula(kind)
    names = {one.name: int(Decimal(measured[one.name]).scaleb(one.scale)) for one in kind.measures}
    quantity = Decimal(evaluate(node, names)).scaleb(-node.scale)
    if not _NUMBER.fullmatch(answer.text) or Decimal(answer.text) != quantity:
        reader.note(
            f"{at}/quantity",
            f"表上写的数量是“{answer.text}”，按量的尺寸算是 {quantity:f}。",
            f"The form says “{answer.text}”; the measures give {quantity:f}.",
        )
    return quantity


def _signed(reader: _Reader, role: str, answers: Answers) -> SignedBy:
    name = reader.text(f"{role}/name", answers["name"])
    if role != HOUSEHOLD:
        organisation = reader.text(f"{role}/organisation", answers["organisation"])
        return SignedBy(
            role, name, organisation, reader.picture(f"{role}/signature", answers["signature"]), "", ""
        )
    refused = reader.text(f"{role}/refused", answers["refused"])
    if refused == "yes":
        reason = reader.text(f"{role}/reason", answers["reason"])
        witness = reader.text(f"{role}/witness", answers["witness"])
        return SignedBy(role, name, "", "", reason, witness)
    if refused not in {"no", ""}:
        reader.note(f"{role}/refused", f"没有选项“{refused}”。", f"There is no choice “{refused}”.")
    return SignedBy(role, name, "", reader.picture(f"{role}/signature", answers["signature"]), "", "")


def _check_organisations(reader: _Reader, sheet: ReadSheet) -> None:
    """A team is two, of two organisations."""
    by_role = {one.role: one for one in sheet.present}
    first, second = by_role[MEASURER], by_role[SECOND]
    if first.organisation and first.organisation == second.organisation:
        reader.note(
            f"{SECOND}/organisation", "两个人要来自两个单位。", "The two must be of two organisations."
        )
    if first.name and first.name == second.name and first.organisation == second.organisation:
        reader.note(
            f"{SECOND}/name", "测量和共同调查不能是同一个人。", "The two surveyors cannot be one person."
        )
