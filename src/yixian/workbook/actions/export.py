"""导出: the register as the same workbook. Every household in it is noted as read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_noop

from yixian.kernel.actors import Actor
from yixian.kernel.job_reports import Reporter, silent
from yixian.policies.queries import any_pack_in_force, latest_registered_pack
from yixian.registry.access import household_scope
from yixian.registry.actions.note_reading import note_reading_many
from yixian.workbook.access import as_keeper, reach_of
from yixian.workbook.register_rows import ROWS
from yixian.workbook.writing import write_workbook


def export(target: Path, *, actor: Actor, at: datetime, report: Reporter = silent) -> int:
    """Write the register within the actor's reach, and the places above it, to a file; returns the number of rows."""
    keeper = as_keeper(actor)
    reach = reach_of(keeper)
    households = household_scope(keeper)
    found = any_pack_in_force(timezone.localdate(at))
    rows = {key: rows_of(reach) for key, rows_of in ROWS.items()}
    count = write_workbook(target, rows, pack=found[1] if found else latest_registered_pack(), report=report)
    ids = list(households.filter(valid_until=None).values_list("pk", flat=True))
    note_reading_many(actor, ids, gettext_noop("workbook export"), at=at)
    return count
