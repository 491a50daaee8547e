"""The county that working groups are tested in, and the way of one of them: a test begins at the stop that it asks for."""

from __future__ import annotations

from tests.starting_states import StartingState
from tests.working_groups import walking
from tests.working_groups.county import AT, CHARGE, County, make_county
from yixian.working_groups.actions.open_group import open_for_signal
from yixian.working_groups.models import Signal, WorkingGroup


def _opened(county: County, signal: Signal) -> WorkingGroup:
    return open_for_signal(signal.pk, CHARGE, actor=county.actor("clerk"), at=AT)


_COUNTY = StartingState(make_county)
_SIGNAL = StartingState(lambda county: county.signal(), on=_COUNTY)
_GROUP = StartingState(_opened, on=_SIGNAL)
_DRAWN = StartingState(lambda county, _signal, group: walking.drawn(county, group), on=_GROUP)
_CHECKED = StartingState(lambda county, _signal, group, rows: walking.checked(county, group, rows), on=_DRAWN)
_DRAFTED = StartingState(lambda county, _signal, group, *_: walking.drafted(county, group), on=_CHECKED)
_REPLIED = StartingState(lambda county, _signal, group, *_: walking.replied(county, group), on=_DRAFTED)
_DECIDED = StartingState(lambda county, *made: walking.decided(county, made[4]), on=_REPLIED)
_ADOPTED = StartingState(lambda county, *made: walking.adopted(county, made[4]), on=_DECIDED)
_ANSWERED = StartingState(lambda county, _signal, group, *_: walking.answered(county, group), on=_ADOPTED)

county = _COUNTY.fixture()
signal = _SIGNAL.fixture()
group = _GROUP.fixture()
drawn = _DRAWN.fixture()
"""The households that were drawn."""
checked = _CHECKED.fixture()
revision = _DRAFTED.fixture()
"""The draft of a new price, compared and looked at."""
replied = _REPLIED.fixture()
decided = _DECIDED.fixture()
adopted = _ADOPTED.fixture()
answered = _ANSWERED.fixture()
"""How many were answered, and how many were not."""
