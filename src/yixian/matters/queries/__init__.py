"""Reading matters: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.matters.queries.available_steps import step_context, steps_for
from yixian.matters.queries.duplicates import possible_duplicates
from yixian.matters.queries.first_words import with_first_words
from yixian.matters.queries.how_long import procedure_views
from yixian.matters.queries.matter_board import MatterBoard, Tab, matter_board, matter_list
from yixian.matters.queries.matter_files import matter_file
from yixian.matters.queries.matter_view import matter_view
from yixian.matters.queries.offices import offices, person_named
from yixian.matters.queries.opinions import opinion_view, own_opinion
from yixian.matters.queries.own_matter import household_matters, own_view
from yixian.matters.queries.receipt import receipt_of
from yixian.matters.queries.shared_matters import open_shared
from yixian.matters.queries.step_choices import (
    available_notification_channels,
    cited_clauses,
    colleagues_of,
    receivers,
    usual_receivers,
)

__all__ = [
    "MatterBoard",
    "Tab",
    "available_notification_channels",
    "cited_clauses",
    "colleagues_of",
    "household_matters",
    "matter_board",
    "matter_file",
    "matter_list",
    "matter_view",
    "offices",
    "open_shared",
    "opinion_view",
    "own_opinion",
    "own_view",
    "person_named",
    "possible_duplicates",
    "procedure_views",
    "receipt_of",
    "receivers",
    "step_context",
    "steps_for",
    "usual_receivers",
    "with_first_words",
]
