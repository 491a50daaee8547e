"""概算科目表: each budget head with what is approved, agreed and expected — the same for the staff and for everybody."""

from __future__ import annotations

from dataclasses import replace

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.compensation.queries import BudgetHeadRow
from yixian.domain.money import format_fen
from yixian.web.ui.cells import MONEY, Badge, soft
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.charts.amounts import LARGE_YUAN, large_yuan
from yixian.web.ui.tables import Column, Empty, Table, Where


def _note(row: BudgetHeadRow) -> str:
    """Whether the head does not suffice, and what the policy says of it."""
    short = Badge(_("does not suffice"), "bad").__html__() if row.is_short else ""
    return SafeString(short + (soft(row.note) if row.note else ""))


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
            under=_note,
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
    sorted_by="heads",
)

HEADS_CHART = Chart[BudgetHeadRow](
    name="budget-heads",
    kind=ChartKind.BARS,
    title=_("Approved, calculated and agreed, by budget head"),
    unit=_("Yuan; the table below has every amount to the fen"),
    table=HEADS,
    label=lambda row: row.title,
    series=(
        Series(_("Calculated: all accounts"), lambda row: row.forecast_fen),
        Series(_("Agreed with households"), lambda row: row.committed_fen),
    ),
    kind_of_value=LARGE_YUAN,
    target=lambda row: row.total_fen,
    target_name=_("Approved"),
)


def budget_in_words(total: BudgetHeadRow) -> str:
    """What is approved, reckoned and agreed under all heads together, and the differences between them."""
    values = {
        "calculated": large_yuan(total.forecast_fen),
        "agreed": large_yuan(total.committed_fen),
        "to_agree": large_yuan(max(0, total.forecast_fen - total.committed_fen)),
    }
    if total.total_fen is None or total.left_fen is None:
        said = gettext(
            "All accounts together come to %(calculated)s yuan: %(agreed)s agreed with households, %(to_agree)s not yet "
            "agreed. No budget is in force."
        )
        return said % values
    values |= {"approved": large_yuan(total.total_fen), "left": large_yuan(abs(total.left_fen))}
    if total.is_short:
        said = gettext(
            "%(approved)s yuan are approved; all accounts together come to %(calculated)s, %(left)s more than approved. "
            "%(agreed)s are agreed with households, %(to_agree)s are not yet agreed."
        )
    else:
        said = gettext(
            "%(approved)s yuan are approved; all accounts together come to %(calculated)s, which leaves %(left)s. "
            "%(agreed)s are agreed with households, %(to_agree)s are not yet agreed."
        )
    return said % values
