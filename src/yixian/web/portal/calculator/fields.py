"""表格: the form as it is drawn, made from the pack: its inputs with their units and ranges, and every row with its faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yixian.domain.policy import Input
from yixian.engines.entitlements import OneProblem, Pack, line_title, unit_after
from yixian.engines.entitlements.one_household import MISSING, NO_CHOICE, NOT_A_DAY, NOT_A_NUMBER, TOO_FINE
from yixian.kernel.languages import language
from yixian.web.item_titles import kind_label, kind_of
from yixian.web.portal.calculator.entered import Entered, EnteredRow
from yixian.web.portal.calculator.offering import Option, alike

QUANTITY = "quantity"
"""The fact that an item's own unit belongs to."""

_ITEM_REASONS = {
    "unknown_item": gettext_lazy(
        "This policy does not know this thing. Take the row away, or choose another."
    ),
    "no_price": gettext_lazy("No price is decided for this on this day. Nobody can promise one."),
    "no_rule": gettext_lazy("No rule is decided for this on this day. Nobody can promise anything for it."),
    "no_factor": gettext_lazy("A number that this needs is not decided for this day."),
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: a number, or a choice where it has ``options``. ``keys`` names the keyboard that a phone shows."""

    name: str
    label: str
    unit: str
    value: str
    hint: str = ""
    fault: str = ""
    keys: str = "decimal"
    options: Sequence[Option] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row with its fields. ``title`` says what it is, ``options`` what it may be changed to."""

    number: int
    prefix: str
    code: str
    title: str
    kind: str
    line_id: str
    options: Sequence[Option]
    fields: Sequence[FieldView]
    faults: Sequence[str] = field(default_factory=list)


def household_fields(
    pack: Pack, entered: Entered, problems: Sequence[OneProblem]
) -> tuple[list[FieldView], list[str]]:
    """The zone and the household's facts; and what is wrong with the household as a whole."""
    faults = {
        name: wrong for problem in problems if not problem.line_id for name, wrong in problem.faults.items()
    }
    found = [_zone(pack, entered, problems)] if pack.zones else []
    for name, declared in pack.household_inputs.items():
        value = entered.facts.get(name, "")
        found.append(_field(f"home-{name}", declared, value, faults.get(name, ""), hint=_range(declared)))
    return found, _undecided(pack, problems)


def row_views(pack: Pack, entered: Entered, problems: Mapping[int, Sequence[OneProblem]]) -> list[RowView]:
    """Every row, with the problems at its position."""
    return [
        _row(pack, position, row, problems.get(position, ())) for position, row in enumerate(entered.rows)
    ]


def _row(pack: Pack, position: int, row: EnteredRow, problems: Sequence[OneProblem]) -> RowView:
    item, prefix = pack.items.get(row.item_code), f"row-{position}"
    faults = {name: wrong for problem in problems for name, wrong in problem.faults.items()}
    fields = []
    for name, declared in pack.item_inputs.items():
        if item is None or not declared.is_of(item.category):
            continue
        unit = unit_after(pack, "2", item.unit, language()) if name == QUANTITY else ""
        value = row.facts.get(name, "")
        fields.append(_field(f"{prefix}-{name}", declared, value, faults.get(name, ""), unit=unit))
    reasons = [problem.code for problem in problems if not (problem.code == "no_factor" and faults)]
    return RowView(
        number=position + 1,
        prefix=prefix,
        code=row.item_code,
        title=item.name(language()) if item else row.item_code,
        kind=kind_label(kind_of(item.category)) if item else "",
        line_id=row.line_id,
        options=alike(pack, item) if item else (),
        fields=fields,
        faults=[str(_ITEM_REASONS[code]) for code in reasons if code in _ITEM_REASONS],
    )


def _zone(pack: Pack, entered: Entered, problems: Sequence[OneProblem]) -> FieldView:
    wrong = any(problem.code == "unknown_zone" for problem in problems)
    return FieldView(
        name="zone",
        label=_("Price zone"),
        unit="",
        value=entered.zone,
        fault=_("Please choose.") if wrong else "",
        options=[(key, words[language() != "zh"]) for key, words in pack.zones.items()],
        empty=_("Please choose"),
    )


def _field(
    name: str, declared: Input, value: str, wrong: str, *, unit: str = "", hint: str = ""
) -> FieldView:
    own_unit = declared.unit if language() == "zh" else ""
    whole = not declared.scale and declared.low >= 0 and not declared.is_day
    return FieldView(
        name=name,
        label=declared.title(language()),
        unit=unit or own_unit,
        value=value,
        hint=hint,
        fault=_said(wrong, declared),
        keys="numeric" if whole else "decimal" if declared.low >= 0 and not declared.is_day else "text",
        options=[(key, declared.choice(key, language())) for key in declared.choices],
        empty=_as_usual(declared),
    )


def _as_usual(declared: Input) -> str:
    """What stands in a choice that was not made."""
    if not declared.choices:
        return ""
    if declared.default:
        return _("As usual: %(choice)s") % {"choice": declared.choice(declared.default, language())}
    return _("Please choose")


def _said(wrong: str, declared: Input) -> str:
    """What is wrong with a fact, and what to do."""
    if not wrong:
        return ""
    if declared.is_day and wrong in {MISSING, NOT_A_DAY}:
        return _("Write the day like this: 2024-03-01.")
    if wrong == MISSING:
        return _("Please fill this in; write 0 if there is none.")
    if wrong == NO_CHOICE:
        return _("Please choose.")
    if wrong == NOT_A_NUMBER:
        return _("This is not a number. Write digits, such as 86.4.")
    if wrong == TOO_FINE:
        if not declared.scale:
            return _("Write a whole number.")
        return ngettext(
            "At most %(count)s digit after the point.",
            "At most %(count)s digits after the point.",
            declared.scale,
        ) % {"count": declared.scale}
    return _range(declared)


def _range(declared: Input) -> str:
    if declared.choices:
        return ""
    low, high = (
        declared.limit_text(limit) if declared.is_day else _plain(limit)
        for limit in (declared.low, declared.high)
    )
    return _("From %(low)s to %(high)s.") % {"low": low, "high": high}


def _plain(value: Decimal) -> str:
    return f"{value:,f}"


def _undecided(pack: Pack, problems: Sequence[OneProblem]) -> list[str]:
    """Which rules for the household as a whole rest on something that is not decided."""
    missing = any(problem.faults or problem.code == "unknown_zone" for problem in problems)
    rules = {
        problem.line_id: problem.code
        for problem in problems
        if problem.line_id and problem.code in {"no_price", "no_factor"}
    }
    found = []
    for rule, code in rules.items():
        if code == "no_factor" and missing:
            continue
        title = line_title(pack, rule, "", language())
        found.append(_("%(rule)s: what it needs is not decided for this day.") % {"rule": title})
    return found
