"""地图: maps drawn as SVG on the server from the register's own geometry, without tiles or scripts (`docs/ui.md`)."""

from yixian.web.ui.maps.map_drawing import DrawnMap, draw_map
from yixian.web.ui.maps.parts import MapMark, MapPlace, MapView

__all__ = ["DrawnMap", "MapMark", "MapPlace", "MapView", "draw_map"]
