"""起点: the rows that many tests begin with are made once and kept in a transaction around theirs, each in a savepoint.

A starting state is declared beside its fixture, and may be made on top of another one::

    _PLACE = StartingState(make_place)
    place = _PLACE.fixture()

Before a test that asks for the fixture, the state is made if it does not stand; before a test that asks for another one, or
for an empty database, it is rolled back. A test gets copies of the objects and of the media files, and may do with them what
it likes. In each module tests are ordered by what they begin with (`ordered_by_start`).
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, takewhile
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

Made = TypeVar("Made")
_numbers = count()


@dataclass(frozen=True, eq=False)
class StartingState(Generic[Made]):
    """What ``make`` enters into the database, given what was made for each of the states that it stands ``on``, lowest first."""

    make: Callable[..., Made]
    on: StartingState[Any] | None = None
    number: int = field(default_factory=lambda: next(_numbers))

    def chain(self) -> list[StartingState[Any]]:
        """The states below it, lowest first, and itself."""
        return [*(self.on.chain() if self.on else []), self]

    def fixture(self) -> Any:
        """A fixture that gives a test a copy of what was made, with a media folder of its own."""

        def given(db: None, kept_states: KeptStates, settings: Any, tmp_path: Path) -> Made:
            settings.MEDIA_ROOT = tmp_path / "media"
            return kept_states.copy(self, settings.MEDIA_ROOT)

        given.starting_state = self  # type: ignore[attr-defined]
        return pytest.fixture(given)


@dataclass(frozen=True)
class _Standing:
    """A state that stands: the transaction around it, what was made, and the files written with it."""

    state: StartingState[Any]
    atomic: transaction.Atomic
    made: Any
    media: Path


class KeptStates:
    """The states that stand in this process's test database, each on the one before."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._standing: list[_Standing] = []

    def stand_on(self, chain: list[StartingState[Any]]) -> None:
        """Roll back what is not wanted, and make what is missing."""
        same = takewhile(lambda pair: pair[0].state is pair[1], zip(self._standing, chain, strict=False))
        common = len(list(same))
        with self._blocker.unblock():
            while len(self._standing) > common:
                self._roll_back()
            for state in chain[common:]:
                self._standing.append(self._made(state))

    def copy(self, state: StartingState[Made], media: Path) -> Made:
        """What a standing state holds, as a test's own; files of all states into the empty folder."""
        made: Made = next(one.made for one in self._standing if one.state is state)
        for one in self._standing:
            shutil.copytree(one.media, media, dirs_exist_ok=True)
        return copy.deepcopy(made)

    def _made(self, state: StartingState[Made]) -> _Standing:
        below = copy.deepcopy([one.made for one in self._standing])
        media = Path(tempfile.mkdtemp(prefix="yixian-media-"))
        for one in self._standing:
            shutil.copytree(one.media, media, dirs_exist_ok=True)
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            with override_settings(MEDIA_ROOT=media), translation.override(settings.LANGUAGE_CODE):
                made = state.make(*below)
            connection.check_constraints()  # or PostgreSQL would check them again after each test
        except BaseException:
            _leave(atomic)
            raise
        return _Standing(state, atomic, made, media)

    def _roll_back(self) -> None:
        last = self._standing.pop()
        _leave(last.atomic)
        shutil.rmtree(last.media)


def _leave(atomic: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)


def start_of(item: pytest.Item) -> list[StartingState[Any]]:
    """The chain of states that a test begins with; an empty one where it asks for none. All it asks for must lie in one."""
    known = getattr(item, "_fixtureinfo", None)
    found = [
        definitions[-1].func.starting_state
        for definitions in (known.name2fixturedefs.values() if known else ())
        if hasattr(definitions[-1].func, "starting_state")
    ]
    longest: list[StartingState[Any]] = max((state.chain() for state in found), key=len, default=[])
    assert all(state in longest for state in found), f"{item.nodeid} begins with two different states"
    return longest


def ordered_by_start(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of each module so that each state is made once, after those that begin with less."""
    modules: dict[object, int] = {}
    for number, item in enumerate(items):
        modules.setdefault(item.getparent(pytest.Module) or item, number)
    return sorted(
        items,
        key=lambda item: (
            modules[item.getparent(pytest.Module) or item],
            [state.number for state in start_of(item)],
        ),
    )
