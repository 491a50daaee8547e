"""核算事实表: what a pack asks about the households of one place and their items, out as a spreadsheet and in again.

One sheet for households and one for items; a row each, a column for each fact. An empty cell says nothing: what stands
stays. Every cell is checked against the pack's own rule for it before anything is entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.fact_values import fact_fault
from yixian.engines.spreadsheets.archive import FileFault, open_archive
from yixian.engines.spreadsheets.page_form import (
    PageForm,
    PageTooLarge,
    UnreadablePage,
    column_letters,
    page_form,
)
from yixian.inventory.actions.record_facts import FactKey, requested_facts
from yixian.inventory.queries import household_facts_in_reach, item_facts_in_reach, items_in_reach
from yixian.inventory.requested_facts import requested_of_household, requested_of_item
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.lazy_imports import xlsxwriter
from yixian.registry.access import below, household_scope
from yixian.registry.models import Area
from yixian.workbook.fact_cells import choice_meant, day_meant, fact_text, is_cut

HOUSEHOLDS, ITEMS = "移民户", "实物指标"
_KEYS = {HOUSEHOLDS: "household_no", ITEMS: "line_no"}
_NAMES_ROW, _FIRST_ROW = 2, 3
_CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A spreadsheet's own numbers are exact up to fifteen digits."""


@dataclass(frozen=True, slots=True)
class FactSheetFault:
    """What is wrong with a cell: a rule of `FactFault`, or one of the words below. ``row`` counts from 1."""

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    declared: Input | None = None


(
    UNKNOWN_ROW,
    TWICE,
    NOT_ASKED,
    UNKNOWN_COLUMN,
    COLUMN_TWICE,
    NO_SHEET,
    UNREADABLE,
    CUT,
    FORMULA,
    ERROR,
    MERGED,
) = (
    "unknown_row",
    "twice",
    "not_asked",
    "unknown_column",
    "column_twice",
    "no_sheet",
    "unreadable",
    "cut",
    "formula",
    "error",
    "merged",
)


def households_in(actor: Actor, area: Area, on: date) -> int:
    """How many households in reach a place has on a day."""
    return int(_households(actor, area, on).count())


def write_facts(actor: Actor, area: Area, pack: Pack, *, on: date, lang: str) -> tuple[bytes, list[int]]:
    """The spreadsheet of a place with what stands on a day, ready to be filled in; and the ids of its households."""
    homes = list(_households(actor, area, on).select_related("head", "area").order_by("household_no"))
    lines = items_in_reach(actor, on=on, household_ids=[one.pk for one in homes]).select_related("household")
    own = household_facts_in_reach(actor, on=on)
    of_items = item_facts_in_reach(actor, on=on)
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "核算事实表", "created": _CREATED})
        sheets = _Writer(book, lang)
        about = [
            ("household_no", "户号", "Household no."),
            ("head", "户主", "Head"),
            ("place", "住址", "Place"),
        ]
        rows = [
            (
                [one.household_no, one.head.name if one.head else "", one.area.label],
                own.get(one.household_no, {}),
                None,
            )
            for one in homes
        ]
        sheets.add(HOUSEHOLDS, about, requested_of_household(pack), rows)
        about = [
            ("line_no", "行号", "Line"),
            ("household_no", "户号", "Household no."),
            ("item", "项目", "Item"),
            ("quantity", "数量", "Quantity"),
        ]
        fields = {name: one for name, one in pack.item_inputs.items() if name != "quantity"}
        lined: list[tuple[list[str], Mapping[str, str], Mapping[str, Input]]] = [
            (
                [
                    line.line_no,
                    line.household.household_no,
                    _item_name(pack, line.item_code, lang),
                    f"{line.quantity.normalize():f}",
                ],
                of_items.get(line.line_no, {}),
                requested_of_item(pack, line.item_code),
            )
            for line in lines.order_by("household__household_no", "line_no")
        ]
        sheets.add(ITEMS, about, fields, lined)
    return written.getvalue(), [one.pk for one in homes]


def read_facts(
    content: BinaryIO, actor: Actor, area: Area, pack: Pack, *, on: date
) -> tuple[dict[str, dict[FactKey, str]], list[FactSheetFault]]:
    """What a filled-in spreadsheet says, by household number, and everything that is wrong with it."""
    try:
        with open_archive(content) as archive:
            content.seek(0)
            book = CalamineWorkbook.from_filelike(content)
            names = [name for name in book.sheet_names if name in _KEYS]
            forms = {name: page_form(archive.page(name)) for name in names}
            grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (FileFault, CalamineError, UnreadablePage, PageTooLarge):
        return {}, [FactSheetFault("", 0, "", "", UNREADABLE)]
    homes = list(_households(actor, area, on))
    asked = requested_facts(homes, pack, on)
    numbers = {one.pk: one.household_no for one in homes}
    known: dict[str, dict[str, tuple[str, dict[str, Input]]]] = {HOUSEHOLDS: {}, ITEMS: {}}
    for line_no, household_id in items_in_reach(actor, on=on, household_ids=list(numbers)).values_list(
        "line_no", "household_id"
    ):
        known[ITEMS][line_no] = (numbers[household_id], {})
    for household_id, fields in asked.items():
        number = numbers[household_id]
        known[HOUSEHOLDS][number] = (number, {})
        for key, declared in fields.items():
            sheet, row = (ITEMS, key.line_no) if key.line_no else (HOUSEHOLDS, number)
            known[sheet].setdefault(row, (number, {}))[1][key.name] = declared
    reader = _Reader(pack, known)
    for sheet in _KEYS:
        reader.read(sheet, grids.get(sheet), forms.get(sheet))
    return {number: dict(facts) for number, facts in reader.found.items()}, reader.faults


def _households(actor: Actor, area: Area, on: date) -> Any:
    return household_scope(actor).filter(in_force(on)).filter(below(area.path))


def _item_name(pack: Pack, code: str, lang: str) -> str:
    return pack.items[code].name(lang) if code in pack.items else code


class _Writer:
    """Sheets with a head in words, a head in names, and a column for each fact."""

    def __init__(self, book: Any, lang: str) -> None:
        self._book, self._lang = book, lang
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._names = book.add_format({"font_color": "#8b8f8a"})
        self._text = book.add_format({"num_format": "@"})
        self._not_asked = book.add_format({"bg_color": "#ecebe6"})

    def add(
        self,
        name: str,
        about: Sequence[tuple[str, str, str]],
        fields: Mapping[str, Input],
        rows: Iterable[tuple[Sequence[str], Mapping[str, str], Mapping[str, Input] | None]],
    ) -> None:
        """One sheet. The third part of a row says which of the fields are asked there; None: all."""
        sheet = self._book.add_worksheet(name)
        heads = [zh if self._lang == "zh" else en for _key, zh, en in about]
        heads += [self._title(declared) for declared in fields.values()]
        names = [key for key, _zh, _en in about] + list(fields)
        for column, (head, key) in enumerate(zip(heads, names, strict=True)):
            sheet.write_string(0, column, head, self._head)
            sheet.write_string(1, column, key, self._names)
        sheet.freeze_panes(_NAMES_ROW, 1)
        sheet.set_column(0, len(about) - 1, 20)
        sheet.set_column(len(about), len(heads), 16)
        last = _NAMES_ROW
        for last, (cells, stands, asked) in enumerate(rows, _NAMES_ROW):
            for column, cell in enumerate(cells):
                sheet.write_string(last, column, cell)
            for column, (key, declared) in enumerate(fields.items(), len(about)):
                if asked is not None and key not in asked:
                    sheet.write_blank(last, column, None, self._not_asked)
                    continue
                value = stands.get(key, "")
                told = declared.choice(value, self._lang) if declared.choices and value else value
                sheet.write_string(last, column, told, self._text)
        for column, declared in enumerate(fields.values(), len(about)):
            choices = [declared.choice(one, self._lang) for one in declared.choices]
            if choices and len(",".join(choices)) < 255:
                sheet.data_validation(
                    _NAMES_ROW, column, max(last, _NAMES_ROW), column, {"validate": "list", "source": choices}
                )

    def _title(self, declared: Input) -> str:
        title = declared.title(self._lang)
        return f"{title}（{declared.unit}）" if declared.unit and self._lang == "zh" else title


class _Reader:
    """Reads both sheets; ``found`` by household number, ``faults`` in the order of the cells."""

    def __init__(
        self, pack: Pack, known: Mapping[str, Mapping[str, tuple[str, Mapping[str, Input]]]]
    ) -> None:
        self._known = known
        names = {HOUSEHOLDS: requested_of_household(pack), ITEMS: dict(pack.item_inputs)}
        self._fields = {
            sheet: {name for name in fields if name != "quantity"} for sheet, fields in names.items()
        }
        self.found: dict[str, dict[FactKey, str]] = defaultdict(dict)
        self.faults: list[FactSheetFault] = []

    def read(self, sheet: str, grid: list[list[Any]] | None, form: PageForm | None) -> None:
        """One sheet; one that the pack asks nothing of may be missing."""
        if not grid or form is None or len(grid) < _NAMES_ROW:
            if self._fields[sheet]:
                self.faults.append(FactSheetFault(sheet, 0, "", "", NO_SHEET))
            return
        heads = [str(cell).strip() for cell in grid[0]]
        names = [str(cell).strip() for cell in grid[1]]
        if _KEYS[sheet] not in names:
            self.faults.append(FactSheetFault(sheet, _NAMES_ROW, _KEYS[sheet], "", UNKNOWN_COLUMN))
            return
        doubled = {
            name for name in names if name in {_KEYS[sheet], *self._fields[sheet]} and names.count(name) > 1
        }
        self.faults += [FactSheetFault(sheet, _NAMES_ROW, name, "", COLUMN_TWICE) for name in sorted(doubled)]
        self._note_form(sheet, form, heads)
        if doubled:
            return
        key_column = names.index(_KEYS[sheet])
        seen: set[str] = set()
        for number, row in enumerate(grid[_NAMES_ROW:], _FIRST_ROW):
            key = str(row[key_column]).strip()
            values = [
                (heads[column], name, row[column])
                for column, name in enumerate(names)
                if name in self._fields[sheet] and fact_text(row[column])
            ]
            if not key and not values:
                continue
            known = self._known[sheet].get(key)
            if known is None or key in seen:
                rule = TWICE if known else UNKNOWN_ROW
                self.faults.append(FactSheetFault(sheet, number, heads[key_column], key, rule))
                continue
            seen.add(key)
            self._row(sheet, number, key, known, values)

    def _note_form(self, sheet: str, form: PageForm, heads: list[str]) -> None:
        """Cells whose value nobody wrote there: it is a formula's, an error's, or the first of a merged region's."""
        merged = [(region.first, region.column) for region in form.merged]
        for rule, places in ((FORMULA, form.formulas), (ERROR, form.lone_errors), (MERGED, merged)):
            for row, column in places:
                if row >= _FIRST_ROW:
                    head = heads[column] if column < len(heads) else column_letters(column)
                    self.faults.append(FactSheetFault(sheet, row, head, "", rule))

    def _row(
        self,
        sheet: str,
        number: int,
        key: str,
        known: tuple[str, Mapping[str, Input]],
        values: list[tuple[str, str, Any]],
    ) -> None:
        household_no, asked = known
        for head, name, cell in values:
            declared, text = asked.get(name), fact_text(cell)
            if declared is None:
                self.faults.append(FactSheetFault(sheet, number, head, text, NOT_ASKED))
                continue
            value = day_meant(text) if declared.is_day else choice_meant(declared, text)
            rule = CUT if is_cut(cell) else fact_fault(declared, value)
            if rule is not None:
                self.faults.append(FactSheetFault(sheet, number, head, text, str(rule), declared))
                continue
            self.found[household_no][FactKey("" if sheet == HOUSEHOLDS else key, name)] = value
