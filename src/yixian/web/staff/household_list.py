"""户列表: every household that somebody works with — searched, limited, sorted, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from yixian.compensation.choices import StatementStatus
from yixian.compensation.queries import account_total, accounts_of, households_by_account
from yixian.duty.queries import assigned_helpers_of_many, uncovered_households
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.search import read_aloud
from yixian.registry.access import Part, parts_for
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.choices import Language, Zone
from yixian.registry.queries import household_list
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import CODE, MONEY, NAMES, NUMBER, YUAN, Badge
from yixian.web.ui.filters import Choice, ListQuery, Place, Search, Toggle
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where

DIFFICULTIES = ((1, _("Manages well")), (2, _("Needs some help")), (3, _("Needs much help")))
"""How much help a household needs, in words."""

ACCOUNTS = (
    (StatementStatus.ISSUED, _("Issued")),
    (StatementStatus.WITHHELD, _("Withheld")),
    ("none", _("None yet")),
)
"""States of a household's account that can be filtered by."""


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household with its current account, as far as the reader may see it, and the names of those beside it."""

    household: Any
    account: Any
    assigned_helpers: Sequence[str]

    @property
    def name(self) -> str:
        """The head's name; the number where there is no head."""
        return str(self.household.head.name if self.household.head else self.household.household_no)

    @property
    def total_fen(self) -> int | None:
        """The account's total, in fen; None while there is none."""
        return self.account.total_fen if self.account else None

    @property
    def status(self) -> str:
        """The account's state in words."""
        return str(self.account.get_status_display()) if self.account else ""


def _rows(query: ListQuery) -> ResultSet[HouseholdRow]:
    """What was asked for; where nobody bears the name that was typed, those whose name sounds like it."""
    among = []
    if query["account"]:
        among.append(households_by_account(query.actor, query["account"], on=query.on))
    if query["uncovered"]:
        among.append(uncovered_households(query.actor, on=query.on))
    found = _found(query, query["q"], among)
    sound = read_aloud(query["q"])
    if sound and not found.count():
        found = _found(query, sound, among)
    by_account = found.offering(account=lambda: (account_total(query.actor),))
    return by_account.reading(lambda rows: _with_more(query, rows))


def _found(query: ListQuery, search: str, among: list[Any]) -> ResultSet[Any]:
    return household_list(
        query.actor,
        on=query.on,
        search=search,
        area_path=query["area"],
        zone=query["zone"],
        language=query["language"],
        difficulty=int(query["help"] or 0),
        among=among,
    )


def _with_more(query: ListQuery, households: list[Any]) -> list[HouseholdRow]:
    """The households of a window with their accounts and the people beside them, in three more statements."""
    accounts = accounts_of(query.actor, [row.pk for row in households])
    open_ids = [row.pk for row in households if Part.DUTY in parts_for(query.actor, row)]
    assigned_helpers = assigned_helpers_of_many(open_ids, on=query.on)
    return [
        HouseholdRow(row, accounts.get(row.pk), [person.name for person in assigned_helpers.get(row.pk, [])])
        for row in households
    ]


def _noted(query: ListQuery, rows: Sequence[HouseholdRow]) -> None:
    ids = [row.household.pk for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list export"), at=query.at)


def _account(row: HouseholdRow) -> int | Badge | str:
    if row.total_fen is not None:
        return row.total_fen
    return Badge(row.status, "warn") if row.account else ""


COLUMNS: tuple[Column[HouseholdRow], ...] = (
    Column(
        "name",
        _("Head of household"),
        lambda row: row.name,
        link=lambda row: address_of("staff:household", row.household.pk),
        place="lead",
    ),
    Column("no", _("Household number"), lambda row: row.household.household_no, CODE),
    Column("place", _("Location"), lambda row: row.household.area.label),
    Column("zone", _("Price zone"), lambda row: row.household.get_zone_display(), where=Where.FILE),
    Column("language", _("Language"), lambda row: row.household.get_language_display(), where=Where.FILE),
    Column("help", _("Help needed"), lambda row: row.household.difficulty, NUMBER, where=Where.FILE),
    Column(
        "assigned_helpers",
        _("Beside them"),
        lambda row: row.assigned_helpers or Badge(_("Nobody yet"), "warn"),
        NAMES,
        unsorted="several people stand in one cell",
        where=Where.PAGE,
    ),
    Column("account", _("Account"), _account, YUAN, place="corner", where=Where.PAGE),
    Column("status", _("Account"), lambda row: row.status, unsorted="the filter does it", where=Where.FILE),
    Column(
        "total", _("Total, yuan"), lambda row: row.total_fen, MONEY, unsorted="as account", where=Where.FILE
    ),
)

HOUSEHOLDS = ListPage(
    url="staff:households",
    export="staff:household_export",
    title=_("Households"),
    lead=_("Every household you work with, and nobody else's."),
    table=Table(
        _("Households"),
        COLUMNS,
        Empty(
            _("No household fits"),
            _("As soon as households are entered or paired with you, they stand here."),
            filtered=_(
                "Try a shorter name, or take a limit away. Households outside your work never appear here."
            ),
        ),
    ),
    rows=_rows,
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    search=Search(_("Search for a household"), _("Name, pinyin, household number, card or ID number")),
    filters=(
        Place(),
        Choice("account", _("Account"), ACCOUNTS),
        Choice("zone", _("Price zone"), Zone.choices),
        Choice("language", _("Language spoken at home"), Language.choices),
        Choice("help", _("Help needed"), DIFFICULTIES),
        Toggle("uncovered", _("Only households that lack a cadre or a party member")),
    ),
    noted=_noted,
)
