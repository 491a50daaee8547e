"""概算科目表: each budget head with what is approved, agreed and expected — the same for the staff and for everybody."""

from __future__ import annotations

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.compensation.queries import BudgetHeadRow
from yixian.domain.money import format_fen
from yixian.web.ui.cells import MONEY, soft
from yixian.web.ui.tables import Column, Empty, Table, Where


def _approved_note(row: BudgetHeadRow) -> str:
    if not row.added_fen:
        return ""
    return soft(gettext("of it %(sum)s by decision") % {"sum": format_fen(row.added_fen)})


def _left(fen: int) -> SafeString:
    return format_html(
        "<strong{}>{}</strong>", mark_safe(' class="short-sum"') if fen < 0 else "", format_fen(fen)
    )


HEADS = Table[BudgetHeadRow](
    _("Budget heads"),
    (
        Column(
            "head",
            _("Budget head"),
            lambda row: row.title,
            under=lambda row: render_to_string("budget/bar.html", {"row": row}),
            place="lead",
        ),
        Column(
            "held",
            _("Approved, yuan"),
            lambda row: row.total_fen,
            MONEY,
            under=_approved_note,
            where=Where.PAGE,
        ),
        Column("approved", _("Approved, yuan"), lambda row: row.approved_fen, MONEY, where=Where.FILE),
        Column("added", _("Added by decision, yuan"), lambda row: row.added_fen, MONEY, where=Where.FILE),
        Column("agreed", _("Agreed, yuan"), lambda row: row.committed_fen, MONEY),
        Column("expected", _("Expected, yuan"), lambda row: row.forecast_fen, MONEY),
        Column("left", _("Left, yuan"), lambda row: row.left_fen, replace(MONEY, html=_left)),
    ),
    Empty(_("No policy names a budget head here")),
    css="budget",
)
