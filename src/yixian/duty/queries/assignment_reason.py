"""为什么是他: in a sentence, and counted on the day of asking: how many could stand beside a household, and why it is this one.

Counted by the same rules as pairings are planned by: those who work here, speak the household's language, are whom it asked
for and are not recused. Of these, who sets out nearer than the one it has, and whether they are full or away on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.duty.choices import HandoverCause, PairingPart
from yixian.duty.duty_read_models import AssignedHelperView
from yixian.duty.eligibility import Days
from yixian.duty.eligibility.edges import eligible_ways
from yixian.duty.eligibility.offers import away, places_of_one, taken_places, working_near
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household


@dataclass(frozen=True, slots=True)
class AssignmentReason:
    """``could``: who may stand beside the household, the one it has among them. ``nearer`` of them set out nearer: ``full``,
    ``gone`` (away or leaving) or ``free``. ``as_near``: others who are exactly as near. ``sentence`` says it.

    ``counted`` is false where the one it has would not be eligible today (a rule has changed since): then only the reason of
    their coming is said.
    """

    sentence: str
    counted: bool = False
    could: int = 0
    nearer: int = 0
    full: int = 0
    gone: int = 0
    as_near: int = 0

    @property
    def free(self) -> int:
        """Who is nearer and has a place today."""
        return self.nearer - self.full - self.gone


def assignment_reason(household: Household, view: AssignedHelperView, *, on: date) -> AssignmentReason:
    """Why this person stands beside the household; the caller has been shown who does (`yixian.duty.queries.assigned_helpers`).

    ``household`` needs ``area`` loaded.
    """
    if view.part == "lead" or view.cause in _SAID_ALREADY:
        return AssignmentReason(view.reason)
    standing_in = view.part == PairingPart.STAND_IN
    days = Days(on, view.until) if standing_in else Days(on)
    costs, ids = _costs(household, HelperKind(view.role), days)
    own = costs.get(view.helper_id)
    if own is None:
        return AssignmentReason(view.reason)
    nearer = {helper for helper, cost in costs.items() if cost < own}
    gone = nearer & set(away(days).filter(helper__in=nearer).values_list("helper_id", flat=True))
    taken = taken_places(HelperKind(view.role), days, standing_in=standing_in, of=nearer)
    full = {
        helper
        for helper in nearer - gone
        if taken.get(helper, 0) >= places_of_one(ids[helper], standing_in=standing_in)
    }
    as_near = sum(cost == own for cost in costs.values()) - 1
    counts = AssignmentReason(
        "",
        counted=True,
        could=len(costs),
        nearer=len(nearer),
        full=len(full),
        gone=len(gone),
        as_near=as_near,
    )
    sentence = " ".join(part for part in (_began(view), _sentence(counts, view)) if part)
    return replace(counts, sentence=_joined(sentence))


def _costs(household: Household, role: HelperKind, days: Days):  # type: ignore[no-untyped-def]
    """Metres of the way for everybody who may, by helper id, and the helpers themselves."""
    helpers = working_near(household, role, days)
    return eligible_ways(household, helpers, days), {helper.pk: helper for helper in helpers}


_SAID_ALREADY = frozenset({HandoverCause.MOVED_ALONG.value, HandoverCause.SPLIT.value})
"""Where the reason with which somebody came says all there is to say."""


def _began(view: AssignedHelperView) -> str:
    """What made room for them, if anything did."""
    words: Mapping[str, str] = {
        HandoverCause.LEAVING: _("%(before)s has left this work."),
        HandoverCause.LEAVE: _("%(before)s is on leave; until %(until)s somebody stands in."),
        HandoverCause.SUDDEN: _("%(before)s is suddenly away; until they are back somebody stands in."),
        HandoverCause.ASKED: _("You asked for another helper in place of %(before)s."),
        HandoverCause.RECUSAL: _("%(before)s must not stand beside you, by the rules."),
    }
    if view.cause not in words or not view.instead_of:
        return ""
    until = date_format(view.until) if view.until else ""
    return words[view.cause] % {"before": view.instead_of, "until": until}


def _sentence(why: AssignmentReason, view: AssignedHelperView) -> str:
    """How many could, and why it is this one."""
    numbers = {
        "could": why.could,
        "nearer": why.nearer,
        "full": why.full,
        "gone": why.gone,
        "free": why.free,
        "as_near": why.as_near,
        "name": view.name,
    }
    if view.role == HelperKind.CADRE:
        could = _("Cadres who could stand beside your household: %(could)d.")
    else:
        could = _("Party members who could stand beside your household: %(could)d.")
    return f"{could % numbers} {_nearness(why) % numbers}"


def _nearness(why: AssignmentReason) -> str:
    if why.could == 1:
        return _("Nobody else could, so it is %(name)s.")
    if not why.nearer and why.as_near:
        return _(
            "Nobody is nearer to you; exactly as near: %(as_near)d. The published lot gave you %(name)s."
        )
    if not why.nearer:
        return _("Of these %(name)s is the nearest to you.")
    if why.free:
        return _(
            "Nearer to you: %(nearer)d, of whom %(free)d have a place today; when it was arranged they had none, or would have "
            "had too many households. If you would rather have one of them, ask for another helper."
        )
    if why.full == why.nearer:
        return _("Nearer to you: %(nearer)d, who all have no place left, so it is %(name)s.")
    if why.gone == why.nearer:
        return _("Nearer to you: %(nearer)d, who are all away or leaving, so it is %(name)s.")
    return _(
        "Nearer to you: %(nearer)d, of whom %(full)d have no place left and %(gone)d are away or leaving, so it is %(name)s."
    )


def _joined(sentence: str) -> str:
    """Chinese sentences follow each other without a space."""
    return sentence.replace("。 ", "。")
