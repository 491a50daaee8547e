"""答复: the policy desk answers a question by clauses in force, or says that it is not decided. Answers are never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy.legal_status import LegalStatus
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.search import index, remove
from yixian.policies.access import HELPDESK
from yixian.policies.answers import ANSWERS
from yixian.policies.choices import AnswerOutcome
from yixian.policies.library import Shelved, ShelvedClause, clauses_of, documents_on
from yixian.policies.models import PolicyAnswer, PolicyCitation, PolicyQuestion


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """An answer about to be given.

    ``clauses`` are ids of clause rows. ``draft`` is "pack:document" of a draft, or empty where nothing is even drafted.
    ``after`` is the version of the answer that the desk had before its eyes (0 for none); ``correction`` says why that
    one is corrected.
    """

    outcome: AnswerOutcome
    words_zh: str
    words_en: str = ""
    clauses: frozenset[int] = frozenset()
    draft: str = ""
    is_public: bool = True
    names_nobody: bool = False
    public_zh: str = ""
    public_en: str = ""
    after: int = 0
    correction: str = ""


@transaction.atomic
def answer_question(question_id: int, given: AnswerInput, *, actor: Actor, at: datetime) -> PolicyAnswer:
    """Answer a question, or correct its answer by a new version.

    Raises `Invalid` for an answer without words, without a clause in force where it says that the matter is decided, or
    made public without the desk's word that it names nobody; `Refused` if somebody else answered meanwhile.
    """
    person = require_person(actor, HELPDESK)
    question = PolicyQuestion.objects.select_for_update().filter(pk=question_id).first()
    if question is None:
        raise NotFound("question.not_found", _("There is no such question."))
    before = question.answers.order_by("-version").first()
    today = timezone.localdate(at)
    _check_words(given, before)
    shelved = documents_on(today)
    cited = _cited(given, shelved)
    draft = _draft(given, shelved)
    answer = _write(question, given, before, draft, person, at, today)
    PolicyCitation.objects.bulk_create(PolicyCitation(answer=answer, clause_id=row.row_id) for row in cited)
    _make_findable(answer)
    _record_event(answer, cited, actor, at)
    return answer


def _check_words(given: AnswerInput, before: PolicyAnswer | None) -> None:
    if given.after != (before.version if before else 0):
        raise Refused(
            "answer.meanwhile", _("Somebody else has answered meanwhile. Look at that answer first.")
        )
    if not given.words_zh.strip():
        raise Invalid("answer.words", _("Write the answer in Chinese."), field="words_zh")
    if before and not given.correction.strip():
        raise Invalid("answer.correction", _("Say why the answer is corrected."), field="correction")
    if given.is_public and not given.public_zh.strip():
        raise Invalid("answer.public", _("Write the question as it is to be published."), field="public_zh")
    if given.is_public and not given.names_nobody:
        raise Invalid(
            "answer.names",
            _("Read it again and confirm that it names nobody, before it is published."),
            field="names_nobody",
        )


def _cited(given: AnswerInput, shelved: list[Shelved]) -> list[ShelvedClause]:
    """The clauses cited, each in force on the day."""
    if given.outcome == AnswerOutcome.NOT_DECIDED:
        if given.clauses:
            raise Invalid(
                "answer.undecided", _("What is not decided rests on no clause in force."), field="clauses"
            )
        return []
    if not given.clauses:
        raise Invalid(
            "answer.clauses", _("Name at least one clause that the answer rests on."), field="clauses"
        )
    binding = clauses_of(row for row in shelved if row.force.binds)
    if not given.clauses <= binding.keys():
        raise Invalid(
            "answer.not_in_force",
            _("A clause is not in force today. Only what is decided can be cited."),
            field="clauses",
        )
    return [binding[row_id] for row_id in sorted(given.clauses)]


def _draft(given: AnswerInput, shelved: list[Shelved]) -> Shelved | None:
    if given.outcome != AnswerOutcome.NOT_DECIDED or not given.draft:
        return None
    for row in shelved:
        if row.force.status == LegalStatus.DRAFT and ":".join(row.key) == given.draft:
            return row
    raise Invalid("answer.draft", _("There is no such draft."), field="draft")


def _write(
    question: PolicyQuestion,
    given: AnswerInput,
    before: PolicyAnswer | None,
    draft: Shelved | None,
    user_id: int,
    at: datetime,
    today: date,
) -> PolicyAnswer:
    return PolicyAnswer.objects.create(
        question=question,
        version=given.after + 1,
        corrects=before,
        correction=given.correction.strip() if before else "",
        outcome=given.outcome,
        words_zh=given.words_zh.strip(),
        words_en=given.words_en.strip(),
        draft_pack_id=draft.document_version.pack_version_id if draft else None,
        draft_document=draft.document.id if draft else "",
        is_public=given.is_public,
        names_nobody=given.is_public and given.names_nobody,
        public_zh=given.public_zh.strip() if given.is_public else "",
        public_en=given.public_en.strip() if given.is_public else "",
        answered_by_id=user_id,
        answered_at=at,
        on_date=today,
    )


def _make_findable(answer: PolicyAnswer) -> None:
    """In the library's search stands the current answer, if it is public."""
    if not answer.is_public:
        remove(ANSWERS, [answer.question_id])
        return
    texts = (answer.public_zh, answer.public_en, answer.words_zh, answer.words_en)
    index([(ANSWERS, answer.question_id, "", " 0 ".join(texts))])


def _record_event(answer: PolicyAnswer, cited: list[ShelvedClause], actor: Actor, at: datetime) -> None:
    data = {
        "version": answer.version,
        "outcome": answer.outcome,
        "public": answer.is_public,
        "names_nobody": answer.names_nobody,
        "cites": [
            f"{row.shelved.document_version.pack_id}:{row.shelved.document.id}:{row.clause.id}"
            for row in cited
        ],
        "draft": answer.draft_document,
        "correction": answer.correction,
    }
    kind = "policy_question.corrected" if answer.corrects_id else "policy_question.answered"
    record(Entry(kind, "policy_question", answer.question_id, data=data), actor=actor, at=at)
