"""Reading visits and promises: the first argument is always who asks."""

from yixian.visits.queries.due import household_due, my_households
from yixian.visits.queries.promises import get_promise, household_promises, open_promises
from yixian.visits.queries.visit_board import (
    VisitBoard,
    assigned_organisations,
    longest_unvisited,
    visit_board,
    visits_by_organisation,
)
from yixian.visits.queries.visit_weeks import VisitWeek, visit_weeks
from yixian.visits.queries.visits import get_visit, household_visits, open_photo

__all__ = [
    "VisitBoard",
    "VisitWeek",
    "assigned_organisations",
    "get_promise",
    "get_visit",
    "household_due",
    "household_promises",
    "household_visits",
    "longest_unvisited",
    "my_households",
    "open_photo",
    "open_promises",
    "visit_board",
    "visit_weeks",
    "visits_by_organisation",
]
