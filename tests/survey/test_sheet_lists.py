"""The sheets that wait for somebody, of how many campaigns they are kept, and how often a page reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.starting_states import StartingState
from tests.survey.yard import AT, Yard, make_yard
from yixian.survey.actions.open_campaign import close_campaign
from yixian.survey.models import SheetSubmission
from yixian.survey.sheet_lists import sheet_keys, sheets_to_choose, sheets_to_mend
from yixian.survey.sheet_view import sheet_view

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
yard = StartingState(make_yard).fixture()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_closed_campaign_has_nothing_to_mend_and_still_its_choices(yard: Yard) -> None:
    yard.send("first")
    yard.send("second", length="8")
    yard.send("wrong", household="H404")
    clerk, lead = yard.actor("clerk"), yard.actor("lead")
    assert (sheets_to_mend(clerk).count(), sheets_to_choose(lead).count()) == (1, 1)
    close_campaign(yard.campaign.pk, "外业完成", actor=clerk, at=AT)
    assert (sheets_to_mend(clerk).count(), sheets_to_choose(lead).count()) == (0, 1)


def test_the_sheets_of_a_whole_page_of_campaigns_are_kept(yard: Yard) -> None:
    yard.send("right")
    several = [yard.campaign.pk, *range(90_000, 90_024)]
    first = [sheet_keys(campaign) for campaign in several]
    with CaptureQueriesContext(connection) as asked:
        again = [sheet_keys(campaign) for campaign in several]
    assert [key.instance_id for key in again[0]] == ["right"]
    assert again[0] is first[0]
    assert len(asked) == len(several)  # the stamps alone


def test_linked_sheets_are_read_once_however_many_there_are(yard: Yard) -> None:
    def asked_for(name: str) -> int:
        pk = SheetSubmission.objects.get(instance_id=name).pk
        with CaptureQueriesContext(connection) as asked:
            view = sheet_view(yard.actor("lead"), pk)
        assert len(view.rivals) == len(view.linked) - 1
        return len(asked)

    yard.send("first")
    yard.send("second", length="8")
    two = asked_for("first")
    yard.send("third", length="7")
    yard.send("fourth", length="6")
    assert asked_for("first") == two
