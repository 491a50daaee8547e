"""示范讲解: accounts explained line by line — confirmed, with a question open or answered, not confirmed, and denied.

Every one goes through the same checks as that of a real county; nobody in it is real.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from yixian.compensation.queries import current_account
from yixian.demo.example import first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.kernel.actors import Actor, household_actor
from yixian.kernel.errors import Refused
from yixian.outreach.actions.answer_back import object_to_explanation
from yixian.outreach.actions.confirm_explanation import ConfirmationInput, confirm_explanation
from yixian.outreach.actions.explain_account import explain_account
from yixian.outreach.choices import ConfirmationWay, QuestionRoute
from yixian.outreach.explanation_draft import AskedQuestion, ExplanationDraft
from yixian.outreach.models import Explanation
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.choices import AnswerOutcome
from yixian.registry.access import household_scope
from yixian.registry.models import Household

_MAX_HOUSEHOLDS = 24
_ASKED = AskedQuestion(1, "为什么房子只按这个单价算？隔壁家的好像高一些。")
_NOT_RIGHT = AskedQuestion(2, "这一项量少了，我们自己数的多一些。", QuestionRoute.MATTER)
_ABOUT_ALL = AskedQuestion(0, "这些钱是一次给，还是分几次给？")
_ANSWERED = "单价按房屋结构和所在区类定，农村和集镇各有一张表，同样的结构同样的价。（演示）"
_ATTESTED = ConfirmationInput(ConfirmationWay.ATTESTED, attested_by="村民小组长（演示）")
_NOT_NOW = ConfirmationInput(ConfirmationWay.NONE, why_not="当家的外出务工，等他回来再确认。（演示）")


def are_accounts_explained() -> bool:
    """Whether any account was explained."""
    return Explanation.objects.exists()


@transaction.atomic
def explain_accounts(*, at: datetime) -> None:
    """Explain accounts of those beside the demonstration's cadre and party member, and of others by the bureau's clerk."""
    cadre, member = user_actor("cadre", at=at), user_actor("member", at=at)
    shown = first_example(timezone.localdate(at)).household
    row = _explain(shown, cadre, at, _ASKED, _NOT_RIGHT)
    if row is not None:
        _answer(row, at)
        confirm_explanation(row.pk, _ATTESTED, actor=cadre, at=at)
    endings = cycle(("confirmed", "confirmed", "asked", "open", "confirmed", "denied", "not_now"))
    clerk, own = user_actor(CLERK, at=at), household_scope(cadre)
    others = household_scope(clerk).exclude(pk__in=own.values("pk")).order_by("household_no")
    for helper, rows in (
        (
            cadre,
            own.order_by("-household_no")[:2],
        ),  # the others still wait, and stand on the cadre's first page
        (member, household_scope(member).order_by("household_no")),
        (clerk, others[:_MAX_HOUSEHOLDS]),
    ):
        for household in rows:
            _explain_to(household, next(endings), helper, at)


def _explain_to(household: Household, ending: str, helper: Actor, at: datetime) -> None:
    if Explanation.objects.filter(household=household).exists():
        return
    row = _explain(household, helper, at, *((_ABOUT_ALL,) if ending == "asked" else ()))
    if row is None or ending in {"open", "asked"}:
        return
    if ending == "denied":
        words = "那天家里没有人，没有讲过。（演示）"
        family = household_actor(household.pk)
        object_to_explanation(row.pk, words, never_held=True, actor=family, at=at)
        return
    said = _NOT_NOW if ending == "not_now" else _ATTESTED
    confirm_explanation(row.pk, said, actor=helper, at=at)


def _explain(household: Household, helper: Actor, at: datetime, *asked: AskedQuestion) -> Explanation | None:
    """The account in force explained today; None where there is none that could be."""
    account, _change = current_account(helper, household, on=timezone.localdate(at))
    if account is None:
        return None
    lines = {line.position for line in account.lines}
    draft = ExplanationDraft(
        version=account.version,
        explained=frozenset(lines),
        on=timezone.localdate(at),
        language=household.language,
        questions=tuple(one for one in asked if not one.position or one.position in lines),
        key=uuid.uuid4(),
    )
    try:
        return explain_account(household.pk, draft, actor=helper, at=at)
    except Refused:  # withheld, or behind its facts
        return None


def _answer(row: Explanation, at: datetime) -> None:
    """The policy desk answers what was asked of it."""
    for question in row.questions.exclude(policy_question=None):
        given = AnswerInput(AnswerOutcome.NOT_DECIDED, _ANSWERED, is_public=False)
        answer_question(question.policy_question_id or 0, given, actor=user_actor(CLERK, at=at), at=at)
