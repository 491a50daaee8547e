"""A yard with a phone."""

from __future__ import annotations

import pytest

from tests.starting_states import StartingState
from tests.survey.yard import Yard, make_yard
from tests.web.openrosa.phone import Phone, make_phone

yard = StartingState(make_yard).fixture()


@pytest.fixture
def phone(yard: Yard) -> Phone:
    """A phone of the yard's team."""
    return make_phone(yard)
