"""The place that visits are tested in, and a media folder of its own."""

from __future__ import annotations

from tests.starting_states import StartingState
from tests.visits.place import make_place

place = StartingState(make_place).fixture()
