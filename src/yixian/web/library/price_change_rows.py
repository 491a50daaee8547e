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
    before: Decimal | None
    after: Decimal | None
    since: date
    by_document: str
    document_title: str
    address: str

    @property
    def sentence(self) -> str:
        """The change in a sentence."""
        values = {"day": date_format(self.since), "unit": self.unit}
        if self.before is None:
            return _("Decided on %(day)s; there was no price before") % values
        if self.after is None:
            return _("Done away with on %(day)s; it was %(before)s") % {
                **values,
                "before": f"{self.before:,f}",
            }
        return _("Since %(day)s: %(before)s became %(after)s") % {
            **values,
            "before": f"{self.before:,f}",
            "after": f"{self.after:,f}",
        }


PRICE_CHANGES = Table[PriceChangeRow](
    gettext_lazy("Prices that changed"),
    (
        Column(
            "item", gettext_lazy("Item"), lambda row: row.item, under=lambda row: soft(row.unit), place="lead"
        ),
        Column("before", gettext_lazy("Before, yuan"), lambda row: row.before, DECIMAL, place="labelled"),
        Column("after", gettext_lazy("Now, yuan"), lambda row: row.after, DECIMAL, place="labelled"),
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


def since_the_account(account: StatementView, history: PriceHistory | None) -> list[PriceChangeRow]:
    """Which prices of an account's lines have changed, or will, since the day for which it was calculated."""
    if history is None:
        return []
    priced = {
        (line.item_code, Decimal(line.price)) for line in account.lines if line.item_code and line.price
    }
    later = [one for one in history.changes if one.since > account.on_date and one.before is not None]
    return change_rows(one for one in later if (one.key[0], one.before.amount) in priced)  # type: ignore[union-attr] # see above


def _row(change: PriceChange) -> PriceChangeRow:
    pack = change.pack
    row: PriceRow = price_row(change.after or change.before, pack, language())  # type: ignore[arg-type] # one is there
    return PriceChangeRow(
        item=item_in_zone(row.title, row.zone_label),
        unit=row.unit,
        before=change.before.amount if change.before else None,
        after=change.after.amount if change.after else None,
        since=change.since,
        by_document=change.by_document,
        document_title=row.document_title,
        address=PORTAL.document(change.pack_id, row.document, clause=row.clause),
    )
