"""实物调查规则的读取: a pack's survey.yaml, read with the places where everything stands (`survey_check` checks it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import TITLES, Kind, Photographs, PostingRound, PostingRules, Sheet, Survey
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import Faults, Located, Placed

SCALES = frozenset("0123456")
_TOLERANCE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class PlacedKind:
    """How items are measured, with its places and those of its measures and attributes."""

    row: Placed[Kind]
    measures: list[Placed[Input]]
    attributes: list[Placed[Input]]


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """A sheet with its places and those of its kinds."""

    row: Placed[Sheet]
    kinds: list[PlacedKind]


@dataclass(frozen=True, slots=True)
class SurveyParts:
    """What was read of survey.yaml; ``survey`` is the whole of it."""

    survey: Survey
    sheets: tuple[PlacedSheet, ...] = ()
    present: tuple[Located, ...] = ()
    rounds: tuple[Placed[PostingRound], ...] = ()
    posting: Placed[PostingRules] | None = None
    tolerances: Mapping[str, Located] | None = None


def read_survey(source: Located, facts: Mapping[str, Input], faults: Faults) -> SurveyParts:
    """What survey.yaml says; ``facts`` are the declared facts of items, which an attribute may be."""
    form = Form(source, faults)
    sheets = tuple(_sheet(entry, facts, faults) for entry in form.list("sheets"))
    present = tuple(form.list("present"))
    rounds, posting = _posting(form, faults)
    tolerances = form.mapping("tolerances")
    survey = Survey(
        sheets=tuple(one.row.value for one in sheets),
        present=tuple(one.text for one in present),
        posting=posting.value if posting else PostingRules(),
        tolerances={name: _share(value, faults) for name, value in tolerances.items()},
        code=form.text("code", default=""),
    )
    if not sheets:
        faults.add(form.place, "pack.missing", name="sheets")
    form.done()
    return SurveyParts(survey, sheets, present, rounds, posting, tolerances)


def _sheet(entry: Located, facts: Mapping[str, Input], faults: Faults) -> PlacedSheet:
    form = Form(entry, faults)
    title_zh, title_en = form.both("title")
    kinds = [_kind(item, facts, faults) for item in form.list("items")]
    sheet = Sheet(
        id=form.text("id"),
        title_zh=title_zh,
        title_en=title_en,
        categories=tuple(one.text for one in form.list("categories")),
        kinds=tuple(kind.row.value for kind in kinds),
    )
    if not kinds:
        faults.add(form.place, "pack.missing", name="items")
    form.done()
    return PlacedSheet(form.placed(sheet), kinds)


def _kind(entry: Located, facts: Mapping[str, Input], faults: Faults) -> PlacedKind:
    form = Form(entry, faults)
    measures = [_measure(one, faults) for one in form.list("measures")]
    attributes = [_attribute(one, facts, faults) for one in form.list("attributes")]
    kind = Kind(
        id=form.text("id"),
        categories=tuple(one.text for one in form.list("categories")),
        items=tuple(one.text for one in form.list("items")),
        measures=tuple(one.value for one in measures),
        quantity=form.text("quantity"),
        photographs=_photographs(form),
        attributes=tuple(one.value for one in attributes),
    )
    if not measures:
        faults.add(form.place, "pack.missing", name="measures")
    form.done()
    return PlacedKind(form.placed(kind), measures, attributes)


def _measure(entry: Located, faults: Faults) -> Placed[Input]:
    """``{name: length, title: {zh, en}, unit: m, digits: "2", least: "0.5", most: "100"}``; the usual ones need no title."""
    form = Form(entry, faults)
    name = form.text("name")
    title_zh, title_en = TITLES[name] if name in TITLES and not form.has("title") else form.both("title")
    scale = _digits(form, faults)
    measure = Input(
        name=name,
        title_zh=title_zh,
        title_en=title_en,
        unit=form.text("unit"),
        low=form.decimal("least", decimals=scale),
        high=form.decimal("most", decimals=scale),
        scale=scale,
    )
    form.done()
    return form.placed(measure)


def _attribute(entry: Located, facts: Mapping[str, Input], faults: Faults) -> Placed[Input]:
    """The name of a declared fact, or a number, a choice or a day of the sheet's own."""
    if entry.kind == "text":
        known = facts.get(entry.text)
        if known is None:
            faults.add(entry.place, "survey.fact", name=entry.text, known=", ".join(facts))
        nothing = Input(entry.text, "", "", "", Decimal(0), Decimal(0), 0)
        return Placed(known or nothing, entry.place, {"name": entry})
    form = Form(entry, faults)
    title_zh, title_en = form.both("title")
    choices = {}
    for key, value in form.mapping("choices").items():
        inner = Form(value, faults)
        choices[key] = inner.text("zh"), inner.text("en")
        inner.done()
    is_day = form.text("kind", default="") == "day"
    if form.has("kind") and not is_day:
        faults.add(form.where("kind").place, "input.kind")
    scale = 0 if choices or is_day else _digits(form, faults)
    attribute = Input(
        name=form.text("name"),
        title_zh=title_zh,
        title_en=title_en,
        unit=form.text("unit", default=""),
        low=_limit(form, "least", scale, is_day=is_day, is_choice=bool(choices)),
        high=_limit(form, "most", scale, is_day=is_day, is_choice=bool(choices)),
        scale=scale,
        choices=choices,
        is_day=is_day,
    )
    form.done()
    return form.placed(attribute)


def _limit(form: Form, key: str, scale: int, *, is_day: bool, is_choice: bool) -> Decimal:
    if is_choice:
        return Decimal(0)
    if is_day:
        day = form.day(key)
        return Decimal(day.toordinal() if day else 0)
    return form.decimal(key, decimals=scale)


def _digits(form: Form, faults: Faults) -> int:
    text = form.text("digits")
    if text in SCALES:
        return int(text)
    faults.add(form.where("digits").place, "pack.scale", name="digits")
    return 0


def _photographs(form: Form) -> Photographs:
    if not form.has("photographs"):
        return Photographs()
    inner = form.form("photographs")
    of_zh, of_en = inner.both("of")
    found = Photographs(inner.whole("least", 1, 9), of_zh, of_en)
    inner.done()
    return found


def _posting(
    form: Form, faults: Faults
) -> tuple[tuple[Placed[PostingRound], ...], Placed[PostingRules] | None]:
    if not form.has("posting"):
        return (), None
    inner = form.form("posting")
    rounds = tuple(_round(entry, faults) for entry in inner.list("rounds"))
    rules = PostingRules(
        rounds=tuple(one.value for one in rounds),
        objection_days=inner.whole("objection_days", 1, 366),
        recheck_days=inner.whole("recheck_days", 1, 366),
        document=inner.text("document", default=""),
        clause=inner.text("clause", default=""),
    )
    if not rounds:
        faults.add(inner.place, "pack.missing", name="rounds")
    inner.done()
    return rounds, inner.placed(rules)


def _round(entry: Located, faults: Faults) -> Placed[PostingRound]:
    form = Form(entry, faults)
    found = PostingRound(form.text("list"), form.whole("days", 1, 366), form.text("unit"))
    form.done()
    return form.placed(found)


def _share(value: Located, faults: Faults) -> Decimal:
    form = Form(Located(value.place, entries={"share": value}, kind="mapping"), faults)
    return form.decimal("share", decimals=_TOLERANCE_DECIMALS)
