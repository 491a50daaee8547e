"""录入核查工作簿: what checkers wrote down on paper, entered by a clerk in their names — all of it, or nothing."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, YixianError
from yixian.working_groups.actions.group_steps import begin, note
from yixian.working_groups.actions.record_check import Finding, write_result
from yixian.working_groups.models import CheckAssignment, SampledHousehold
from yixian.working_groups.sheet import SheetRow, day_of, outcome_of, read_rows
from yixian.working_groups.steps import SHEET_IN


@transaction.atomic
def read_sheet(group_id: int, content: bytes, *, actor: Actor, at: datetime) -> int:
    """Enter a filled-in sheet. How many households were entered; rows without an outcome are left for later.

    Raises `Invalid` naming the first row that is wrong; nothing is entered then.
    """
    view, _person = begin(SHEET_IN, group_id, actor=actor, at=at)
    rows: dict[int, list[SheetRow]] = {}
    for row in read_rows(content):
        if row.outcome:
            rows.setdefault(row.order, []).append(row)
    for order, lines in rows.items():
        try:
            _enter(view.group.pk, view.group.key, order, lines, at)
        except YixianError as error:
            raise Invalid(
                "check.sheet",
                _("Row %(row)s: %(fault)s Nothing was entered."),
                field="file",
                row=lines[0].row,
                fault=error.sentence,
            ) from error
    note(view.group, "group.sheet_entered", actor=actor, at=at, checks=len(rows))
    return len(rows)


def _enter(group_id: int, key: uuid.UUID, order: int, lines: list[SheetRow], at: datetime) -> None:
    found = SampledHousehold.objects.filter(draw__sample__group=group_id, order=order)
    sampled = found.select_for_update(of=("self",)).first()
    if sampled is None:
        raise Invalid("check.not_found", _("There is no such check."), field="file")
    assigned = CheckAssignment.objects.filter(sampled=sampled).order_by("-pk").first()
    if assigned is None:
        raise Invalid("check.unassigned", _("The form was not given to anybody yet."), field="file")
    first = lines[0]
    finding = Finding(
        key=uuid.uuid5(key, f"sheet {sampled.pk}"),
        outcome=outcome_of(first.outcome),
        checked_on=day_of(first.day),
        measures={row.line_no: row.measure for row in lines if row.line_no},
        timber=first.timber,
        wage=first.wage,
        rebuild=first.rebuild,
        words=first.words,
    )
    write_result(sampled, finding, (), assigned.user_id, at=at)
