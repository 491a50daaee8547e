"""定时工作如何说: what each tick is called, and what its counts count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from yixian.kernel.queries import HeartbeatView
from yixian.web.ui.cells import LINES, MOMENT, Badge, soft
from yixian.web.ui.tables import Column, Empty, Table

TASK_TITLES = {
    "kernel.sending": _("Sending messages"),
    "kernel.seal_ledger": _("Sealing the ledger"),
    "kernel.tidy": _("Clearing away what is over"),
    "matters.desks": _("Figures of desks"),
    "matters.escalate": _("Reporting missed limits"),
    "matters.index": _("Index of matters"),
    "matters.mail": _("Taking in mails"),
    "matters.publish": _("Publishing figures"),
    "matters.reassign": _("Matters for which nobody acts"),
    "working_groups.signals": _("Listening for signals"),
}
"""What each tick is called."""

COUNT_LABELS = {
    ("kernel.sending", "sent"): _("Sent"),
    ("kernel.sending", "failed"): _("Not sent, tried again"),
    ("kernel.sending", "given_up"): _("Given up"),
    ("matters.escalate", "failed"): _("Could not be followed"),
    ("matters.index", "failed"): _("Could not be followed"),
    ("matters.desks", "failed"): _("Could not be followed"),
    ("matters.publish", "failed"): _("Could not be followed"),
    ("matters.mail", "failed"): _("Could not be taken in"),
    ("matters.mail", "refused"): _("Not persons' mails"),
    ("matters.reassign", "failed"): _("Could not be followed"),
    ("matters.publish", "published"): _("Quarters published"),
    ("working_groups.signals", "signals"): _("New signals"),
    ("kernel.seal_ledger", "sealed"): _("Sealed events"),
    ("kernel.tidy", "sessions"): _("Expired sign-ins"),
    ("kernel.tidy", "attempts"): _("Forgotten wrong guesses"),
    ("kernel.tidy", "stamps"): _("Old change stamps"),
}
"""What each of a tick's counts counts."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A tick as the board shows it: its title, how it is doing, and what it did last, each with its number."""

    title: Any
    view: HeartbeatView
    did: list[tuple[Any, int]]


def task_row(view: HeartbeatView) -> TaskRow:
    """The row of one tick."""
    did = [(COUNT_LABELS.get((view.name, name), name), number) for name, number in view.counts.items()]
    return TaskRow(TASK_TITLES.get(view.name, view.name), view, did)


def _state(row: TaskRow) -> Badge:
    view = row.view
    if view.is_late:
        return Badge(_("Late"), "bad")
    if view.failures:
        return Badge(_("Failed"), "warn")
    return Badge(_("Running"), "river") if view.is_running else Badge(_("In order"), "good")


TASKS = Table[TaskRow](
    _("Scheduled tasks"),
    (
        Column("what", _("What"), lambda row: row.title, place="lead"),
        Column(
            "state",
            _("State"),
            _state,
            under=lambda row: (
                soft(f"{row.view.last_error} × {row.view.failures}") if row.view.failures else ""
            ),
            place="labelled",
        ),
        Column("last", _("Last success"), lambda row: row.view.last_well_at, MOMENT),
        Column(
            "did",
            _("Result"),
            lambda row: [f"{label} {number:,}" for label, number in row.did],
            LINES,
        ),
    ),
    Empty(_("Nothing runs by itself.")),
    css="",
)
