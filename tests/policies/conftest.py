"""A county with the shelf's pack adopted, and its desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.policies.shelf import adopt, county, person, register_shelf
from yixian.kernel.actors import Actor
from yixian.kernel.roles import Role
from yixian.policies import library
from yixian.policies.clause_texts import clause_texts, own_texts
from yixian.policies.models import PackVersion
from yixian.policies.queries import read_pack
from yixian.registry.models import Area


@pytest.fixture(autouse=True)
def packs_read_anew() -> Iterator[None]:
    """Pack versions are immutable and so remembered by their ids, which another test's packs bear too."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for remembered in (read_pack, library._documents, clause_texts, own_texts):
        remembered.cache_clear()


@pytest.fixture
def place(db: None) -> Area:
    """The county."""
    return county()


@pytest.fixture
def pack(place: Area, tmp_path: Path) -> PackVersion:
    """The pack in force there."""
    kept = register_shelf(tmp_path)
    adopt(kept, place)
    return kept


@pytest.fixture
def clerk(place: Area) -> Actor:
    """Somebody of the policy desk."""
    return person(Role.BUREAU_CLERK, place)
