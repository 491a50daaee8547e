"""区划: levels of the area tree, official division codes, and the paths that make "everything below" one range.

A path is the chain of area numbers from the top, six digits each, without separators: ``000001000007``. Digits sort the
same in every database and collation, so "below this area" is ``path >= low and path < high`` and uses an index.
Codes follow GB/T 2260 (six digits to the county), GB/T 10114 (three for the township) and the statistics bureau's
three for the village; counties number their groups with two more.
"""

from __future__ import annotations

from enum import StrEnum

SEGMENT = 6
_MAX_SEGMENT = 10**SEGMENT - 1


class AreaLevel(StrEnum):
    """层级, from the province down to the villagers' group."""

    PROVINCE = "province"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GROUP = "group"


LEVELS: tuple[AreaLevel, ...] = tuple(AreaLevel)
"""All levels, topmost first."""

CODE_LENGTH: dict[AreaLevel, int] = {
    AreaLevel.PROVINCE: 2,
    AreaLevel.COUNTY: 6,
    AreaLevel.TOWNSHIP: 9,
    AreaLevel.VILLAGE: 12,
    AreaLevel.GROUP: 14,
}
"""Digits of an official code at each level."""


def child_path(parent_path: str, number: int) -> str:
    """The path of area ``number`` under a parent ("" for the top). Raises ValueError past 999,999 areas."""
    if not 0 < number <= _MAX_SEGMENT:
        raise ValueError(f"area number {number} does not fit {SEGMENT} digits")
    return f"{parent_path}{number:0{SEGMENT}d}"


def path_range(path: str) -> tuple[str, str]:
    """The half-open range [low, high) that holds the area and all below it. ``path`` must not be empty."""
    if not path:
        raise ValueError("the empty path has no range: it reaches everything")
    last = int(path[-SEGMENT:])
    return path, f"{path[:-SEGMENT]}{last + 1:0{SEGMENT}d}" if last < _MAX_SEGMENT else f"{path[:-SEGMENT]}:"


def path_chain(path: str) -> list[str]:
    """The path and every path above it, topmost first."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


def path_level(path: str) -> AreaLevel:
    """The level of a path, counted from the province."""
    return LEVELS[len(path) // SEGMENT - 1]


def path_at(path: str, level: AreaLevel) -> str:
    """The path of the ancestor at a level (or the path itself)."""
    return path[: (LEVELS.index(level) + 1) * SEGMENT]


def parent_level(level: AreaLevel) -> AreaLevel | None:
    """The level above, or None at the top."""
    index = LEVELS.index(level)
    return LEVELS[index - 1] if index else None


def code_fits(code: str, level: AreaLevel, parent_code: str) -> bool:
    """Whether a code has its level's length and begins with its parent's code ("" at the top)."""
    return (
        code.isascii() and code.isdigit() and len(code) == CODE_LENGTH[level] and code.startswith(parent_code)
    )
