"""The county that working groups are tested in, and a media folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.working_groups.county import County, make_county


@pytest.fixture
def county(db: None, settings: Any, tmp_path: Path) -> County:
    """The county."""
    settings.MEDIA_ROOT = tmp_path
    return make_county()
