"""影响地图: where a draft would add and where it would take away, on the ground of the places it touches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.money import format_fen
from yixian.kernel.actors import Actor
from yixian.revisions.queries import ComparedRow
from yixian.web.area_map import AreaMap
from yixian.web.ui.maps import MapMark, MapView

_LEGEND = [
    ("gain", gettext_lazy("gains; the larger, the more")),
    ("loss", gettext_lazy("loses; the larger, the more")),
]


def effects_map(actor: Actor, revision: Any, rows: list[tuple[Any, ComparedRow]], *, on: date) -> MapView:
    """The places whose accounts would differ; what stays as it is bears no mark."""
    ground = AreaMap(actor, revision.area, [area for area, _row in rows], on=on)
    largest = max((abs(row.difference_fen) for _area, row in rows), default=0) or 1
    marks = [
        MapMark(
            at,
            _("%(place)s: %(sum)s yuan") % {"place": area.label, "sum": format_fen(row.difference_fen)},
            f"{reverse('staff:revision_households', args=[revision.pk])}?area={area.path}",
            "gain" if row.difference_fen > 0 else "loss",
            " ",
            abs(row.difference_fen) / largest,
        )
        for area, row in rows
        if row.difference_fen and (at := ground.shape(area).seat)
    ]
    return ground.view("effects-map", _("Map of the differences"), marks, _LEGEND)
