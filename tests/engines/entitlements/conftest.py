"""The pack under test, and small facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from yixian.engines.entitlements import Pack, load_pack

PACK = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"


@pytest.fixture(scope="session")
def folder() -> Path:
    return PACK


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(PACK)
