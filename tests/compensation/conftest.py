"""A valley in which agreements are signed."""

from __future__ import annotations

import pytest

from tests.compensation.signing import Valley, make_signing_valley


@pytest.fixture
def signing_valley(db: None) -> Valley:
    """The valley with accounts issued and everybody who takes part in an agreement."""
    return make_signing_valley()
