"""A county with the shelf's pack adopted, and its desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policies.shelf import adopt, county, person, register_shelf
from yixian.kernel.actors import Actor
from yixian.kernel.roles import Role
from yixian.policies.models import PackVersion
from yixian.registry.models import Area


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
