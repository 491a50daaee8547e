"""指定: put a helper beside a household that lacks one in a role, chosen by somebody among those whom the rules allow.

The next pairing would do the same for a whole place; this is for one household, at once. Nobody stands there before, so
there is nothing to hand over and no hand-over is written (`HandoverCause.LACKING`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.access import COVERERS
from yixian.duty.actions.pairing_writer import Begin, begin
from yixian.duty.choices import HandoverCause, Rule
from yixian.duty.eligibility import Days, why_not
from yixian.duty.eligibility.distances import way
from yixian.duty.models import Pairing
from yixian.duty.queries.assigned_helpers import missing_roles
from yixian.duty.rule_sentences import rule_sentences
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

_CHOSEN = gettext_noop("Chosen for your household, beside which nobody stood")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is put beside which household, and why them. ``beyond_places``: even if they then have more than their places."""

    household_id: int
    helper_id: int
    note: str = ""
    beyond_places: bool = False


@transaction.atomic
def assign_helper(given: Assignment, *, actor: Actor, at: datetime) -> Pairing:
    """Put the helper beside the household in their role from today on.

    Raises `NotPermitted`, `NotFound`, `Refused` where somebody stands there in this role, with each rule that keeps the
    helper away in ``sentences``, and `Invalid` at ``beyond_places`` or ``note`` for one whose places are all taken.
    """
    household = get_household(actor, given.household_id)
    require(actor, COVERERS)
    Household.objects.select_for_update().get(pk=household.pk)
    helper = _helper(given.helper_id)
    role, days = HelperKind(helper.kind), Days(timezone.localdate(at))
    if household.valid_until is not None or role not in missing_roles(household, on=days.first):
        raise Refused("assign.beside", _("Somebody stands beside the household in this role already."))
    rules = why_not(household, helper, days)
    _allowed(given, [rule for rule in rules if rule != Rule.NO_PLACES], is_full=Rule.NO_PLACES in rules)
    plan = Begin(household, helper, way(household, helper), days, HandoverCause.LACKING, _CHOSEN)
    (made,) = begin([plan], actor=actor, at=at)
    data = {
        "helper": helper.person.name,
        "role": role.value,
        "reason": given.note.strip(),
        "beyond_places": Rule.NO_PLACES in rules,
    }
    record(Entry("helper.chosen", "household", household.pk, household.area_path, data), actor=actor, at=at)
    return made


def _helper(helper_id: int) -> Helper:
    """The helper, kept for this transaction, so that two who choose at once do not both take the last place."""
    rows = Helper.objects.select_related("person", "organisation", "home_area")
    found = rows.select_for_update(of=("self",)).filter(pk=helper_id).first()
    if found is None:
        raise NotFound("helper.not_found", _("There is no such helper."))
    return found


def _allowed(given: Assignment, rules: list[Rule], *, is_full: bool) -> None:
    if rules:
        raise Refused(
            "handover.rules",
            _("They may not: a rule keeps them away."),
            sentences=list(rule_sentences(rules)),
        )
    if is_full and not given.beyond_places:
        raise Invalid(
            "assign.full",
            _("All their places are taken. Choose somebody else, or say that they take one more."),
            field="beyond_places",
        )
    if is_full and not given.note.strip():
        raise Invalid("assign.why", _("Say why they take more than their places."), field="note")
