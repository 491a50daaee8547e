"""画地图: a map as SVG — outlines, river, marks that are links, names, north and a scale."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yixian.domain.geometry import Point
from yixian.web.ui.cells import Text
from yixian.web.ui.maps.names import Box, place_names
from yixian.web.ui.maps.parts import MapMark, MapPlace, MapView
from yixian.web.ui.maps.projection import MARGIN, WIDTH, Projection, projection_of

_MIN_HALF, _MAX_HALF = 11, 26
"""Half the width of a mark in units."""

_ON_PHONES = 1.4
"""Marks are drawn larger there (`maps.css`), and names keep away from them so."""

_DOT = 7
"""The same of one that bears no number."""

_NOT_DISCS = {"warn": "square", "loss": "diamond", "person": "diamond"}


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What the template shows: the drawing ("" where nothing lies anywhere), and the legend."""

    view: MapView
    svg: SafeString
    legend: list[tuple[SafeString, Text]]
    is_approximate: bool


def draw_map(view: MapView) -> DrawnMap:
    """Draw it. Everything that people wrote is escaped."""
    drawn = [point for place in view.places for ring in place.rings for point in ring]
    seats = [place.seat for place in view.places if place.seat]
    projection = projection_of([*(drawn or seats), *(mark.at for mark in view.marks if not drawn)])
    svg = mark_safe(_svg(view, projection) if projection else "")  # noqa: S308 - escaped where it is made
    return DrawnMap(view, svg, _legend(view), any(place.is_approximate for place in view.places))


def _svg(view: MapView, projection: Projection) -> str:
    marks = sorted(view.marks, key=lambda mark: -mark.weight)
    name = view.name
    return (
        f'<svg class="map-drawing" viewBox="0 0 {WIDTH} {projection.height}" role="group" aria-labelledby="{name}-title">'
        f'<title id="{name}-title">{escape(view.title)}</title>'
        f"{''.join(_place(place, projection) for place in view.places)}"
        f"{''.join(_path(line, projection, 'river') for line in view.water)}"
        f"{''.join(_mark(mark, projection) for mark in marks)}"
        f"{_names(view, projection)}{_scale(projection)}</svg>"
    )


def _place(place: MapPlace, projection: Projection) -> str:
    css = "around" if place.is_around else "place is-approximate" if place.is_approximate else "place"
    return "".join(_path(ring, projection, css) for ring in place.rings)


def _path(points: list[Point], projection: Projection, css: str) -> str:
    at = [projection.at(point) for point in points]
    return f'<path class="{css}" d="M{" ".join(f"{x:.1f} {y:.1f}" for x, y in at)}"/>'


def _half(mark: MapMark) -> float:
    return _MIN_HALF + (_MAX_HALF - _MIN_HALF) * mark.weight**0.5 if mark.number else _DOT


def _mark(mark: MapMark, projection: Projection) -> str:
    (x, y), half = projection.at(mark.at), _half(mark)
    number = f'<text x="{x:.1f}" y="{y + 5:.1f}">{escape(mark.number)}</text>' if mark.number else ""
    inside = f"<title>{escape(mark.words)}</title>{_shape(mark.look, x, y, half)}{number}"
    return f'<a class="mark mark-{mark.look}" href="{escape(mark.href)}" aria-label="{escape(mark.words)}">{inside}</a>'


def _shape(look: str, x: float, y: float, half: float) -> str:
    match _NOT_DISCS.get(look, "disc"):
        case "square":
            return f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" rx="3"/>'
        case "diamond":
            wide = half * 1.3
            corners = ((x, y - wide), (x + wide, y), (x, y + wide), (x - wide, y))
            return f'<polygon points="{" ".join(f"{east:.1f},{south:.1f}" for east, south in corners)}"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}"/>'


def _names(view: MapView, projection: Projection) -> str:
    wanted = [
        (place.name, *projection.at(place.seat))
        for place in view.places
        if place.seat and not place.is_around
    ]
    marked = {mark.at for mark in view.marks}
    wanted.sort(key=lambda one: not any(projection.at(at) == one[1:] for at in marked))
    placed = place_names(wanted, _taken(view, projection), projection.height)
    return "".join(
        f'<text class="place-name{" on-wide" if one.is_wide else ""}" x="{one.x:.1f}" y="{one.y:.1f}">{escape(one.name)}</text>'
        for one in placed
    )


def _taken(view: MapView, projection: Projection) -> list[Box]:
    """Where no name may stand: on a mark, on north and on the scale."""
    found: list[Box] = [
        (WIDTH - 60, 0, WIDTH, 70),
        (0, projection.height - 40, 230, projection.height),
    ]
    for mark in view.marks:
        (x, y), half = projection.at(mark.at), _half(mark) * _ON_PHONES
        found.append((x - half, y - half, x + half, y + half))
    return found


def _scale(projection: Projection) -> str:
    km, length = projection.bar
    y, start = projection.height - 14, MARGIN / 2
    shown = f"{km:g} {_('km')}"
    return (
        f'<g class="scale-bar"><path d="M{start} {y - 6} v6 h{length:.1f} v-6"/>'
        f'<text x="{start + length + 8:.1f}" y="{y + 2}">{escape(shown)}</text></g>'
        f'<g class="north"><path d="M{WIDTH - 26} 40 v-26 m-6 9 l6 -10 l6 10"/>'
        f'<text x="{WIDTH - 26}" y="62">{escape(_("N"))}</text></g>'
    )


def _legend(view: MapView) -> list[tuple[SafeString, Text]]:
    return [
        (
            mark_safe(  # noqa: S308 - numbers and names of looks
                f'<svg class="map-key mark-{look}" viewBox="0 0 20 20" aria-hidden="true">{_shape(look, 10, 10, _DOT)}</svg>'
            ),
            words,
        )
        for look, words in view.legend
    ]
