"""Reading matters: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.matters.queries.board import Board, Tab, board, matters
from yixian.matters.queries.files import matter_file, own_file
from yixian.matters.queries.own import household_matters, own_view
from yixian.matters.queries.page import matter_view, steps_for

__all__ = [
    "Board",
    "Tab",
    "board",
    "household_matters",
    "matter_file",
    "matter_view",
    "matters",
    "own_file",
    "own_view",
    "steps_for",
]
