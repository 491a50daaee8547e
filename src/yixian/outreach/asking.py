"""转出问题: hand a question about an account in where questions and matters are handed in, and link what came of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from yixian.compensation.account_read_models import AccountLineView, StatementView
from yixian.kernel.actors import Actor
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.intake import ClauseKey, Complainant, Submission
from yixian.matters.models import Matter
from yixian.outreach.choices import QuestionRoute
from yixian.outreach.explanation_draft import AskedQuestion
from yixian.outreach.models import Explanation, ExplanationQuestion
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import QuestionChannel


def hand_in(
    explanation: Explanation,
    account: StatementView,
    asked: AskedQuestion,
    *,
    key: uuid.UUID,
    user_id: int | None,
    actor: Actor,
    at: datetime,
) -> ExplanationQuestion:
    """Hand one question in, under ``key``, and write it down with the explanation.

    ``user_id`` wrote it down for the household; None where the household asks on its own pages.
    """
    line = next((one for one in account.lines if one.position == asked.position), None)
    row = ExplanationQuestion(
        explanation=explanation,
        position=asked.position,
        title=line.title if line else "",
        words=asked.words.strip(),
        route=asked.route,
        by_id=user_id,
        at=at,
    )
    if asked.route == QuestionRoute.HELPDESK:
        channel = QuestionChannel.STAFF if user_id else QuestionChannel.CARD
        text = f"【{line.title}】{row.words}" if line else row.words
        row.policy_question_id = submit_question(text, key.hex, channel, actor=actor, at=at).question_id
    else:
        row.matter = _raise_matter(explanation, account, line, row.words, key, user_id, actor, at)
    row.save(force_insert=True)
    return row


def _raise_matter(
    explanation: Explanation,
    account: StatementView,
    line: AccountLineView | None,
    words: str,
    key: uuid.UUID,
    user_id: int | None,
    actor: Actor,
    at: datetime,
) -> Matter:
    """A matter about the account, in the household's name, with the line and its clause."""
    clauses = (ClauseKey(account.pack_id, line.document, line.clause),) if line else ()
    submission = Submission(
        key,
        words,
        topic=Topic.ACCOUNT,
        channel=IntakeChannel.VISIT if user_id else IntakeChannel.CARD,
        people=(Complainant(household_id=explanation.household_id),),
        item_line=f"{line.title} ({account.version}-{line.position})" if line else "",
        clauses=clauses,
        shared=True,
        read_back=user_id is not None,
    )
    return receive_matter(submission, actor=actor, at=at).matter
