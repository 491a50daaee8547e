"""影响的表: a comparison by place, item or budget head, beside the budget, and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.revisions.queries import ComparedRow
from yixian.web.ui.cells import MONEY, NUMBER, STRONG, Badge, Text, soft
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


def _groups(caption: Text, heading: Text) -> Table[Group]:
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
        css="",
    )


BY_PLACE = _groups(_("By place"), _("Area"))
BY_ITEM = _groups(_("By item"), _("Item"))
BY_HEAD = _groups(_("By budget head"), _("Budget head"))


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
