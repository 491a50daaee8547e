"""调查表 (XLSForm): a sheet of a pack as the rows of an XLSForm, the form that every ODK and Kobo user knows.

One repeat of items. Of each item only the group of its own kind of measuring shows, and the quantity is calculated from the
measures without any error of binary numbers (`formula.xpath`); whoever reads the sheet calculates it again.
Reference: XLSForm (xlsform.org), ODK XForms Specification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_text
from yixian.domain.policy.declared import Input, Item
from yixian.domain.policy.survey import HOUSEHOLD, MEASURER, PRESENT, SECOND, Kind, Sheet
from yixian.engines.entitlements.formula.xpath import decimal_text
from yixian.engines.entitlements.survey_check import quantity_formula

LANGUAGES = {"zh": "中文 (zh)", "en": "English (en)"}
SURVEY_COLUMNS = (
    "type",
    "name",
    *(f"label::{language}" for language in LANGUAGES.values()),
    *(f"hint::{language}" for language in LANGUAGES.values()),
    "required",
    *(f"required_message::{language}" for language in LANGUAGES.values()),
    "relevant",
    "constraint",
    *(f"constraint_message::{language}" for language in LANGUAGES.values()),
    "calculation",
    "appearance",
    "parameters",
)
CHOICE_COLUMNS = ("list_name", "name", *(f"label::{language}" for language in LANGUAGES.values()))
SETTING_COLUMNS = ("form_title", "form_id", "version", "default_language", "instance_name")

Row = dict[str, str]
Both = tuple[str, str]
"""The same in Chinese and in English."""

_REQUIRED: Both = ("这一项要填。", "This must be filled in.")
_PIXELS = "max-pixels=1600"
_MAX_LETTERS = 64


@dataclass(frozen=True, slots=True)
class XlsForm:
    """The three sheets of an XLSForm: rows by the columns above."""

    survey: list[Row]
    choices: list[Row]
    settings: Row


def form_id(pack: Pack, sheet: Sheet) -> str:
    """By which a sheet's form is known, in every version."""
    return f"{pack.id}-{sheet.id}"


def form_version(pack: Pack) -> str:
    """The pack's version and the beginning of its identity: another pack is another form."""
    return f"{pack.version}-{pack.sha256[:8]}"


def xlsform(pack: Pack, sheet: Sheet) -> XlsForm:
    """The XLSForm of a sheet."""
    items = [item for item in pack.items.values() if item.category in sheet.categories]
    return XlsForm(
        survey=[*_beginning(), *_repeat(pack, sheet, items), *_ending(pack)],
        choices=list(_choices(sheet, items)),
        settings={
            "form_title": f"{sheet.title_zh} {pack.title_zh}",
            "form_id": form_id(pack, sheet),
            "version": form_version(pack),
            "default_language": LANGUAGES["zh"],
            "instance_name": "concat(${household_id}, ' ', ${measured_on})",
        },
    )


def photograph_names(kind: Kind) -> list[str]:
    """The questions for an item's photographs."""
    return [f"photo_{number}" for number in range(1, kind.photographs.least + 1)]


def _beginning() -> Iterator[Row]:
    for name in ("start", "end", "deviceid"):
        yield {"type": name, "name": name}
    yield _question(
        "text",
        "household_id",
        ("户号", "Household number"),
        constraint=f"string-length(.) <= {_MAX_LETTERS} and regex(., '^[^ ]+$')",
        message=(
            "户号里没有空格，最长 64 个字。",
            "A household number has no blanks and at most 64 letters.",
        ),
    )
    yield _question(
        "date",
        "measured_on",
        ("测量日期", "Day of measuring"),
        constraint=". <= today()",
        message=("测量日期不能在今天以后。", "The day of measuring cannot be after today."),
    )
    yield _question("geopoint", "place", ("位置", "Place"), required=False)


def _repeat(pack: Pack, sheet: Sheet, items: list[Item]) -> Iterator[Row]:
    yield _labelled("begin_repeat", "item", ("一项一项地填", "Item by item"))
    yield _question("select_one items", "item_code", ("是什么", "What it is"), appearance="minimal")
    quantity = "''"
    for kind in reversed(sheet.kinds):
        quantity = f"if({_is_of(kind, items)}, {_quantity(kind)}, {quantity})"
    for kind in sheet.kinds:
        yield from _group(pack, kind, items)
    yield {"type": "calculate", "name": "quantity", "calculation": quantity}
    yield _labelled("note", "shown", ("数量：${quantity}", "Quantity: ${quantity}"))
    yield _question("text", "remark", ("备注", "Remark"), required=False)
    yield {"type": "end_repeat", "name": "item"}


def _is_of(kind: Kind, items: Iterable[Item]) -> str:
    """Whether the item that is chosen is measured in this way, asked from beside the choice."""
    codes = " ".join(item.code for item in items if kind.takes(item))
    return f"contains(' {codes} ', concat(' ', ../item_code, ' '))"


def _quantity(kind: Kind) -> str:
    answered = " and ".join(f"../{kind.id}/{one.name} != ''" for one in kind.measures)
    value = decimal_text(quantity_formula(kind), lambda name: f"../{kind.id}/{name}")
    return f"if({answered}, {value}, '')"


def _group(pack: Pack, kind: Kind, items: Iterable[Item]) -> Iterator[Row]:
    relevant = _is_of(kind, items)
    yield _labelled("begin_group", kind.id, ("量一量", "Measure it"), relevant=relevant)
    for asked in (*kind.measures, *kind.attributes):
        yield _asked(pack, asked)
    for name in photograph_names(kind):
        yield _question(
            "image",
            name,
            ("照片", "Photograph"),
            hint=(kind.photographs.of_zh, kind.photographs.of_en),
            parameters=_PIXELS,
        )
    yield {"type": "end_group", "name": kind.id}


def _asked(pack: Pack, asked: Input) -> Row:
    """A measure or an attribute: a number within its range and decimals, a day, or a choice."""
    unit = pack.units.get(asked.unit)
    zh, en = (unit.zh, unit.en) if unit else (asked.unit, asked.unit)
    title = asked.title_zh + (f"（{zh}）" if zh else ""), asked.title_en + (f" ({en})" if en else "")
    if asked.choices:
        return _question(f"select_one {asked.name}", asked.name, title)
    if asked.is_day:
        low, high = day_text(int(asked.low)), day_text(int(asked.high))
        return _question(
            "date",
            asked.name,
            title,
            constraint=f". >= date('{low}') and . <= date('{high}')",
            message=(f"从 {low} 到 {high}。", f"From {low} to {high}."),
        )
    low, high = f"{asked.low:f}", f"{asked.high:f}"
    within = f". >= {low} and . <= {high}"
    if not asked.scale:
        message = (f"从 {low} 到 {high} 的整数。", f"A whole number from {low} to {high}.")
        return _question("integer", asked.name, title, constraint=within, message=message)
    decimals = f"regex(string(.), '^[0-9]+([.][0-9]{{1,{asked.scale}}})?$')"
    message = (
        f"从 {low} 到 {high}，最多 {asked.scale} 位小数。",
        f"From {low} to {high}, with at most {asked.scale} decimals.",
    )
    return _question("decimal", asked.name, title, constraint=f"{within} and {decimals}", message=message)


def _ending(pack: Pack) -> Iterator[Row]:
    """Who was there and signs; a household may refuse, with its reason and before a witness."""
    for name in pack.survey.present:
        yield _labelled("begin_group", name, PRESENT[name])
        yield _question("text", "name", ("姓名", "Name"))
        if name != HOUSEHOLD:
            yield _organisation(name)
            yield _signature("")
            yield {"type": "end_group", "name": name}
            continue
        yield _question("select_one yes_no", "refused", ("不签字", "Refuses to sign"))
        yield _question("text", "reason", ("不签字的理由", "Why it refuses"), relevant="../refused = 'yes'")
        yield _question(
            "text", "witness", ("见证人", "Witness of the refusal"), relevant="../refused = 'yes'"
        )
        yield _signature("../refused = 'no'")
        yield {"type": "end_group", "name": name}


def _organisation(name: str) -> Row:
    """Of which organisation somebody is; the second surveyor of another one than the first."""
    if name != SECOND:
        return _question("text", "organisation", ("单位", "Organisation"))
    return _question(
        "text",
        "organisation",
        ("单位", "Organisation"),
        constraint=f". != ../../{MEASURER}/organisation",
        message=("两个人要来自两个单位。", "The two must be of two organisations."),
    )


def _signature(relevant: str) -> Row:
    return _question("image", "signature", ("签名", "Signature"), relevant=relevant, appearance="signature")


def _choices(sheet: Sheet, items: Iterable[Item]) -> Iterator[Row]:
    for item in items:
        yield _choice("items", item.code, (item.name_zh, item.name_en))
    seen: set[str] = set()
    for kind in sheet.kinds:
        for attribute in kind.attributes:
            if attribute.choices and attribute.name not in seen:
                seen.add(attribute.name)
                for key, both in attribute.choices.items():
                    yield _choice(attribute.name, key, both)
    yield _choice("yes_no", "no", ("否，签字", "No, signs"))
    yield _choice("yes_no", "yes", ("是，不签", "Yes, refuses"))


def _choice(name: str, key: str, both: Both) -> Row:
    return {"list_name": name, "name": key} | _in_both("label", both)


def _labelled(kind: str, name: str, label: Both, **more: str) -> Row:
    return {"type": kind, "name": name, **more} | _in_both("label", label)


def _question(
    kind: str,
    name: str,
    label: Both,
    *,
    required: bool = True,
    hint: Both | None = None,
    message: Both | None = None,
    **more: str,
) -> Row:
    row = _labelled(kind, name, label) | {key: value for key, value in more.items() if value}
    if required:
        row |= {"required": "yes"} | _in_both("required_message", _REQUIRED)
    if hint:
        row |= _in_both("hint", hint)
    if message:
        row |= _in_both("constraint_message", message)
    return row


def _in_both(column: str, both: Both) -> Row:
    return {f"{column}::{language}": text for language, text in zip(LANGUAGES.values(), both, strict=True)}
