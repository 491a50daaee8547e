"""示范的提问: what people asked the invented county's policy desk — one answered in public, one waiting, one overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from yixian.kernel.actors import PUBLIC, Actor
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import AnswerOutcome, QuestionChannel
from yixian.policies.codes import new_once
from yixian.policies.models import PackClause, PolicyQuestion

_ANSWERED = "儿子已经分家，没有房子，也能补到一人二十四平方米吗？"
_WAITING = "蓄水以后，剩在岸上的那半亩地还能不能种？"
_OVERDUE = "两家合伙种的药材地，补的钱怎么分？"
_DAYS_AGO = {_ANSWERED: 9, _WAITING: 3, _OVERDUE: 19}

_CLAUSE = "basic-house"
_ANSWER = AnswerInput(
    AnswerOutcome.CITED,
    "没有正房的户同样适用：正房补偿按零计，差额全额补足。儿子算不算单独一户，以人口界定和分户手续为准。",
    words_en=(
        "A household without a main house is included: its compensation counts as zero and the whole difference is paid. "
        "Whether the son is a household of his own is settled by the determination of eligibility and the papers of the split."
    ),
    names_nobody=True,
    public_zh="儿子已经分家、没有房子，也能补到一人二十四平方米吗？",
    public_en="Our son has split off and owns no house: is he topped up to 24 square metres a person too?",
)


def are_questions_asked() -> bool:
    """Whether anybody has asked."""
    return PolicyQuestion.objects.exists()


@transaction.atomic
def ask_and_answer(clerk: Actor, *, at: datetime) -> None:
    """Three questions of the last weeks, one of them answered by the clerk today."""
    asked = {
        text: submit_question(
            text, new_once(), QuestionChannel.PORTAL, actor=PUBLIC, at=at - timedelta(days=days)
        )
        for text, days in _DAYS_AGO.items()
    }
    clause = PackClause.objects.filter(
        clause=_CLAUSE, pack_version__adoptions__approved_by__isnull=False
    ).latest("pk")
    given = replace(_ANSWER, clauses=frozenset({clause.pk}))
    answer_question(asked[_ANSWERED].question_id, given, actor=clerk, at=at)
