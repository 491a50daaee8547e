"""补录走访: many at once through the same checks, all or none, by those who keep the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.visits.place import AT, DAY, Place, help_by
from yixian.kernel.errors import Invalid, NotFound, NotPermitted
from yixian.kernel.models import Event
from yixian.visits.actions.enter_visits import PaperOutcome, PaperVisit, enter_visits
from yixian.visits.choices import PromiseResult, SaidBy
from yixian.visits.models import Promise, PromiseOutcome, Visit
from yixian.visits.visit_draft import VisitDraft

pytestmark = pytest.mark.django_db


def paper(place: Place, **changes: object) -> PaperVisit:
    draft = VisitDraft(
        on=DAY - timedelta(days=9), said="谈了学校", present=frozenset({place.head}), promises=(help_by(-2),)
    )
    became = (
        PaperOutcome(0, PromiseResult.KEPT, SaidBy.HELPER, 3),
        PaperOutcome(0, PromiseResult.BROKEN, SaidBy.HOUSEHOLD, 5),
    )
    return PaperVisit(
        place.ours.pk, place.cadre.pk, date(2020, 1, 1), replace(draft, **changes), became=became
    )


def test_what_was_on_paper_stands_as_if_recorded(place: Place) -> None:
    assert enter_visits([paper(place), paper(place)], actor=place.actor("clerk"), at=AT) == 2
    visit = Visit.objects.earliest("pk")
    assert (visit.helper, visit.recorded_by, visit.on) == (
        place.cadre,
        place.users["clerk"],
        DAY - timedelta(days=9),
    )
    assert [row.on for row in PromiseOutcome.objects.order_by("pk")[:2]] == [
        DAY - timedelta(days=6),
        DAY - timedelta(days=4),
    ]
    kinds = ("visit.recorded", "promise.made", "promise.kept_helper", "promise.broken_household")
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "changes",
    [
        {"said": ""},
        {"on": DAY + timedelta(days=1)},
        {"present": frozenset()},
        {"promises": (help_by(5, "给你们多补3000元"),)},
    ],
)
def test_one_fault_and_nothing_is_entered(place: Place, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        enter_visits([paper(place), paper(place, **changes)], actor=place.actor("clerk"), at=AT)
    assert not Visit.objects.exists()
    assert not Promise.objects.exists()
    assert not Event.objects.filter(kind__startswith="visit.").exists()


@pytest.mark.parametrize("name", ["cadre", "township", "auditor"])
def test_only_the_bureau_enters_what_was_on_paper(place: Place, name: str) -> None:
    with pytest.raises(NotPermitted):
        enter_visits([paper(place)], actor=place.actor(name), at=AT)


def test_nobody_enters_out_of_reach(place: Place) -> None:
    far = replace(paper(place), household_id=10**9)
    with pytest.raises(NotFound):
        enter_visits([paper(place), far], actor=place.actor("clerk"), at=AT)
