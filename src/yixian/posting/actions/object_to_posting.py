"""异议与复核: take down what somebody says against a line that hangs, and what became of it when others measured again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure.posting import ANSWERED, OBJECTED, RECHECKED
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.posting.actions.posting_events import add_event, taking_step
from yixian.posting.choices import ObjectionChannel, ObjectionOutcome
from yixian.posting.models import Objection, ObjectionAnswer, PostedLine, Posting
from yixian.posting.queries import get_posting
from yixian.posting.steps import ANSWER, OBJECT
from yixian.registry.access import below
from yixian.registry.models import Household

MAX_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """异议内容: by which door, about whose line, what; and who, sealed ("" if they do not say)."""

    channel: ObjectionChannel
    household_no: str
    text: str
    line_no: str = ""
    raised_by: str = ""
    matter_number: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredAgain:
    """复核: the quantity that two persons found who had not measured it before, and on which day."""

    quantity: Decimal
    measured_by: str
    second: str
    on: date


@transaction.atomic
def take_objection(posting_id: int, said: Said, *, actor: Actor, at: datetime) -> Objection:
    """Take an objection down. The next round and the lock wait until it is answered.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` for an empty text, a household or line that is
    none of this village or list (what is missing is objected to without the number of a line), `Refused` before it hung.
    """
    posting = taking_step(OBJECT, posting_id, actor=actor, at=at)
    text = said.text.strip()
    if not text or len(text) > MAX_WORDS:
        raise Invalid("posting.text", _("Say what is wrong, in at most 2,000 letters."), field="text")
    of_household = PostedLine.objects.filter(
        posting__area=posting.area_id, posting__list=posting.list, household_no=said.household_no
    )
    if not of_household.exists() and not _lives_there(posting, said.household_no):
        raise Invalid(
            "posting.household", _("No household of this village has such a number."), field="household_no"
        )
    if said.line_no and not of_household.filter(line_no=said.line_no).exists():
        raise Invalid("posting.line", _("This line does not stand on the list."), field="line_no")
    data: dict[str, object] = {"household": said.household_no, "line": said.line_no, "channel": said.channel}
    event = add_event(posting, OBJECTED, actor=actor, at=at, data=data)
    return Objection.objects.create(
        posting=posting,
        event=event,
        household_no=said.household_no,
        line_no=said.line_no,
        channel=said.channel,
        raised_by=said.raised_by.strip(),
        text=text,
        matter_number=said.matter_number,
    )


@transaction.atomic
def answer_objection(
    objection_id: int,
    outcome: ObjectionOutcome,
    reason: str,
    measured: MeasuredAgain | None = None,
    *,
    actor: Actor,
    at: datetime,
) -> ObjectionAnswer:
    """Record what became of an objection: explained, or measured again by two who did not measure before.

    A changed quantity does not change the register: that takes its own proposal and second person, and the next round shows it.
    Raises `NotFound` out of reach, `NotPermitted` without the role, `Refused` for one that is answered, `Invalid` for a missing
    reason or measure, one person twice, somebody who measured before, or an outcome that the measure does not bear out.
    """
    person = ANSWER.person(actor)
    objection = Objection.objects.filter(pk=objection_id).first()
    if objection is None:
        raise NotFound("posting.no_objection", _("There is no such objection."))
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        get_posting(actor.acting_as(ANSWER.roles), objection.posting_id)
        raise Refused("posting.answered", _("This objection is answered already."))
    posting = taking_step(ANSWER, objection.posting_id, actor=actor, at=at)
    if ObjectionAnswer.objects.filter(
        objection=objection
    ).exists():  # answered while this one waited for the posting
        raise Refused("posting.answered", _("This objection is answered already."))
    if not reason.strip():
        raise Invalid("posting.reason", _("Say why."), field="reason")
    before = _posted_quantity(objection)
    if outcome is ObjectionOutcome.EXPLAINED:
        measured = None
    elif measured is None:
        raise Invalid("posting.measure", _("Say what was measured again."), field="quantity")
    else:
        _check_measured(objection, outcome, measured, before)
        add_event(posting, RECHECKED, actor=actor, at=at, data={"objection": objection.pk})
    add_event(posting, ANSWERED, actor=actor, at=at, data={"objection": objection.pk, "outcome": outcome})
    return ObjectionAnswer.objects.create(
        objection=objection,
        outcome=outcome,
        before=before,
        after=measured.quantity if measured else None,
        measured_by=measured.measured_by.strip() if measured else "",
        second=measured.second.strip() if measured else "",
        measured_on=measured.on if measured else None,
        reason=reason.strip(),
        by_id=person,
        at=at,
    )


def _lives_there(posting: Posting, household_no: str) -> bool:
    """Whether a household of the register lives in the village, though the list forgot it."""
    rows = Household.objects.filter(below(posting.area_path, "area_path"), in_force(posting.as_of))
    return rows.filter(household_no=household_no).exists()


def _posted_quantity(objection: Objection) -> Decimal | None:
    """What the list says of the line; None where the objection is that it says nothing."""
    posting = objection.posting
    rows = PostedLine.objects.filter(
        posting__area=posting.area_id,
        posting__list=posting.list,
        posting__round__lte=posting.round,
        household_no=objection.household_no,
        line_no=objection.line_no,
    )
    row = rows.order_by("posting__round").last()
    return row.quantity if row else None


def _check_measured(
    objection: Objection, outcome: ObjectionOutcome, measured: MeasuredAgain, before: Decimal | None
) -> None:
    names = {"measured_by": measured.measured_by.strip(), "second": measured.second.strip()}
    earlier = set(InventoryItem.objects.filter(line_no=objection.line_no).values_list("surveyor", flat=True))
    for field, name in names.items():
        if not name:
            raise Invalid("posting.two_people", _("Two persons measure again: name both."), field=field)
        if objection.line_no and name in earlier:
            words = _("This person measured it before: others measure again.")
            raise Invalid("posting.measured_before", words, field=field)
    if names["measured_by"] == names["second"]:
        raise Invalid("posting.two_people", _("Two persons measure again: name both."), field="second")
    if measured.quantity < 0:
        raise Invalid("posting.quantity", _("A quantity is not below 0."), field="quantity")
    if (outcome is ObjectionOutcome.KEPT) != (measured.quantity == before):
        words = _("The outcome does not fit the quantity that was found.")
        raise Invalid("posting.outcome", words, field="outcome")
