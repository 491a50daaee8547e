"""区划底图: the ground of a map — a place, those directly in it, the river — for whatever is marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from yixian.domain.areas import path_chain
from yixian.kernel.actors import Actor
from yixian.registry.queries.area_shapes import PlaceShape, place_shapes, waterlines_at
from yixian.web.ui.cells import Text
from yixian.web.ui.maps import MapMark, MapPlace, MapView


class AreaMap:
    """The ground of a map of some places, and where each lies; ``around`` is the place that they are in, if it is one."""

    def __init__(self, actor: Actor, around: Any, places: Sequence[Any], *, on: date) -> None:
        self.around, self.places = around, places
        self._shapes = place_shapes(actor, [*([around] if around else []), *places], on=on)

    def shape(self, area: Any) -> PlaceShape:
        """How one of the places lies."""
        return self._shapes[area.path]

    def view(
        self, name: str, title: Text, marks: list[MapMark], legend: Sequence[tuple[str, Text]]
    ) -> MapView:
        """The map with its marks. Legend is what of it stands on the map."""
        looks = {mark.look for mark in marks}
        return MapView(
            name=name,
            title=title,
            places=[*self._around(), *(self._place(area) for area in self.places)],
            water=waterlines_at(self._path()),
            marks=marks,
            legend=[(look, words) for look, words in legend if look in looks],
        )

    def _around(self) -> list[MapPlace]:
        """The place around; its outline is not drawn where it would only be one around homes."""
        if self.around is None:
            return []
        shape = self.shape(self.around)
        return [] if shape.is_approximate else [MapPlace("", shape.rings, None, is_around=True)]

    def _place(self, area: Any) -> MapPlace:
        shape = self.shape(area)
        return MapPlace(area.label, shape.rings, shape.seat, is_approximate=shape.is_approximate)

    def _path(self) -> str:
        if self.around is not None:
            return str(self.around.path)
        chains = [path_chain(area.path) for area in self.places]
        common = [one for one in (chains[0] if chains else []) if all(one in chain for chain in chains)]
        return common[-1] if common else ""
