"""An account explained: what tests of explanations begin with."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from tests.visits.place import AT, DAY, SYSTEM, Place
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import Statement
from yixian.inventory.models import InventoryItem
from yixian.outreach.actions.confirm_explanation import ConfirmationInput, confirm_explanation
from yixian.outreach.actions.explain_account import explain_account
from yixian.outreach.choices import ConfirmationWay
from yixian.outreach.explanation_draft import AskedQuestion, ExplanationDraft
from yixian.outreach.models import Explanation, ExplanationConfirmation
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.choices import AnswerOutcome

LATER = AT + timedelta(hours=3)


def account_of(place: Place) -> Statement:
    """The account in force of our household."""
    return Statement.objects.get(household=place.ours, is_current=True)


def positions(place: Place) -> frozenset[int]:
    """The lines of the account in force."""
    return frozenset(account_of(place).lines.values_list("position", flat=True))


def drafted(place: Place, *asked: AskedQuestion, **changes: object) -> ExplanationDraft:
    """A sound draft of an explanation of the account in force, today."""
    values = {
        "version": account_of(place).version,
        "explained": positions(place),
        "on": DAY,
        "questions": asked,
    } | changes
    return ExplanationDraft(**values)


def explained(
    place: Place, *asked: AskedQuestion, name: str = "cadre", at: datetime = AT, **changes: object
) -> Explanation:
    """An explanation that was recorded."""
    draft = drafted(place, *asked, **changes)
    return explain_account(place.ours.pk, draft, actor=place.actor(name), at=at)


def confirmed(
    place: Place, row: Explanation, *, at: datetime = LATER, **changes: str
) -> ExplanationConfirmation:
    """The household's confirmation before a neighbour."""
    given = {"way": ConfirmationWay.ATTESTED, "attested_by": "邻居 赵大伯"} | changes
    return confirm_explanation(row.pk, ConfirmationInput(**given), actor=place.actor("cadre"), at=at)


def answered(place: Place, question_id: int, words: str = "照表补偿。", *, at: datetime = LATER) -> None:
    """What the policy desk answers."""
    given = AnswerInput(AnswerOutcome.NOT_DECIDED, words, is_public=False)
    answer_question(question_id, given, actor=place.actor("clerk"), at=at)


def calculated_anew(place: Place, *, at: datetime = LATER) -> Statement:
    """The house was measured anew and the account reckoned again: another version is in force."""
    InventoryItem.objects.filter(household=place.ours).update(quantity=Decimal("95"))
    calculate_accounts(place.county.path, on=DAY, actor=SYSTEM, at=at)
    return account_of(place)
