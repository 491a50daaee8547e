"""实物的名称: items of the survey with the names that the policy pack gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.engines.entitlements import Pack, unit_after
from yixian.kernel.languages import language

CATEGORIES = {
    "house": gettext_lazy("Houses"),
    "facility": gettext_lazy("Attached facilities"),
    "land": gettext_lazy("Land"),
    "tree": gettext_lazy("Scattered trees"),
    "stand": gettext_lazy("Orchards and forest"),
    "crop": gettext_lazy("Standing crops"),
    "grave": gettext_lazy("Graves"),
}
"""The kinds of things a survey finds, in the words of the page."""


def kind_of(category: str) -> str:
    """The first word of a category: houses, land, trees."""
    return category.partition(".")[0]


def kind_label(kind: str) -> str:
    """A kind in words."""
    return str(CATEGORIES.get(kind, _("Other")))


@dataclass(frozen=True, slots=True)
class TitledItem:
    """One surveyed thing in words. ``rank`` orders the categories: houses first."""

    pk: int
    line_no: str
    title: str
    category: str
    rank: int
    quantity: Decimal
    unit: str
    place: str
    surveyed_on: date
    surveyor: str


def line_names(rows: Iterable[Any], pack: Pack | None) -> dict[str, str]:
    """What the codes of items and the numbers of the lines are called, for those who tell what happened to them."""
    names = {code: item.name(language()) for code, item in pack.items.items()} if pack else {}
    return {**names, **{row.line_no: names.get(row.item_code, row.item_code) for row in rows}}


def titled_items(rows: Iterable[Any], pack: Pack | None) -> list[TitledItem]:
    """The items with name, category and unit from the pack; an item the pack does not know keeps its code."""
    return [_titled(row, pack) for row in rows]


def _titled(row: Any, pack: Pack | None) -> TitledItem:
    known = pack.items.get(row.item_code) if pack else None
    return TitledItem(
        pk=row.pk,
        line_no=row.line_no,
        title=known.name(language()) if known else row.item_code,
        category=_category(str(known.category) if known else ""),
        rank=_rank(known.category if known else ""),
        quantity=row.quantity,
        unit=unit_after(pack, row.quantity, known.unit, language()) if pack and known else "",
        place=row.place,
        surveyed_on=row.surveyed_on,
        surveyor=row.surveyor,
    )


def _rank(code: str) -> int:
    """The place of a category among all of them; what no policy knows comes last."""
    kind = code.partition(".")[0]
    return list(CATEGORIES).index(kind) if kind in CATEGORIES else len(CATEGORIES)


def _category(code: str) -> str:
    """What kind of thing it is, by the first word of the pack's category."""
    return str(CATEGORIES.get(code.partition(".")[0], _("Other")))
