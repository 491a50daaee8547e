"""本人能做的: add or answer something, ask for a review, say what became of it. The same on both doors to one's matter.

Each is a form that proves again whose it is. The page is drawn anew in the answer, not after a redirect: before a card is shown
there is nothing that could remember between two pages whose matter it was. Sending the same form again does nothing twice.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, YixianError
from yixian.kernel.throttle import TooManyGuesses
from yixian.matters.actions.converse import write_to_office
from yixian.matters.actions.review import ask_review
from yixian.matters.actions.say_verdict import say_verdict
from yixian.matters.choices import Verdict
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.matters.queries import own_view
from yixian.web.client_network import network_of
from yixian.web.error_pages import status_of
from yixian.web.raising.uploads import files_of

WRITE, REVIEW, JUDGE = "write", "review", "judge"
_REQUESTS = frozenset({"review_requested", "rereview_requested"})

FACES = (
    (5, gettext_lazy("Very satisfied")),
    (4, gettext_lazy("Satisfied")),
    (3, gettext_lazy("So-so")),
    (2, gettext_lazy("Not satisfied")),
    (1, gettext_lazy("Not satisfied at all")),
)


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What became of a form: ``done`` in words, or a ``fault`` beside the form ``of`` which it is, with its status."""

    of: str = ""
    done: str = ""
    fault: str = ""
    status: int = 200


def act(request: HttpRequest, proof: MatterCredential, *, actor: Actor, at: datetime) -> ActionResult:
    """Do what a form of the page asks for. Raises `NotFound` and `TooManyGuesses` for whoever cannot prove whose it is."""
    do = request.POST.get("do", "")
    step = {WRITE: _write, REVIEW: _review, JUDGE: _judge}.get(do)
    if step is None:
        return ActionResult()
    authenticated_matter(proof, source=network_of(request), actor=actor, at=at)
    try:
        return ActionResult(do, done=step(request, proof, actor, at))
    except TooManyGuesses:
        raise
    except YixianError as error:
        return ActionResult(do, fault=error.sentence, status=status_of(error))


def _write(request: HttpRequest, proof: MatterCredential, actor: Actor, at: datetime) -> str:
    files = files_of(request)
    words = request.POST.get("words", "")
    if not words.strip() and files:
        words = _("(In the photograph or the voice note.)")
    key = _key(request.POST.get("key", ""))
    write_to_office(proof, key, words, files, source=network_of(request), actor=actor, at=at)
    return _("Sent. Those who deal with it see it now.")


def _review(request: HttpRequest, proof: MatterCredential, actor: Actor, at: datetime) -> str:
    reason, source = request.POST.get("reason", ""), network_of(request)
    own = own_view(authenticated_matter(proof, source=source, actor=actor, at=at), at=at)
    asked = [step for step in own.view.steps if step.kind in _REQUESTS]
    if own.may_review or not asked or asked[-1].reason != reason.replace("\r\n", "\n").strip():
        ask_review(proof, reason, source=source, actor=actor, at=at)
    return _("Asked for. The body above looks at it again.")


def _judge(request: HttpRequest, proof: MatterCredential, actor: Actor, at: datetime) -> str:
    given, source = request.POST, network_of(request)
    verdict = given.get("verdict", "")
    if verdict not in Verdict.values:
        raise _unchosen("verdict")
    satisfied = given.get("satisfied", "")
    if satisfied not in {str(mark) for mark, _label in FACES}:
        raise _unchosen("satisfied")
    words = given.get("words", "")
    before = own_view(authenticated_matter(proof, source=source, actor=actor, at=at), at=at).view.verdicts
    said = (verdict, int(satisfied), words.replace("\r\n", "\n").strip())
    own = [one for one in before if not one.by]
    if not own or (own[-1].verdict, own[-1].satisfied, own[-1].words) != said:
        say_verdict(proof, Verdict(verdict), said[1], words, source=source, actor=actor, at=at)
    return _("Written down. Nobody who dealt with it can change what you say.")


def _unchosen(field: str) -> Invalid:
    return Invalid("matter.unchosen", gettext_lazy("Choose one of these."), field=field)


def _key(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.uuid4()
