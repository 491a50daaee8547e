"""调价的行: what a price was and is, since when and by which document, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.compensation.account_read_models import StatementView
from yixian.kernel.languages import language
from yixian.policies.price_changes import PriceChange, PriceHistory
from yixian.web.library.entry_points import PORTAL
from yixian.web.library.price_list import PriceRow, item_in_zone, price_row
from yixian.web.ui.cells import DATE, DECIMAL, soft
from yixian.web.ui.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class PriceChangeRow:
    """One change of a price. ``before`` and ``after`` are None where there was, or is, no price."""

    item: str
    unit: str
    currency: str
    before: Decimal | None
    after: Decimal | None
    since: date
    by_document: str
    document_title: str
    address: str

    @property
    def sentence(self) -> str:
        """The change in a sentence, which holds before its day as well."""
        values = {"day": date_format(self.since), "unit": self.unit, "currency": self.currency}
        values |= {
            name: f"{amount:,f}"
            for name, amount in (("before", self.before), ("after", self.after))
            if amount is not None
        }
        if self.before is None:
            return (
                _("From %(day)s on %(after)s %(currency)s per %(unit)s; there was no price before") % values
            )
        if self.after is None:
            return _("Done away with as of %(day)s; it was %(before)s %(currency)s per %(unit)s") % values
        return (
            _("From %(day)s on %(after)s %(currency)s per %(unit)s instead of %(before)s %(currency)s")
            % values
        )


@dataclass(frozen=True, slots=True)
class RepricedLines:
    """账里变了的单价: which prices of an account's lines have changed by today, and which are decided to change later."""

    changed: tuple[PriceChangeRow, ...] = ()
    announced: tuple[PriceChangeRow, ...] = ()


PRICE_CHANGES = Table[PriceChangeRow](
    gettext_lazy("Prices that changed"),
    (
        Column(
            "item", gettext_lazy("Item"), lambda row: row.item, under=lambda row: soft(row.unit), place="lead"
        ),
        Column("before", gettext_lazy("Before, yuan"), lambda row: row.before, DECIMAL, place="labelled"),
        Column("after", gettext_lazy("Changed to, yuan"), lambda row: row.after, DECIMAL, place="labelled"),
        Column("since", gettext_lazy("Since"), lambda row: row.since, DATE, place="labelled"),
        Column(
            "document",
            gettext_lazy("By which document"),
            lambda row: row.document_title,
            link=lambda row: row.address,
            under=lambda row: soft(row.by_document) if row.by_document else "",
        ),
    ),
    Empty(gettext_lazy("No price has changed")),
    css="",
    sorted_by="sort",
)


def change_rows(changes: Iterable[PriceChange]) -> list[PriceChangeRow]:
    """Changes in words."""
    return [_row(change) for change in changes]


def since_the_account(
    account: StatementView, zone: str, history: PriceHistory | None, today: date
) -> RepricedLines:
    """Which prices of an account's lines have changed, or will, since the day for which it was calculated; the earliest first.

    A price that changed twice is followed: what it became is looked for from then on.
    """
    if history is None:
        return RepricedLines()
    held = {
        (line.item_code, line.price_unit, Decimal(line.price))
        for line in account.lines
        if line.item_code and line.price
    }
    found = []
    for change in reversed(history.changes):
        item, of_zone, _unit = change.key
        if change.since <= account.on_date or of_zone not in {"", zone}:
            continue
        row = _row(change)
        if row.before is not None and (item, row.unit, row.before) in held:
            found.append(row)
            if row.after is not None:
                held.add((item, row.unit, row.after))
    return RepricedLines(
        tuple(row for row in found if row.since <= today), tuple(row for row in found if row.since > today)
    )


def _row(change: PriceChange) -> PriceChangeRow:
    row: PriceRow = price_row(change.after or change.before, change.pack, language())  # type: ignore[arg-type] # one is there
    by_document, title, address = _decided_by(change, row)
    return PriceChangeRow(
        item=item_in_zone(row.title, row.zone_label),
        unit=row.unit,
        currency=row.currency,
        before=change.before.amount if change.before else None,
        after=change.after.amount if change.after else None,
        since=change.since,
        by_document=by_document,
        document_title=title,
        address=address,
    )


def _decided_by(change: PriceChange, row: PriceRow) -> tuple[str, str, str]:
    """By which document a pack was adopted, and the title and address of the document that sets the price, or does away with it.

    What does away with a price is the document that adopted a pack without it, else what replaced the price's own document.
    """
    if change.after is None and change.by_document:
        return "", change.by_document, ""
    later = change.pack.documents[row.document].superseded_by
    if change.after is None and not change.pack.documents[row.document].in_force(change.since) and later:
        return "", change.pack.documents[later].title(language()), PORTAL.document(change.pack_id, later)
    address = PORTAL.document(change.pack_id, row.document, clause=row.clause)
    return change.by_document, row.document_title, address
