"""走访草稿: a visit as it is typed, checked rule by rule before anything is written; the same for one and for thousands."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid
from yixian.kernel.received.upload import Upload
from yixian.registry.models import Household
from yixian.visits.choices import PromiseKind, VisitKind
from yixian.visits.limits import MAX_OTHERS, MAX_PHOTOS, MAX_PROMISE_WORDS, MAX_PROMISES, MAX_WORDS
from yixian.visits.promising.check import ClauseFacts, Stop, Why, check_promise, joined
from yixian.visits.promising.decided import DecidedFacts, account_total
from yixian.visits.promising.policy_words import policy_words


class PromiseStopped(Invalid):
    """A promise is not decided as it is written; ``params["stop"]`` is the `Stop`, the key says why (``promise.*``)."""


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """A promise as it is typed. ``cited`` is the key of a clause (`clause_key`), "" for help."""

    text: str
    due_on: date | None
    kind: str = PromiseKind.HELP
    cited: str = ""


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A visit as it is typed. ``key`` is made with the form; ``present`` are members' person ids, ``others`` free names."""

    on: date
    said: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    begun: time | None = None
    kind: str = VisitKind.VISIT
    present: frozenset[int] = frozenset()
    others: str = ""
    promises: tuple[PromiseDraft, ...] = ()
    photos: tuple[Upload, ...] = ()


def require_valid(draft: VisitDraft, *, earliest: date, today: date, members: frozenset[int]) -> None:
    """Raise `Invalid` naming the field for a draft that breaks a rule of its own.

    ``earliest`` is the day on which the household, or whoever went there, came to stand; ``members`` are the person ids of
    those who belonged to the household on the day of the visit.
    """
    if draft.kind not in VisitKind.values:
        raise Invalid("visit.kind", _("Choose how the visit was made."), field="kind")
    if draft.on > today:
        raise Invalid("visit.future", _("The day of the visit lies in the future."), field="on")
    if draft.on < earliest:
        raise Invalid(
            "visit.early", _("On this day you did not stand beside this household yet."), field="on"
        )
    _require_words(draft)
    if not draft.present <= members:
        raise Invalid("visit.member", _("Choose among those who belong to this household."), field="present")
    if not draft.present and not draft.others.strip():
        raise Invalid("visit.nobody", _("Say who of the household was there."), field="present")
    if len(draft.photos) > MAX_PHOTOS:
        raise Invalid("visit.photos", _("Six photographs at most."), field="photos")
    if len(draft.promises) > MAX_PROMISES:
        raise Invalid("visit.promises", _("Five promises at most."), field="promises")


def require_promises(
    draft: VisitDraft, household: Household, decided: DecidedFacts
) -> list[ClauseFacts | None]:
    """The clause of each promise, None for help. Raises `Invalid` for the promise's own field, under the keys ``promise.*``."""
    return [
        _checked(promised, number, draft.on, household, decided)
        for number, promised in enumerate(draft.promises)
    ]


def _require_words(draft: VisitDraft) -> None:
    if not draft.said.strip():
        raise Invalid("visit.silent", _("Write down what was said."), field="said")
    if len(draft.said) > MAX_WORDS:
        raise Invalid("visit.long", _("This is too long: four thousand characters at most."), field="said")
    if len(draft.others) > MAX_OTHERS:
        raise Invalid("visit.long_names", _("These are too many names."), field="others")


def _checked(
    promised: PromiseDraft, number: int, made_on: date, household: Household, decided: DecidedFacts
) -> ClauseFacts | None:
    if not promised.text.strip():
        raise Invalid("promise.empty", _("Write down what was promised."), field=f"text_{number}")
    if len(promised.text) > MAX_PROMISE_WORDS:
        raise Invalid(
            "promise.long", _("A promise has three hundred characters at most."), field=f"text_{number}"
        )
    if promised.due_on is None or promised.due_on < made_on:
        raise Invalid("promise.due", _("Say by which day, not before the visit."), field=f"due_{number}")
    if promised.kind not in PromiseKind.values:
        raise Invalid("promise.kind", _("Say what the promise rests on."), field=f"kind_{number}")
    by_policy = promised.kind == PromiseKind.POLICY
    cited = decided.cited(promised.cited, household) if by_policy else None
    total = account_total(household) if by_policy else None
    stop = check_promise(promised.text, by_policy=by_policy, cited=cited, total=total, words=policy_words())
    if stop is not None:
        raise stopped(
            stop, number, nothing_decided=stop.why == Why.UNCITED and not decided.about(promised.text)
        )
    return cited


SENTENCES = {
    Why.DRAFT: _(
        "This is not decided yet: %(document)s (%(clause)s). What is not decided may not be promised."
    ),
    Why.NOT_IN_FORCE: _(
        "The clause is not in force on this day: %(document)s (%(clause)s). In force in its place: %(instead)s"
    ),
    Why.UNKNOWN: _("There is no such clause in force here. Choose the clause that gives this."),
    Why.UNCITED: _("This speaks of money, prices or policy: %(words)s. It may be promised by a clause only."),
    Why.AMOUNT: _("Another amount is decided than %(words)s. Promise what the clause says: %(document)s."),
    Why.VAGUE: _(
        "What %(words)s comes to cannot be read exactly. Promise the amount in the clause's own figures: %(document)s."
    ),
    Why.BEYOND: _("The clause does not give this: %(words)s. Promise what it says: %(document)s."),
}
NOTHING_DECIDED = _("Nothing is decided about this: it may not be promised. It says: %(words)s")


def stopped(stop: Stop, number: int, *, nothing_decided: bool = False) -> PromiseStopped:
    """The refusal of one promise; ``params["stop"]`` says it in full, for the page to show what is decided instead."""
    key = "nothing_decided" if nothing_decided else stop.why.value
    sentence = NOTHING_DECIDED if nothing_decided else SENTENCES[stop.why]
    return PromiseStopped(
        f"promise.{key}",
        sentence,
        field=f"text_{number}",
        number=number,
        stop=stop,
        words=joined(stop.said),
        document=stop.document,
        clause=stop.clause,
        instead=stop.instead or "—",
    )
