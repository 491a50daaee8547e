"""到期与走访情况: what is due in which order, and the board against a plain count over every household."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_area, make_household
from tests.visits.place import AT, DAY, Place, help_by, visited
from yixian.domain.policy import DutyRules
from yixian.duty.models import Pairing
from yixian.kernel.errors import NotPermitted
from yixian.policies.queries import CUSTOM
from yixian.visits.actions.correct_visit import VisitCorrection, correct_visit
from yixian.visits.actions.enter_visits import PaperOutcome, PaperVisit, enter_visits
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, settle_promise
from yixian.visits.choices import PromiseResult, SaidBy
from yixian.visits.models import Promise, Visit
from yixian.visits.promise_state import FAILED, WAITING, PromiseState, state_of
from yixian.visits.queries import (
    assigned_organisations,
    household_due,
    longest_unvisited,
    my_households,
    visit_board,
    visit_weeks,
    visits_by_organisation,
)
from yixian.visits.visit_draft import PromiseDraft, VisitDraft

pytestmark = pytest.mark.django_db


def neighbours(place: Place, how_many: int) -> list[int]:
    """More households beside which the cadre stands."""
    found = []
    for _one in range(how_many):
        household = make_household(place.ours.area)
        Pairing.objects.create(
            household=household, helper=place.cadre, role="cadre", area_path=household.area_path, cost=1,
            valid_from=household.valid_from, began_because="nearest",
        )  # fmt: skip
        found.append(household.pk)
    return found


def paper(
    place: Place, household_id: int, day: date, *promises: PromiseDraft, became: tuple[PaperOutcome, ...] = ()
) -> PaperVisit:
    draft = VisitDraft(on=day, said="谈了谈", others="邻居", promises=promises)
    return PaperVisit(household_id, place.cadre.pk, date(2020, 1, 1), draft, became=became)


def test_a_household_in_figures(place: Place) -> None:
    assert household_due(place.actor("cadre"), place.ours, on=DAY).last_on is None
    visited(place, help_by(-3), help_by(20), ago=9)
    due = household_due(place.actor("county"), place.ours, on=DAY)
    assert due is not None
    assert (due.days_since(DAY), due.open, due.overdue, due.broken) == (9, 2, 1, 0)
    assert due.visit_due_on == DAY + timedelta(days=21)
    assert not due.is_late(DAY + timedelta(days=21))
    assert due.is_late(DAY + timedelta(days=22))
    late = Promise.objects.order_by("pk")[0]
    settle_promise(late.pk, PromiseOutcomeInput("broken", DAY, "没有办成"), actor=place.actor("cadre"), at=AT)
    due = household_due(place.actor("cadre"), place.ours, on=DAY)
    assert due is not None
    assert (due.open, due.overdue, due.broken) == (1, 0, 1)
    assert household_due(place.actor("finance"), place.ours, on=DAY) is None


def test_a_correction_is_no_second_visit_and_moves_the_day(place: Place) -> None:
    visit = visited(place, ago=3)
    draft = VisitDraft(on=DAY - timedelta(days=5), said="谈了", others="邻居")
    correct_visit(visit.pk, VisitCorrection(draft, "日子写错了"), actor=place.actor("cadre"), at=AT)
    assert household_due(place.actor("cadre"), place.ours, on=DAY).last_on == DAY - timedelta(days=5)


def test_mine_stand_by_what_is_due_and_by_nothing_else(place: Place) -> None:
    never, late, soon, overdue, fresh = neighbours(place, 5)
    enter_visits(
        [
            paper(place, place.ours.pk, DAY - timedelta(days=50)),
            paper(place, late, DAY - timedelta(days=40)),
            paper(place, soon, DAY - timedelta(days=1), help_by(4)),
            paper(place, overdue, DAY - timedelta(days=9), help_by(-2)),
            paper(place, fresh, DAY, help_by(30)),
        ],
        actor=place.actor("clerk"),
        at=AT,
    )
    mine = my_households(place.actor("cadre"), on=DAY)
    assert [row.household.pk for row in mine] == [overdue, soon, never, place.ours.pk, late, fresh]
    assert my_households(place.actor("clerk"), on=DAY) == []


def test_mine_cost_the_same_however_many(place: Place) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            my_households(place.actor("cadre"), on=DAY)
        return len(queries)

    asked()  # what is kept while nothing changes is worked out once
    few = asked()
    neighbours(place, 12)
    assert asked() == few


def test_the_board_counts_what_there_is(place: Place) -> None:
    """Against a count in plain Python over every household and promise."""
    chance = random.Random(7)
    ids = [*neighbours(place, 60), place.ours.pk]
    papers = []
    for household_id in ids:
        for ago in chance.sample(range(1, 80), chance.randrange(3)):
            promised = help_by(chance.randrange(-ago, 40)) if chance.random() < 0.6 else None
            became = ()
            if promised and chance.random() < 0.5:
                became = (PaperOutcome(0, chance.choice(list(PromiseResult)), SaidBy.HELPER, 0, "说明"),)
            if promised and chance.random() < 0.3:
                became += (
                    PaperOutcome(
                        0, chance.choice([PromiseResult.KEPT, PromiseResult.BROKEN]), SaidBy.HOUSEHOLD, 1
                    ),
                )
            papers.append(
                paper(
                    place,
                    household_id,
                    DAY - timedelta(days=ago),
                    *([promised] if promised else []),
                    became=became,
                )
            )
    enter_visits(papers, actor=place.actor("clerk"), at=AT)
    last = dict.fromkeys(ids)
    for household_id, on in Visit.objects.values_list("household_id", "on"):
        last[household_id] = max(last[household_id] or on, on)
    days = [(DAY - on).days for on in last.values() if on]
    states = [_state(promise) for promise in Promise.objects.all()]
    actor = place.actor("township")
    board = visit_board(actor, on=DAY)
    organisations = visits_by_organisation(
        actor, list(assigned_organisations(actor, on=DAY)), board.rules, on=DAY
    )
    for figures in (board.whole, board.townships[0], organisations[0]):
        assert (figures.households, figures.never) == (len(ids), sum(on is None for on in last.values()))
        assert figures.within == sum(one <= 30 for one in days)
        assert figures.median_days == median(days)
        assert figures.overdue == states.count(PromiseState.OVERDUE)
        assert figures.open == sum(one in WAITING for one in states) - figures.overdue
        assert figures.broken == sum(one in FAILED for one in states) - figures.overdue
    longest = list(longest_unvisited(place.actor("township"), on=DAY))
    assert [row.last_on for row in longest] == sorted(last.values(), key=lambda on: on or date.min)[:50]


def test_each_township_has_its_own_rule(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same days since a visit are within the rule of one township and beyond that of another, in a body's figures too."""
    there = make_household(make_area(make_area(make_area(place.county)), "别组"))
    Pairing.objects.create(
        household=there, helper=place.cadre, role="cadre", area_path=there.area_path, cost=1,
        valid_from=there.valid_from, began_because="nearest",
    )  # fmt: skip
    ago = DAY - timedelta(days=20)
    papers = [paper(place, place.ours.pk, ago), paper(place, there.pk, ago)]
    enter_visits(papers, actor=place.actor("clerk"), at=AT)

    def rules(paths: Iterable[str], on: date) -> dict[str, DutyRules]:
        strict = {True: 10, False: 30}
        return {
            path: replace(CUSTOM, visit_every_days=strict[there.area_path.startswith(path)]) for path in paths
        }

    monkeypatch.setattr(import_module("yixian.visits.queries.visit_board"), "duty_rules_at", rules)
    actor = place.actor("lead")
    board = visit_board(actor, on=DAY)
    organisations = visits_by_organisation(
        actor, list(assigned_organisations(actor, on=DAY)), board.rules, on=DAY
    )
    assert (board.whole.within, board.whole.every_days) == (1, 30)
    assert {row.label: row.within for row in board.townships if row.within} == {"近溪镇": 1}
    cadres = max(organisations, key=lambda row: row.households)
    assert (cadres.households, cadres.never, cadres.within, cadres.median_days) == (3, 1, 1, 20)


def test_the_board_covers_what_its_reader_reaches(place: Place) -> None:
    make_household(make_area(make_area(make_area(place.county)), "别组"))
    assert visit_board(place.actor("township"), on=DAY).whole.households == 1
    assert visit_board(place.actor("lead"), on=DAY).whole.households == 3
    assert [row.label for row in visit_board(place.actor("township"), on=DAY).townships] == ["近溪镇"]
    for name in ("cadre", "finance"):
        with pytest.raises(NotPermitted):
            visit_board(place.actor(name), on=DAY)


def test_the_board_asks_the_same_however_many(place: Place) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            actor = place.actor("lead")
            rules = visit_board(actor, on=DAY).rules
            visits_by_organisation(actor, list(assigned_organisations(actor, on=DAY)), rules, on=DAY)
            list(longest_unvisited(actor, on=DAY))
        return len(queries)

    asked()  # the policy in force is known from here on
    counted = []
    for households in (2, 20):
        neighbours(place, households)
        counted.append(asked())
    assert counted[0] == counted[1] <= 19  # six of them ask what state the tables are in
    assert asked() <= 12  # nothing has changed: nothing is counted again


def _state(promise: Promise) -> PromiseState:
    words = dict.fromkeys(SaidBy, "")
    for row in promise.outcomes.order_by("pk"):
        words[SaidBy(row.said_by)] = row.outcome
    return state_of(promise.due_on, words[SaidBy.HELPER], words[SaidBy.HOUSEHOLD], DAY)


def test_weeks_count_who_was_visited_within_the_rule_by_their_end(place: Place) -> None:
    """A visit counts from its day on for thirty days: at the end of five weeks and no other."""
    visited(place, ago=40)
    shown = visit_weeks(place.actor("county"), on=DAY)
    assert [week.ends_on for week in shown][-2:] == [DAY - timedelta(days=7), DAY]
    ends = [(DAY - week.ends_on).days for week in shown if week.within]
    assert ends == [35, 28, 21, 14]
    visited(place, ago=3)
    latest = visit_weeks(place.actor("county"), on=DAY)[-1]
    board = visit_board(place.actor("county"), on=DAY).whole
    assert (latest.within, latest.households) == (board.within, board.households) == (1, 2)
    assert latest.per_cent == 50


def test_weeks_of_visits_cover_what_their_reader_reaches(place: Place) -> None:
    visited(place, ago=3)
    assert visit_weeks(place.actor("township"), on=DAY)[-1].households == 1
    with pytest.raises(NotPermitted):
        visit_weeks(place.actor("cadre"), on=DAY)
