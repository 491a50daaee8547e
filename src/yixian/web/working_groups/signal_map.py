"""信号地图: the townships in which ten households and more ask the same; smaller numbers are nowhere, so none is drawn."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.registry.queries.areas import places_within
from yixian.web.area_map import AreaMap
from yixian.web.ui.maps import MapMark, MapView
from yixian.working_groups.queries.signals import SignalView

_LEGEND = [("warn", gettext_lazy("ten households or more ask the same"))]


def signal_map(actor: Actor, one: SignalView, *, on: date) -> MapView:
    """The place of a signal with the townships that it names; without any where the signal is of one township itself."""
    area = one.signal.area
    places = places_within(area)
    named = {*one.signal.townships} or {area.path}
    ground = AreaMap(actor, area, places, on=on)
    marks = [
        MapMark(at, place.label, reverse("staff:area", args=[place.pk]), "warn", " ", 0.3)
        for place in [area, *places]
        if place.path in named and (at := ground.shape(place).seat)
    ]
    return ground.view("signal-map", _("Where it is asked"), marks, _LEGEND)
