"""影响的表: a comparison by place, item or budget head, beside the budget, and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.revisions.queries import ComparedRow
from yixian.revisions.queries.difference_bands import DifferenceBand
from yixian.web.ui.cells import MONEY, NUMBER, STRONG, Badge, Text, soft
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.charts.amounts import LARGE_YUAN, large_yuan
from yixian.web.ui.tables import Column, Empty, Table

_NOTHING = Empty(_("Nothing changes here."))


@dataclass(frozen=True, slots=True)
class Group:
    """The sums of one place, item or budget head, by its name."""

    name: str
    sums: ComparedRow


def _paid(row: Group) -> str:
    words = {"monthly": gettext("each month"), "yearly": gettext("each year")}.get(row.sums.paid)
    return Badge(words).__html__() if words else ""


def _percent(row: Group) -> str:
    return soft(f"{row.sums.percent}%") if row.sums.percent and row.sums.difference_fen else ""


def _groups(caption: Text, heading: Text, sorted_by: str) -> Table[Group]:
    return Table(
        caption,
        (
            Column("name", heading, lambda row: row.name, under=_paid, place="lead"),
            Column("households", _("Households"), lambda row: row.sums.households, NUMBER),
            Column("gaining", _("gain"), lambda row: row.sums.gaining, NUMBER),
            Column("losing", _("lose"), lambda row: row.sums.losing, NUMBER),
            Column("old", _("Now, yuan"), lambda row: row.sums.old_fen, MONEY),
            Column("new", _("After, yuan"), lambda row: row.sums.new_fen, MONEY),
            Column(
                "difference",
                _("Difference, yuan"),
                lambda row: row.sums.difference_fen,
                STRONG,
                under=_percent,
            ),
        ),
        _NOTHING,
        css="counts",
        sorted_by=sorted_by,
    )


BY_PLACE = _groups(_("By place"), _("Area"), "places")
BY_ITEM = _groups(_("By item"), _("Item"), "items")
BY_HEAD = _groups(_("By budget head"), _("Budget head"), "heads")


def band_words(band: DifferenceBand) -> str:
    """A band in words, from the household's side."""
    if not band.sign:
        return gettext("stays as it is")
    values = {"low": large_yuan(band.above_fen), "high": large_yuan(band.most_fen or 0)}
    if band.most_fen is None:
        words = gettext("gains more than %(low)s") if band.sign > 0 else gettext("loses more than %(low)s")
    elif not band.above_fen:
        words = gettext("gains up to %(high)s") if band.sign > 0 else gettext("loses up to %(high)s")
    else:
        words = (
            gettext("gains %(low)s to %(high)s") if band.sign > 0 else gettext("loses %(low)s to %(high)s")
        )
    return words % values


PLACES_CHART = Chart[Group](
    name="difference-by-place",
    kind=ChartKind.BARS,
    title=_("Difference by place"),
    unit=_("Difference in yuan: to the right what is gained, to the left what is lost"),
    table=BY_PLACE,
    label=lambda row: row.name,
    series=(Series(_("Difference, yuan"), lambda row: row.sums.difference_fen),),
    kind_of_value=LARGE_YUAN,
)

BANDS_CHART = Chart[DifferenceBand](
    name="difference-by-household",
    kind=ChartKind.BARS,
    title=_("How much a household gains or loses"),
    unit=_("Households by what would be paid once, yuan"),
    table=Table[DifferenceBand](
        _("How much a household gains or loses"),
        (
            Column("band", _("A household"), band_words, place="lead"),
            Column("households", _("Households"), lambda row: row.households, NUMBER),
        ),
        _NOTHING,
        css="counts",
    ),
    label=band_words,
    series=(Series(_("Households"), lambda row: row.households),),
)


def _short(row: tuple[str, Any]) -> str:
    return Badge(_("does not suffice"), "bad").__html__() if row[1].is_beyond else ""


GAPS = Table[tuple[str, Any]](
    _("Beside the approved budget"),
    (
        Column("head", _("Budget head"), lambda row: row[0], under=_short, place="lead"),
        Column("held", _("Approved, yuan"), lambda row: row[1].held_fen, MONEY),
        Column("then", _("All accounts then, yuan"), lambda row: row[1].then_fen, MONEY),
        Column("left", _("Left, yuan"), lambda row: row[1].left_fen, STRONG),
    ),
    _NOTHING,
    css="",
)


def _line_id(row: tuple[str, Any]) -> SafeString:
    return format_html(' <span class="soft small code">{}</span>', row[1]["line_id"])


LINES = Table[tuple[str, Any]](
    _("Lines that differ"),
    (
        Column("line", _("Line"), lambda row: row[0], under=_line_id, place="lead"),
        Column("old", _("Now, yuan"), lambda row: row[1]["old_fen"], MONEY),
        Column("new", _("After, yuan"), lambda row: row[1]["new_fen"], MONEY),
        Column("difference", _("Difference, yuan"), lambda row: row[1]["difference_fen"], STRONG),
    ),
    Empty(_("Nothing changes"), _("Every line of this household stays as it is.")),
)
