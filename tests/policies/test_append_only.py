"""只增不改: the database refuses to change or remove a clause, an answer or what it rests on, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.policies.shelf import AT, row_of
from yixian.kernel.actors import PUBLIC, Actor
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import AnswerOutcome, QuestionChannel
from yixian.policies.codes import new_once


@pytest.mark.parametrize("table", ["policies_packclause", "policies_policyanswer", "policies_policycitation"])
@pytest.mark.parametrize("change", ["DELETE FROM {table}", "UPDATE {table} SET id = id"])
def test_nobody_changes_it(pack, clerk: Actor, table: str, change: str) -> None:
    asked = submit_question("水浇地", new_once(), QuestionChannel.PORTAL, actor=PUBLIC, at=AT)
    clauses = frozenset({row_of(pack, "YIELD-NEW", "yield")})
    given = AnswerInput(AnswerOutcome.CITED, "见条款。", clauses=clauses, is_public=False)
    answer_question(asked.question_id, given, actor=clerk, at=AT)
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(change.format(table=table))
