"""落实方式: changes of data by which a decision sets something right, by address, so that matters need not know those rooms.

A remedy is a function ``(household_id, values, reason, document, *, decided_by, actor, at) -> told``: it makes the change,
reckons what follows from it, and returns plain JSON that says what came of it. It asks for the actor's permission itself; whoever
decided (``decided_by``, a user) and whoever carries it out are two persons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from yixian.kernel.actors import Actor
from yixian.kernel.extension_points import Registry


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
    ) -> dict[str, Any]:
        """Make it and say what came of it."""


@dataclass(frozen=True, slots=True)
class RemedyKind:
    """A kind of remedy: its stable name, what it is called, and the values that it asks for with their labels."""

    name: str
    title: str | Promise
    fields: tuple[tuple[str, str | Promise], ...]


FUNCTIONS: Registry[Remedy] = Registry("remedy", Remedy)

_KINDS: dict[str, RemedyKind] = {}


def register_remedy_kind(kind: RemedyKind, address: str) -> None:
    """Register a kind of remedy under its name, with the dotted address of what makes the change."""
    FUNCTIONS.register(kind.name, address)
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
