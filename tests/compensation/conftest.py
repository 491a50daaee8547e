"""A valley in which agreements are signed."""

from __future__ import annotations

from tests.compensation.signing import make_signing_valley
from tests.starting_states import StartingState

signing_valley = StartingState(make_signing_valley).fixture()
