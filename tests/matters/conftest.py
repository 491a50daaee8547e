"""The place that matters are tested in, and a media folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.matters.place import Place, make_place


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Place:
    """The place."""
    settings.MEDIA_ROOT = tmp_path
    return make_place()
