"""交政策咨询台: hand a question to the policy desk. No name is asked; the answer is due on a day that is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel import throttle
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.policies.choices import QuestionChannel
from yixian.policies.codes import code_digest, code_of
from yixian.policies.limits import answer_limit
from yixian.policies.models import PolicyQuestion

MAX_QUESTION_LENGTH = 1000
MAX_CONTACT_LENGTH = 60
QUESTIONS_PER_SOURCE = 20
"""A village may share one mobile address; beyond this many in a day each further question doubles the wait."""

_ONCE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class SubmittedQuestion:
    """What the asker takes along: the code, shown this once, and the last day for the answer."""

    question_id: int
    code: str
    due_on: date


def submit_question(
    text: str,
    once: str,
    channel: QuestionChannel,
    *,
    name: str = "",
    phone: str = "",
    source: str = "",
    actor: Actor,
    at: datetime,
) -> SubmittedQuestion:
    """Hand in a question. ``once`` is the form's word (`codes.new_once`): the same form sent again is the same question.

    ``source`` is where it comes from (an address), kept as a keyed digest only; without one it is not slowed down.
    Raises `Invalid` for an empty or overlong question, `Refused` for a form used for another one, `TooManyGuesses` where
    too many came from one source.
    """
    text, name, phone = text.strip(), name.strip(), phone.strip()
    _check(text, once, name, phone)
    code = code_of(once)
    digest = code_digest(code)
    known = PolicyQuestion.objects.filter(code_digest=digest).first()
    if known is not None:
        if known.text != text:
            raise Refused(
                "question.once", _("This form was sent already. Open the page again for another question.")
            )
        return SubmittedQuestion(known.pk, code, known.due_on)
    with transaction.atomic():
        if source:
            _slow_down(source, at)
        question = _write(text, digest, channel, name, phone, at)
        data = {"channel": channel, "due": question.due_on.isoformat(), "days": question.days}
        record(Entry("policy_question.asked", "policy_question", question.pk, data=data), actor=actor, at=at)
    return SubmittedQuestion(question.pk, code, question.due_on)


def _check(text: str, once: str, name: str, phone: str) -> None:
    if not text:
        raise Invalid("question.empty", _("Please write your question."), field="text")
    if len(text) > MAX_QUESTION_LENGTH:
        raise Invalid(
            "question.long", _("The question is too long: a thousand characters at most."), field="text"
        )
    if max(len(name), len(phone)) > MAX_CONTACT_LENGTH:
        raise Invalid("question.contact", _("Name and phone have at most sixty characters."), field="name")
    if not _ONCE.fullmatch(once):
        raise Invalid("question.once", _("This form is not whole. Open the page again."))


def _slow_down(source: str, at: datetime) -> None:
    subject = f"question-source:{source}"
    throttle.check(subject, at=at)
    throttle.failed(subject, at=at, free=QUESTIONS_PER_SOURCE)


def _write(
    text: str, digest: str, channel: QuestionChannel, name: str, phone: str, at: datetime
) -> PolicyQuestion:
    limit, today = answer_limit(), timezone.localdate(at)
    return PolicyQuestion.objects.create(
        text=text,
        asked_at=at,
        asked_on=today,
        channel=channel,
        code_digest=digest,
        due_on=limit.due(today),
        days=limit.days,
        name=name,
        phone=phone,
    )
