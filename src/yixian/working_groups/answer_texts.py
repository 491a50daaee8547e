"""答复的话: what everybody who asked is told, in plain Chinese, and what changed for the household alone.

It is written inside the work that sends it and goes straight into the sealed message: nobody else reads it on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from yixian.compensation.choices import CaseOutcome, StatementStatus
from yixian.compensation.models import Statement
from yixian.domain.money import format_fen
from yixian.working_groups.pricing import ClausePrice
from yixian.working_groups.queries.groups import Decision

_CHINESE = "zh-hans"


@dataclass(frozen=True, slots=True)
class AnswerText:
    """What is told to all: the decision, the clause in words, the prices before and after."""

    title: str
    decision: Decision
    clause: str
    prices: Sequence[ClausePrice]


def general_answer(told: AnswerText) -> str:
    """What everybody is told."""
    with override(_CHINESE):
        return "\n".join(_general(told))


def personal_answer(told: AnswerText, household_id: int, run_id: int | None) -> str:
    """The same, and what it changed for a household's account; ``run_id`` is the reckoning under the decision."""
    with override(_CHINESE):
        lines = [*_general(told), *_account(household_id, run_id)]
        return "\n".join(lines)


def _general(told: AnswerText) -> list[str]:
    decision = told.decision
    lines = [
        _("What you and others asked was looked into by the working group “%(title)s” (%(clause)s).")
        % {"title": told.title, "clause": told.clause}
    ]
    if decision.kept:
        lines += [
            _("It is decided that the standard stays (%(number)s, %(day)s).")
            % {"number": decision.number, "day": decision.decided_on.isoformat()},
            _("Why: %(reasons)s") % {"reasons": decision.reasons},
        ]
    else:
        lines.append(
            _("It is decided (%(number)s) that from %(day)s on other prices hold:")
            % {"number": decision.number, "day": f"{decision.in_force_from}"}
        )
        lines += [_price(one) for one in told.prices if one.changes]
    lines.append(
        _(
            "If your matter is still open, the office that deals with it answers you in writing; you may then ask for a review. "
            "You can write here at any time."
        )
    )
    return lines


def _price(one: ClausePrice) -> str:
    values = {
        "item": f"{one.title}（{one.zone}）" if one.zone else one.title,
        "unit": one.unit,
        "old": f"{one.current:f}",
        "new": f"{one.new:f}",
    }
    return _("%(item)s: %(old)s yuan a %(unit)s until now, %(new)s yuan a %(unit)s from then on.") % values


def _account(household_id: int, run_id: int | None) -> list[str]:
    if run_id is None:
        return []
    row = Statement.objects.select_related("supersedes").filter(household_id=household_id, run=run_id).first()
    if row is None:
        return [_("Your account was recalculated; nothing in it changes.")]
    case = getattr(row, "case", None)
    if case is not None and not hasattr(case, "decision"):
        return [
            _(
                "Your account was recalculated; the new one waits for a decision on your household, and until then the old "
                "one stands."
            )
        ]
    if case is not None and case.decision.outcome != CaseOutcome.APPLY:
        return [
            _("Your account was recalculated; for your household it was decided that the old one stands.")
        ]
    old = row.supersedes.total_fen if row.supersedes else None
    if row.status != StatementStatus.ISSUED or row.total_fen is None or old is None:
        return [_("Your account cannot be calculated as a whole yet; ask the bureau or your cadre why.")]
    more = row.total_fen - old
    values = {"old": format_fen(old), "new": format_fen(row.total_fen), "more": format_fen(abs(more))}
    if more == 0:
        return [_("Your account was recalculated; its sum stays at %(new)s yuan.") % values]
    if more > 0:
        return [
            _("Your account was recalculated: %(old)s yuan before, %(new)s yuan now, %(more)s yuan more.")
            % values
        ]
    return [
        _("Your account was recalculated: %(old)s yuan before, %(new)s yuan now, %(more)s yuan less.")
        % values
    ]
