"""修订的页面: "saved" is said only where something changed, and the counts of a comparison add up to all households."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.web.working_groups.conftest import Browse
from tests.working_groups.county import PRICE, County
from yixian.policies.models import PackAdoption
from yixian.revisions.choices import RevisionStepKind
from yixian.revisions.models import Revision, RevisionComparison, RevisionDraft, RevisionStep

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def begun(county: County, browse: Browse) -> Revision:
    """A revision that the clerk began on its page."""
    given = {"title_zh": "土木房单价", "title_en": "Prices", "reason": "复核", "issuer": "县政府"}
    given |= {"area": county.area.pk, "valid_from": timezone.localdate().isoformat()}
    browse("clerk").post("/staff/revisions/new/", given)
    return Revision.objects.get()


def test_a_decision_that_was_called_off_is_told_as_one_and_not_as_withdrawn(
    county: County, browse: Browse
) -> None:
    revision, adoption = begun(county, browse), PackAdoption.objects.get()
    taken = {"revision": revision, "draft": revision.drafts.get(), "by": adoption.approved_by}
    named = {"adoption": adoption, "pack_version": adoption.pack_version, "decided_on": revision.valid_from}
    for kind, more in (
        (RevisionStepKind.DECIDED, {"number": "县政发5号", **named}),
        (RevisionStepKind.CALLED_OFF, {"number": "县政发6号", "note": "另行发文"}),
    ):
        RevisionStep.objects.create(kind=kind, at=timezone.now(), **taken, **more)
    page = browse("clerk").get(f"/staff/revisions/{revision.pk}/").content.decode()
    assert f"已以县政发5号决定，在施行日（{revision.valid_from}）之前取消" in page
    assert "县政发6号" in page
    assert "已决定，施行前取消" in page
    assert "已撤回" not in page
    assert "已决定，施行前取消" in browse("clerk").get("/staff/revisions/").content.decode()


def test_a_draft_is_called_saved_only_where_a_price_changed(county: County, browse: Browse) -> None:
    clerk, revision = browse("clerk"), begun(county, browse)
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
