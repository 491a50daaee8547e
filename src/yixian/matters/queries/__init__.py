"""Reading matters: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.matters.queries.board import Board, Tab, board, matters
from yixian.matters.queries.choosing import colleagues_of, receivers, ways_to_tell
from yixian.matters.queries.duplicates import possible_duplicates
from yixian.matters.queries.files import matter_file, own_file
from yixian.matters.queries.how_long import procedure_views
from yixian.matters.queries.offices import offices, person_named
from yixian.matters.queries.opinions import opinion_view, own_opinion
from yixian.matters.queries.own import household_matters, own_view
from yixian.matters.queries.page import matter_view
from yixian.matters.queries.receipt import receipt_of
from yixian.matters.queries.shared import open_shared
from yixian.matters.queries.steps import steps_for

__all__ = [
    "Board",
    "Tab",
    "board",
    "colleagues_of",
    "household_matters",
    "matter_file",
    "matter_view",
    "matters",
    "offices",
    "open_shared",
    "opinion_view",
    "own_file",
    "own_opinion",
    "own_view",
    "person_named",
    "possible_duplicates",
    "procedure_views",
    "receipt_of",
    "receivers",
    "steps_for",
    "ways_to_tell",
]
