"""修订的页面: "saved" is said only where something changed, and the counts of a comparison add up to all households."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.web.working_groups.conftest import Browse
from tests.working_groups.county import PRICE, County
from yixian.revisions.models import Revision, RevisionComparison, RevisionDraft

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def test_a_draft_is_called_saved_only_where_a_price_changed(county: County, browse: Browse) -> None:
    clerk, today = browse("clerk"), timezone.localdate()
    clerk.post(
        "/staff/revisions/new/",
        {
            "area": county.area.pk,
            "title_zh": "土木房单价",
            "title_en": "Prices",
            "reason": "复核",
            "issuer": "县政府",
            "valid_from": today.isoformat(),
        },
    )
    revision = Revision.objects.get()
    address = f"/staff/revisions/{revision.pk}/prices/"
    same = clerk.post(address, {}, follow=True).content.decode()
    assert "没有改动：草案和原来一样。" in same
    assert RevisionDraft.objects.count() == 1
    page = clerk.get(address).content.decode()
    assert f'name="price-{PRICE[0]}-{PRICE[1]}"' in page
    assert "data-find-rows" in page
    assert page.count("data-row=") == page.count('name="price-')
    saved = clerk.post(address, {f"price-{PRICE[0]}-{PRICE[1]}": "999"}, follow=True).content.decode()
    assert "没有改动" not in saved
    assert RevisionDraft.objects.count() == 2


def test_the_counts_add_up_with_those_withheld_under_both() -> None:
    counts = {"gaining": 89, "losing": 0, "unchanged": 70, "newly_withheld": 0, "no_longer_withheld": 0}
    sums = RevisionComparison(manifest={"households": 160, "compared": 159, **counts}).sums
    assert sums["withheld_in_both"] == 1
    assert sum(sums[name] for name in counts) + sums["withheld_in_both"] == sums["households"]
