"""The place that matters are tested in, and a media folder of its own."""

from __future__ import annotations

from tests.matters.place import make_place
from tests.starting_states import StartingState

place = StartingState(make_place).fixture()
