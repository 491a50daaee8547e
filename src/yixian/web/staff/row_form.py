"""登记表单: the fields of one row of the register, made from the workbook's own columns, with why and by which document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.kernel.languages import language
from yixian.web.forms import day_field
from yixian.web.item_titles import CATEGORIES, kind_label, kind_of
from yixian.web.ui.forms import ActionForm, reason_field
from yixian.workbook.actions.edit_row import Grounds
from yixian.workbook.editable_rows import EditableRow
from yixian.workbook.row_words import typed_of
from yixian.workbook.schema import Column, Kind

_BY_TWO = _("A second person agrees to a change of this.")
_NUMBERS = {Kind.PHONE: "tel", Kind.ACCOUNT: "numeric", Kind.DECIMAL: "decimal", Kind.WHOLE: "numeric"}
_GROUNDS = ("document_no", "document_date", "reason")


class RowForm(ActionForm):
    """One row: what it says from now on. The document may be empty where no money hangs on what is changed."""

    document_no = forms.CharField(
        label=_("Number of the document"),
        max_length=120,
        required=False,
        help_text=_(
            "The survey sheet, decision or certificate that shows it; needed where a second person agrees"
        ),
    )
    document_date = day_field(label=_("Day of the document"), required=False)
    reason = reason_field(_("Why it changes what stands"))

    def __init__(self, row: EditableRow, pack: Pack | None, data: Any = None) -> None:
        super().__init__(data, initial=_initial(row))
        self.row = row
        for column in row.columns:
            self.fields[column.key] = _field(column, row, pack)
        self.order_fields([*(column.key for column in row.columns), *_GROUNDS])

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, by column, and the grounds."""
        typed = {column.key: _typed(values[column.key]) for column in self.row.columns}
        grounds = Grounds(values["reason"], values["document_no"], values["document_date"])
        return {"typed": typed, "grounds": grounds}


def _initial(row: EditableRow) -> dict[str, Any]:
    said = {column.key: typed_of(row, column.key) for column in row.columns}
    for column in row.columns:
        if column.kind == Kind.LANGUAGES:
            said[column.key] = said[column.key].split(",")  # type: ignore[assignment]
    return said


def _typed(value: Any) -> str:
    """What a field gave, as a cell would hold it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _field(column: Column, row: EditableRow, pack: Pack | None) -> forms.Field:
    lang = language()
    label = column.zh if lang == "zh" else column.en
    options: dict[str, Any] = {"label": label, "required": column.required}
    if column.decides_money and not row.is_new:
        options["help_text"] = _BY_TWO
    elif column.kind == Kind.WHOLE:
        options["help_text"] = column.help_zh if lang == "zh" else column.help_en
    if column.key == "item_code" and pack is not None:
        return forms.ChoiceField(choices=_items(pack, row, lang), **options)
    if column.kind == Kind.DATE:
        return day_field(**options)
    if column.kind == Kind.LANGUAGES:
        words = [(code, _word(pair, lang)) for code, pair in column.choices.items()]
        return forms.MultipleChoiceField(choices=words, widget=forms.CheckboxSelectMultiple, **options)
    if column.choices:
        words = [(code, _word(pair, lang)) for code, pair in column.choices.items()]
        blank = [] if column.required and not row.is_new else [("", "—")]
        return forms.ChoiceField(choices=[*blank, *words], **options)
    attributes = {"autocomplete": "off"}
    if column.kind in _NUMBERS:
        attributes["inputmode"] = _NUMBERS[column.kind]
    return forms.CharField(
        max_length=column.length, widget=forms.TextInput(attrs=attributes), **options, strip=True
    )


def _word(pair: tuple[str, str], lang: str) -> str:
    zh, en = pair
    return zh if lang == "zh" else en[:1].upper() + en[1:]


def _items(pack: Pack, row: EditableRow, lang: str) -> list[Any]:
    """The things that the policy knows, by their kinds, each with the unit it is counted in; one it does not know as it is."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, item in pack.items.items():
        unit = pack.units.get(item.unit)
        named = (unit.zh if lang == "zh" else unit.en) if unit else ""
        groups[kind_of(str(item.category))].append(
            (code, f"{item.name(lang)}（{named}）" if named else item.name(lang))
        )
    kinds = sorted(
        groups, key=lambda kind: list(CATEGORIES).index(kind) if kind in CATEGORIES else len(CATEGORIES)
    )
    found: list[Any] = [(kind_label(kind), groups[kind]) for kind in kinds]
    own = str(row.values["item_code"] or "")
    if not own or own not in pack.items:
        found.insert(0, (own, own or "—"))
    return found
