"""取舍: say which of several sheets of one household holds. All are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.survey.access import CHOOSERS
from yixian.survey.models import Campaign, SheetChoice
from yixian.survey.queries import get_sheet, linked_sheets
from yixian.survey.sheet_states import rivals_of


@transaction.atomic
def choose_sheet(submission_id: int, reason: str, *, actor: Actor, at: datetime) -> SheetChoice:
    """Choose a sheet among its rivals; a later choice takes the place of an earlier one, which stays on record.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` without a reason, `Refused` for a sheet that has no
    rival, waits, or was set aside.
    """
    person = require_person(actor, CHOOSERS)
    submission = get_sheet(actor.acting_as(CHOOSERS), submission_id)
    Campaign.objects.select_for_update().get(pk=submission.campaign_id)
    if not reason.strip():
        raise Invalid("survey.empty", _("This must be filled in."), field="reason")
    rivals = sorted(rivals_of(submission.instance_id, linked_sheets(submission)))
    if not rivals:
        raise Refused("survey.no_choice", _("There is nothing to choose about this sheet."))
    choice = SheetChoice.objects.create(
        submission=submission, chosen_over=rivals, reason=reason.strip(), by_id=person, at=at
    )
    entry = Entry("survey.sheet_chosen", "sheet_submission", submission.pk, submission.area_path)
    record(entry, actor=actor, at=at)
    return choice
