"""落实方式: changes of data by which a decision sets something right, by address, so that matters need not know those rooms.

A remedy is a function ``(household_id, values, reason, document, *, decided_by, actor, at)`` that makes the change. It asks for
the actor's permission itself; whoever decided (``decided_by``, a user) and whoever carries it out are two persons. From what to
what it would go is told beforehand by a function ``(household_id, values, *, actor, at)``; what follows from all changes of a
decision is made by one ``(household_id, reason, document, *, actor, at)`` that returns plain JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from yixian.kernel.actors import Actor
from yixian.kernel.extension_points import Registry

Change = dict[str, dict[str, str]]
"""From what to what: ``what``, ``before`` and ``after``, each in ``zh`` and ``en``; ``before`` is empty for what was left out."""


class Remedy(Protocol):
    """What makes a change."""

    def __call__(
        self,
        household_id: int,
        values: Mapping[str, str],
        reason: str,
        document: str,
        *,
        decided_by: int,
        actor: Actor,
        at: datetime,
    ) -> None:
        """Make it."""


class RemedyPreview(Protocol):
    """What says from what to what a change would go."""

    def __call__(self, household_id: int, values: Mapping[str, str], *, actor: Actor, at: datetime) -> Change:
        """Raises `NotFound` for what the actor does not reach or the household does not have, `Invalid` for a wrong value."""


class RemedyConsequence(Protocol):
    """What follows from the changes of a decision."""

    def __call__(
        self, household_id: int, reason: str, document: str, *, actor: Actor, at: datetime
    ) -> dict[str, Any]:
        """Make it follow, and say what came of it."""


@dataclass(frozen=True, slots=True)
class RemedyKind:
    """A kind of remedy: its stable name, what it is called, and the values that it asks for with their labels."""

    name: str
    title: str | Promise
    fields: tuple[tuple[str, str | Promise], ...]


FUNCTIONS: Registry[Remedy] = Registry("remedy", Remedy)
PREVIEWS: Registry[RemedyPreview] = Registry("remedy preview", RemedyPreview)
CONSEQUENCES: Registry[RemedyConsequence] = Registry("remedy consequence", RemedyConsequence)

_KINDS: dict[str, RemedyKind] = {}


def register_remedy_kind(kind: RemedyKind, address: str, preview: str) -> None:
    """Register a kind of remedy under its name, with the dotted addresses of what makes the change and of what previews it."""
    FUNCTIONS.register(kind.name, address)
    PREVIEWS.register(kind.name, preview)
    _KINDS[kind.name] = kind


def remedy_kinds() -> list[RemedyKind]:
    """Every kind that the rooms of this county know."""
    return list(_KINDS.values())


def get_remedy(name: str) -> RemedyKind | None:
    """A kind by its name."""
    return _KINDS.get(name)


def function_of(kind: RemedyKind) -> Remedy:
    """What makes the change, loaded now."""
    return FUNCTIONS.load(kind.name)


def preview_of(kind: RemedyKind) -> RemedyPreview:
    """What previews it, loaded now."""
    return PREVIEWS.load(kind.name)
