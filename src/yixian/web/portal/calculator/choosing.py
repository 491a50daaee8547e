"""按哪份政策算: the policy in force that a reckoning follows, where and on what day."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yixian.engines.entitlements import Pack, rules_typed_on
from yixian.engines.entitlements.rules_typing import TypedRule
from yixian.kernel.actors import PUBLIC
from yixian.kernel.languages import language
from yixian.policies.queries import adoptions_in_force, pack_in_force, read_pack


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """A pack in force at a place. ``key`` stands for it in the form; ``place`` is where it is in force."""

    key: str
    place: str
    version_id: int
    pack: Pack

    @property
    def title(self) -> str:
        """The pack's title in the language of the page."""
        return self.pack.title(language())

    def rules(self, on: date) -> Sequence[TypedRule]:
        """Its rules decided for a day."""
        return _rules(self.pack, on)

    def documents(self, on: date) -> list[str]:
        """The decided documents in force on the day: title and number."""
        lang = language()
        return [
            f"{document.title(lang)} · {document.number}" if document.number else document.title(lang)
            for document in self.pack.documents.values()
            if document.in_force(on)
        ]


def choices_on(on: date) -> list[PolicyChoice]:
    """Every policy in force on a day, by the place that adopted it."""
    rows = adoptions_in_force(PUBLIC, on)
    return [
        PolicyChoice(str(row.pk), row.area.label, row.pack_version_id, read_pack(row.pack_version_id))
        for row in rows
    ]


def choice_at(area_path: str, on: date) -> list[PolicyChoice]:
    """The policy in force at one place on a day, if there is one."""
    found = pack_in_force(area_path, on)
    return [PolicyChoice("", "", found[0].pk, found[1])] if found else []


def chosen(choices: Sequence[PolicyChoice], key: str) -> PolicyChoice | None:
    """The choice that was made, else the first."""
    return next((choice for choice in choices if choice.key == key), choices[0] if choices else None)


@functools.lru_cache(maxsize=64)
def _rules(pack: Pack, on: date) -> Sequence[TypedRule]:
    return tuple(rules_typed_on(pack, on))
