"""单行检查: one row of the register as it was typed, checked like a row of a workbook beside what the register holds near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yixian.engines.entitlements import Pack
from yixian.kernel.crypto import keyring
from yixian.kernel.errors import Invalid
from yixian.policies.queries import latest_registered_pack, pack_in_force
from yixian.workbook.access import Reach
from yixian.workbook.differences import Plan, SheetPlan, compare
from yixian.workbook.editable_rows import EditableRow
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.register_keys import Portion, RegisterKeys, read_register_keys
from yixian.workbook.register_rows import row_key
from yixian.workbook.rules import check_rules
from yixian.workbook.rules.household_rules import ACCOUNT_PURPOSE
from yixian.workbook.rules.identities import id_index
from yixian.workbook.rules.item_units import ITEMS, tell_units
from yixian.workbook.schema import SHEETS, Kind, sheet
from yixian.workbook.staging import MAY_LIE_AHEAD, Row, Staged
from yixian.workbook.workbook_cells import WorkbookCellFault, parse_cell


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row without a fault: the plan that holds it alone, what is unusual in it, and the policy that names its items."""

    plan: Plan
    row: Row
    columns: tuple[str, ...]
    """The columns in which a known row would differ; of a new one, what may be typed."""
    notes: Sequence[ImportFault]
    pack: Pack | None


def checked_row(row: EditableRow, typed: Mapping[str, str], reach: Reach, *, on: date) -> CheckedRow:
    """What would be entered if a row said what was typed. Raises `Invalid` with every fault: the first at its field."""
    pack = policy_for(row, on)
    staged = _staged(row, typed, on)
    (staged_row,) = staged.of(row.sheet)
    if not staged.faults:
        check_rules(staged, _keys(row, staged_row, reach), pack, today=on)
    elif row.sheet == ITEMS and pack is not None:
        tell_units(staged, pack)
    staged.put_in_order()
    if staged.faults:
        raise _faulty(staged.faults)
    page = sheet(row.sheet)
    plan: Plan = {one.key: SheetPlan() for one in SHEETS}
    own = compare(page, staged, {} if row.is_new else {row_key(page, row.values): row.values})
    plan[row.sheet] = own
    columns = tuple(column.key for column in row.columns) if row.is_new else ()
    for change in own.changed:
        columns = change.columns
    return CheckedRow(plan, staged_row, columns, staged.notes, pack)


def policy_for(row: EditableRow, on: date) -> Pack | None:
    """The policy that names a row's items: in force where it lies; before any is, the one registered last."""
    found = pack_in_force(row.path, on)
    return found[1] if found else latest_registered_pack()


def _staged(row: EditableRow, typed: Mapping[str, str], on: date) -> Staged:
    """The row with typed values, what is not typed as it stands; the faults of single cells."""
    made = Row(1, dict(row.values))
    staged = Staged({row.sheet: [made]})
    for column in row.columns:
        text = typed.get(column.key, "")
        try:
            made.values[column.key] = parse_cell(column, text)
        except WorkbookCellFault as fault:
            made.faulty = True
            staged.faults.append(ImportFault(row.sheet, 1, column.key, fault.rule, text, fault.params))
            continue
        value = made.values[column.key]
        if column.kind == Kind.DATE and value and value > on and column.key not in MAY_LIE_AHEAD:
            staged.fault(row.sheet, made, column.key, "cell.future")
    return staged


def _keys(row: EditableRow, made: Row, reach: Reach) -> RegisterKeys:
    """What the register holds near the row: its household and members, whoever bears the same ID number or is paid into the
    same account."""
    households, persons = Q(pk=0), Q(pk=0)
    if row.household is not None:
        households = Q(pk=row.household.pk)
        persons = Q(memberships__household=row.household)
    if account := made.values.get("bank_account"):
        households |= Q(bank_index=keyring().blind_index(account, purpose=ACCOUNT_PURPOSE))
    if number := made.values.get("id_number"):
        persons |= Q(id_index=id_index(number))
    if person_no := made.values.get("person_no"):
        persons |= Q(person_no=person_no)
    helpers = Q(helper_no=made.values.get("helper_no", ""))
    persons |= Q(helper__helper_no=made.values.get("helper_no", ""))
    return read_register_keys(reach, Portion(households, persons, helpers))


def _faulty(faults: Sequence[ImportFault]) -> Invalid:
    first, *others = faults
    named = [f"{fault.header}: {fault.message} {fault.advice}".removeprefix(": ") for fault in others]
    return Invalid(
        "row.faulty",
        _("%(wrong)s %(advice)s"),
        field=first.column,
        wrong=first.message,
        advice=first.advice,
        sentences=named,
    )
