"""账目各版查询: every version of a household's account, any of them whole, and two of them line by line."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.compensation.account_read_models import AccountLineView, StatementView
from yixian.compensation.choices import CaseOutcome, PaymentFrequency
from yixian.compensation.models import Statement, StatementLine
from yixian.compensation.queries.accounts import line_view, statement_view
from yixian.compensation.queries.change import changes_of
from yixian.compensation.version_read_models import ComparedLine, VersionComparison, VersionRow
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.prepared import prepared
from yixian.policies.queries import read_pack
from yixian.registry.access import Part, parts_for
from yixian.registry.models import Household

_Key = tuple[str, str, str, int]


def get_version(actor: Actor, household: Household, version: int) -> Statement:
    """One version of the account of a household in reach. Raises `NotFound`."""
    row = next((row for row in _rows(actor, household) if row.version == version), None)
    if row is None:
        raise NotFound("account.version_not_found", gettext_lazy("There is no such version of this account."))
    return row


def version_view(actor: Actor, household: Household, version: int, *, on: date) -> StatementView:
    """One version with its lines in words, whether it is in force or not. Raises `NotFound`."""
    row = get_version(actor, household, version)
    return statement_view(row, household.household_no, earlier=[], lang=language(), on=on)


def versions(actor: Actor, household: Household) -> list[VersionRow]:
    """Every version, the latest first, each with the sentence that says why it exists; none if there is none to see."""
    rows = _rows(actor, household)
    told = changes_of(actor, household, rows, language())
    return [_row(row, told[row.pk].sentence) for row in rows]


def current_account(actor: Actor, household: Household, *, on: date) -> tuple[StatementView | None, str]:
    """The account in force and the sentence that says why it is as it is, in the language of the page; None and no words
    if there is none to see.
    """
    rows = _rows(actor, household)
    current = next((row for row in rows if row.is_current), None)
    if current is None:
        return None, ""
    lang = language()
    view = statement_view(current, household.household_no, earlier=rows, lang=lang, on=on)
    return view, changes_of(actor, household, [current], lang)[current.pk].sentence


def compare_versions(actor: Actor, household: Household, old: int, new: int) -> VersionComparison:
    """Two versions, their lines matched by rule, item and surveyed thing; in the order of the newer. Raises `NotFound`."""
    rows = [get_version(actor, household, number) for number in (old, new)]
    before, after = (_by_key(row) for row in rows)
    keys = [*after, *(key for key in before if key not in after)]
    return VersionComparison(
        old=_row(rows[0], ""),
        new=_row(rows[1], ""),
        lines=[_compared(before.get(key), after.get(key)) for key in keys],
    )


def versions_compared(
    actor: Actor, household: Household, *, old: str, new: str
) -> tuple[list[VersionRow], VersionComparison | None]:
    """Every version, and the two asked for by number side by side (otherwise the latest and the one before it).

    Nothing is compared where there are not two.
    """
    rows = versions(actor, household)
    known = {str(row.version): row.version for row in rows}
    if not rows[1:]:
        return rows, None
    numbers = known.get(old, rows[1].version), known.get(new, rows[0].version)
    return rows, compare_versions(actor, household, *numbers)


def _rows(actor: Actor, household: Household) -> list[Statement]:
    if Part.ACCOUNT not in parts_for(actor, household):
        return []
    return _versions(household.pk)


@prepared
def _versions(household_id: int) -> QuerySet[Statement]:
    """The latest first, with what the sentence about a change needs."""
    rows = Statement.objects.filter(household=household_id).order_by("-version")
    return rows.select_related(
        "run__pack_version", "confirmed_by", "supersedes__run", "case__decision__decided_by"
    ).defer("run__pack_version__content", "confirmed_by__manifest", "supersedes__run__manifest")


def _row(row: Statement, change: str) -> VersionRow:
    return VersionRow(
        statement_id=row.pk,
        version=row.version,
        issued_at=row.issued_at,
        cause_label=str(row.get_cause_display()),
        status_label=str(row.get_status_display()),
        validity_label=_validity_label(row),
        is_current=row.is_current,
        total_fen=row.total_fen,
        monthly_fen=row.monthly_fen,
        yearly_fen=row.yearly_fen,
        change=change,
    )


def _validity_label(row: Statement) -> str:
    if row.is_current:
        return _("Current")
    case = getattr(row, "case", None)
    if case is None:
        return _("Replaced")
    if not hasattr(case, "decision"):
        return _("Waits for a decision")
    return _("Replaced") if case.decision.outcome == CaseOutcome.APPLY else _("Never in force")


def _by_key(row: Statement) -> dict[_Key, tuple[StatementLine, AccountLineView]]:
    pack, lang = read_pack(row.run.pack_version_id), language()
    found: dict[_Key, tuple[StatementLine, AccountLineView]] = {}
    times: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in row.lines.order_by("position"):
        key = (line.rule, line.item_code, line.line_no)
        found[(*key, times[key])] = line, line_view(line, pack, row.on_date, lang)
        times[key] += 1
    return found


def _compared(
    old: tuple[StatementLine, AccountLineView] | None, new: tuple[StatementLine, AccountLineView] | None
) -> ComparedLine:
    line, view = new or old or (None, None)
    if line is None or view is None:
        raise ValueError("a compared line stands in one of the two versions")
    return ComparedLine(
        title=view.title,
        paid_label=str(PaymentFrequency(line.paid).label) if line.paid in PaymentFrequency.values else "",
        old_sentence=old[1].sentence if old else "",
        new_sentence=new[1].sentence if new else "",
        old_fen=old[1].amount_fen if old else None,
        new_fen=new[1].amount_fen if new else None,
    )
