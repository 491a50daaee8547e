"""账目分组: the lines of an account by the kind of thing they are for, each kind with its subtotal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yixian.compensation.account_read_models import AccountLineView, StatementView
from yixian.compensation.choices import PaymentFrequency
from yixian.web.item_titles import CATEGORIES, kind_label, kind_of


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines of one kind. ``total_fen`` is what is paid once; None where none of them is."""

    label: str
    lines: list[AccountLineView]
    total_fen: int | None


def line_groups(statement: StatementView) -> list[LineGroup]:
    """The lines of an account by kind, houses first, what is for the household as a whole last; within, as they stand."""
    ranks = {kind: rank for rank, kind in enumerate(CATEGORIES)}
    by_kind: dict[str, list[AccountLineView]] = {}
    for line in statement.lines:
        by_kind.setdefault(kind_of(line.category), []).append(line)
    ordered = sorted(by_kind, key=lambda kind: (not kind, ranks.get(kind, len(ranks))))
    return [_group(kind, by_kind[kind]) for kind in ordered]


def _group(kind: str, lines: list[AccountLineView]) -> LineGroup:
    once = [line.amount_fen for line in lines if line.is_money and line.paid == PaymentFrequency.ONCE]
    label = kind_label(kind) if kind else _("For the household as a whole")
    return LineGroup(label, lines, sum(once) if once else None)
