"""离岗: announce that somebody will be away, and give each of their households somebody else, in one step.

An absence that is announced leaves no day uncovered: if only one household would have nobody, nothing is written and the
refusal names them all. The way out is another day, more places, or letting helpers take more than their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.duty.access import PLANNERS, require_households
from yixian.duty.actions.substitutes import Plan, assign_substitutes_for_all, pairings_on
from yixian.duty.choices import FOR_GOOD, AbsenceKind
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence, Leadership, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.models import Helper, Organisation


@dataclass(frozen=True, slots=True)
class Announcement:
    """Who is away, how, from a day until (not including) another, and why. ``beyond``: places more for everybody asked."""

    helper_id: int
    kind: AbsenceKind
    first: date
    until: date | None
    reason: str
    document: str = ""
    to_organisation_id: int | None = None
    beyond: int = 0


MAX_AT_ONCE = 50
"""So many absences are announced in one step at most."""


@transaction.atomic
def announce_absence(given: Announcement, *, actor: Actor, at: datetime) -> Plan:
    """Write an announced absence with a successor or stand-in for each household.

    Raises `NotPermitted`, `NotFound` (a helper or household out of reach), `Invalid` with the field, and `Refused` with
    ``households`` (their numbers) and ``sentences`` if anybody would be left without; then nothing is written.
    """
    (plan,) = announce_absences([given], actor=actor, at=at)
    return plan


@transaction.atomic
def announce_absences(given: Sequence[Announcement], *, actor: Actor, at: datetime) -> list[Plan]:
    """Write several announced absences as one step, all or nothing; none of those away takes another's households.

    Raises as `announce_absence`; what concerns one of several has their number and name in ``helper``.
    """
    plans = _announce(given, actor, at)
    numbers = [row.household.household_no for plan in plans for row in plan.lacking]
    if numbers:
        raise Refused(
            "absence.nobody",
            _(
                "Nobody could be found for some households. Choose another day, or let helpers take more households."
            ),
            households=numbers,
            sentences=sentences_of(plans),
        )
    return plans


def preview_absences(given: Sequence[Announcement], *, actor: Actor, at: datetime) -> list[Plan]:
    """The same for several at once."""
    with transaction.atomic():
        plans = _announce(given, actor, at)
        transaction.set_rollback(True)
    return plans


def sentences_of(plans: Iterable[Plan]) -> list[str]:
    """What keeps households without somebody, each sentence once."""
    return list(dict.fromkeys(sentence for plan in plans for sentence in plan.sentences))


def _announce(given: Sequence[Announcement], actor: Actor, at: datetime) -> list[Plan]:
    """Everybody is written down as away before anybody is looked for, so that nobody who leaves takes over."""
    require(actor, PLANNERS)
    if not 0 < len(given) <= MAX_AT_ONCE:
        raise Invalid("absence.many", _("Announce one to fifty people at once."), field="helpers")
    if len({one.helper_id for one in given}) != len(given):
        raise Invalid("absence.same", _("Somebody is named twice."), field="helpers")
    ids = [one.helper_id for one in given]
    list(Helper.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    known = Helper.objects.select_related("person", "organisation__area").in_bulk(ids)
    if len(known) != len(given):
        raise NotFound("helper.not_found", _("There is no such helper."))
    away = [_write(one, known[one.helper_id], actor, at) for one in given]
    require_households(actor, {row.household_id for _absence, rows in away for row in rows})
    return assign_substitutes_for_all(away, beyond=max(one.beyond for one in given), actor=actor, at=at)


def _write(given: Announcement, helper: Helper, actor: Actor, at: datetime) -> tuple[Absence, list[Pairing]]:
    """The absence, and the pairings that it leaves open."""
    _check(given, helper)
    beside = pairings_on(helper, Days(given.first, given.until))
    absence = Absence.objects.create(
        helper=helper,
        kind=given.kind,
        valid_from=given.first,
        valid_until=given.until,
        reason=given.reason.strip(),
        document=given.document.strip(),
        to_organisation=Organisation.objects.filter(pk=given.to_organisation_id).first()
        if given.to_organisation_id
        else None,
        announced_by_id=actor.user_id,
        announced_at=at,
    )
    before = helper.valid_until.isoformat() if helper.valid_until else ""
    if given.kind == AbsenceKind.DEPARTURE:
        helper.valid_until = given.first
        helper.save(update_fields=["valid_until"])
    data = {
        "absence": absence.pk,
        "kind": given.kind.value,
        "from": given.first.isoformat(),
        "reason": absence.reason,
        "service_until": before,
    }
    record(
        Entry("absence.announced", "helper", helper.pk, helper.organisation.area.path, data),
        actor=actor,
        at=at,
    )
    return absence, beside


def _check(given: Announcement, helper: Helper) -> None:
    if given.kind == AbsenceKind.SUDDEN:
        raise Invalid(
            "absence.kind", _("Somebody who is suddenly away is reported, not announced."), field="kind"
        )
    if not given.reason.strip():
        raise Invalid("absence.reason", _("Say why."), field="reason")
    if given.kind in FOR_GOOD and given.until is not None:
        raise Invalid("absence.end", _("Who leaves for good has no day of return."), field="until")
    if given.kind == AbsenceKind.LEAVE and (given.until is None or given.until <= given.first):
        raise Invalid(
            "absence.return", _("The day of return lies after the first day of leave."), field="until"
        )
    if helper.valid_until is not None and helper.valid_until <= given.first:
        raise Refused(
            "absence.gone", _("%(helper)s: no longer in service on that day."), helper=_named(helper)
        )
    if (
        given.kind in FOR_GOOD
        and Leadership.objects.filter(Days(given.first).overlap(), helper=helper).exists()
    ):
        raise Refused(
            "absence.leads",
            _("They lead at a township: appoint their successor there first."),
            helper=_named(helper),
        )
    clashing = Absence.objects.filter(Days(given.first, given.until).overlap(), helper=helper)
    if given.kind in FOR_GOOD:
        clashing = clashing.filter(kind__in=FOR_GOOD)
    if clashing.exists():
        raise Refused(
            "absence.twice",
            _("%(helper)s: announced to be away on these days already."),
            helper=_named(helper),
        )


def _named(helper: Helper) -> str:
    return f"{helper.person.name} {helper.helper_no}"
