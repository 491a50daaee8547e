"""住址: the names of the areas a household lives in, for many households at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from yixian.domain.areas import AreaLevel, path_chain, path_level
from yixian.registry.models import Area

_ADDRESS = (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE, AreaLevel.GROUP)


def areas_above(paths: Iterable[str]) -> dict[str, Area]:
    """Every area on the way from the top to these paths, by its path, in one query."""
    wanted = {step for path in set(paths) for step in path_chain(path)}
    return {area.path: area for area in Area.objects.filter(path__in=wanted)}


def place_of(
    path: str, areas: Mapping[str, Area], lang: str, *, levels: tuple[AreaLevel, ...] = _ADDRESS
) -> str:
    """The names along a path at the given levels: topmost first in Chinese, innermost first in English.

    A name with which the next one below begins (a group that bears its village's name) is not said twice.
    """
    steps = [areas[step] for step in path_chain(path) if step in areas and path_level(step) in levels]
    names = [area.name_in(lang) for area in steps]
    said = [name for name, below in zip_longest(names, names[1:], fillvalue="") if not below.startswith(name)]
    return " ".join(said) if lang == "zh" else ", ".join(reversed(said))
