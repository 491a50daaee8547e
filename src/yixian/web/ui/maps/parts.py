"""地图内容: what a map shows — places by their outlines and names, the river, and marks where something is to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.domain.geometry import Point
from yixian.web.ui.cells import Text


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place: its rings (none where no outline is recorded), where its name stands, and whether it is the one around all.

    ``is_approximate``: the outline is drawn around its homes, because none is recorded.
    """

    name: str
    rings: list[list[Point]]
    seat: Point | None
    is_around: bool = False
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class MapMark:
    """Something at a point: a link with what it says, a number in it, and a look whose shape differs as well as its colour.

    ``look`` is "bad" (a disc), "warn" (a square), "loss" (a diamond), "gain" (a disc), "good" (a ring) or "person" (a small
    diamond). ``weight`` from 0 to 1 makes it larger.
    """

    at: Point
    words: str
    href: str
    look: str
    number: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A map: ``name`` is its id on the page; ``legend`` says in words what each look stands for."""

    name: str
    title: Text
    places: list[MapPlace]
    water: list[list[Point]]
    marks: list[MapMark]
    legend: list[tuple[str, Text]]
