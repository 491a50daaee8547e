"""填核查表: what somebody found at a drawn household, once — measured without seeing what was recorded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.permission import require_person
from yixian.kernel.received.photographs import Photograph
from yixian.kernel.received.receiving import received_of
from yixian.kernel.received.upload import Upload
from yixian.working_groups.access import CHECKERS
from yixian.working_groups.actions.group_steps import optional
from yixian.working_groups.choices import CheckOutcome, GroupStepKind
from yixian.working_groups.frames import items_to_check
from yixian.working_groups.models import (
    CheckMeasure,
    CheckPhoto,
    CheckResult,
    GroupStep,
    SampledHousehold,
)
from yixian.working_groups.queries.checks import get_check

_MAX_QUANTITY = Decimal(1_000_000)
_MAX_YUAN = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Finding:
    """所见: by line number what was measured, and what people there pay, in yuan; all as it was typed.

    ``timber`` per cubic metre, ``wage`` for a builder's day, ``rebuild`` for a square metre of the same house built anew.
    """

    key: uuid.UUID
    outcome: CheckOutcome
    checked_on: date
    measures: Mapping[str, str] = field(default_factory=dict)
    timber: str = ""
    wage: str = ""
    rebuild: str = ""
    words: str = ""
    photos: tuple[tuple[str, bytes], ...] = ()


def record_check(sampled_id: int, finding: Finding, *, actor: Actor, at: datetime) -> CheckResult:
    """Write down what was found. The same form sent again is the same record.

    Raises `NotFound` for a form that is somebody else's, `Invalid` naming a field, `Refused` once it is checked or ended.
    """
    person = require_person(actor, CHECKERS)
    sampled = get_check(actor, sampled_id)
    before = CheckResult.objects.filter(key=finding.key, sampled=sampled).first()
    if before is not None:
        return before
    received = received_of([Upload(name, content) for name, content in finding.photos])
    with transaction.atomic():
        sampled = SampledHousehold.objects.select_for_update(of=("self",)).get(pk=sampled.pk)
        return write_result(sampled, finding, received.photographs, person, at=at)


def write_result(
    sampled: SampledHousehold,
    finding: Finding,
    photographs: tuple[Photograph, ...],
    person: int,
    *,
    at: datetime,
) -> CheckResult:
    """Write a result on behalf of a user. Call it inside a transaction, with the row held."""
    group = sampled.draw.sample.group
    if CheckResult.objects.filter(sampled=sampled).exists():
        raise Refused("check.done", _("This was checked already."))
    if GroupStep.objects.filter(group=group, kind=GroupStepKind.CHECKED).exists():
        raise Refused("check.ended", _("The checks have ended."))
    today = timezone.localdate(at)
    if not timezone.localdate(sampled.draw.at) <= finding.checked_on <= today:
        raise Invalid("check.day", _("Give a day from the draw until today."), field="checked_on")
    done = finding.outcome == CheckOutcome.DONE
    measures = _measures(sampled, finding) if done else []
    result = CheckResult.objects.create(
        sampled=sampled,
        key=finding.key,
        outcome=finding.outcome,
        checked_on=finding.checked_on,
        timber_yuan=_yuan("timber", finding.timber) if done else None,
        wage_yuan=_yuan("wage", finding.wage) if done else None,
        rebuild_yuan=_yuan("rebuild", finding.rebuild) if done else None,
        words=optional("words", finding.words),
        by_id=person,
        at=at,
    )
    CheckMeasure.objects.bulk_create(CheckMeasure(result=result, **one) for one in measures)
    _keep(result, photographs)
    return result


def _measures(sampled: SampledHousehold, finding: Finding) -> list[dict[str, object]]:
    """Every line must be measured; what is not there any more is 0."""
    lines = items_to_check(sampled.draw.sample.group, sampled.household_id, on=finding.checked_on)
    unknown = set(finding.measures) - {one.line_no for one in lines}
    if unknown:
        raise NotFound("check.not_found", _("There is no such check."))
    found = []
    for one in lines:
        quantity = _number(f"measure-{one.line_no}", finding.measures.get(one.line_no, ""), 4, _MAX_QUANTITY)
        if quantity is None:
            raise Invalid("group.words", _("This must be filled in."), field=f"measure-{one.line_no}")
        found.append(
            {
                "line_no": one.line_no,
                "item_code": one.item_code,
                "quantity": quantity,
                "recorded": one.quantity,
            }
        )
    return found


def _yuan(name: str, text: str) -> Decimal | None:
    return _number(name, text, 2, _MAX_YUAN)


def _number(name: str, text: str, decimals: int, most: Decimal) -> Decimal | None:
    """A plain number typed by somebody; None where nothing was."""
    typed = text.strip().replace(",", "").replace("，", "")
    if not typed:
        return None
    try:
        number = Decimal(typed)
    except InvalidOperation as error:
        raise Invalid("check.number", _("Enter a plain number."), field=name) from error
    if not number.is_finite() or not 0 <= number <= most:
        raise Invalid("check.number", _("Enter a plain number."), field=name)
    if number != number.quantize(Decimal(1).scaleb(-decimals)):
        raise Invalid("check.number", _("Enter a plain number."), field=name)
    return number


def _keep(result: CheckResult, photographs: tuple[Photograph, ...]) -> None:
    for position, photo in enumerate(photographs, 1):
        CheckPhoto.objects.create(
            result=result,
            position=position,
            file=ContentFile(photo.content, name="photo.jpg"),
            small=ContentFile(photo.small, name="small.jpg"),
            width=photo.width,
            height=photo.height,
            sha256=photo.sha256,
        )
