"""信号查询: signals of places in reach, by whom and until when each is to be answered, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.permission import require
from yixian.matters.choices import Topic
from yixian.matters.citations import cited_clauses
from yixian.matters.matter_read_models import CitedView
from yixian.matters.procedures import working_days_after
from yixian.registry.queries.areas import area_names, reached_areas
from yixian.working_groups.access import READERS
from yixian.working_groups.limits import ANSWER_DAYS
from yixian.working_groups.models import Signal, SignalAnswer, WorkingGroup
from yixian.working_groups.weeks import monday


@dataclass(frozen=True, slots=True)
class SignalView:
    """A signal in words. ``due_on`` is the last day of the answer, None where the calendar does not know the year."""

    signal: Signal
    area: str
    townships: tuple[str, ...]
    topic: str
    clause: CitedView
    since: date
    owner: str
    due_on: date | None
    answers: tuple[SignalAnswer, ...]
    group: WorkingGroup | None
    is_overdue: bool

    @property
    def is_answered(self) -> bool:
        """Whether the owner has answered in public."""
        return bool(self.answers)

    @property
    def answer(self) -> SignalAnswer | None:
        """The latest answer."""
        return self.answers[-1] if self.answers else None


def signals(actor: Actor) -> QuerySet[Signal]:
    """Signals of places in reach, the latest first."""
    require(actor, READERS)
    return _whole(Signal.objects.filter(area__in=reached_areas(actor).values("pk")))


def every_signal() -> QuerySet[Signal]:
    """Every signal, the latest first: they are public."""
    return _whole(Signal.objects.all())


def get_signal(actor: Actor, signal_id: int) -> Signal:
    """One signal. Raises `NotFound` outside of the actor's reach."""
    row = signals(actor).filter(pk=signal_id).first()
    if row is None:
        raise NotFound("signal.not_found", _("There is no such signal."))
    return row


def signal_view(signal: Signal, *, at: datetime) -> SignalView:
    """One signal as it stands."""
    return signal_views([signal], at=at)[0]


def signal_views(rows: Iterable[Signal], *, at: datetime) -> list[SignalView]:
    """Signals as they stand, in few statements."""
    rows = list(rows)
    keys = [(row.pack_id, row.document, row.clause) for row in rows]
    clauses = dict(zip(dict.fromkeys(keys), cited_clauses(keys), strict=True))
    names = area_names({path for row in rows for path in row.townships})
    today = timezone.localdate(at)
    return [_view(row, clauses[key], names, today) for row, key in zip(rows, keys, strict=True)]


def topic_label(row: Signal) -> str:
    """What a signal is about, in the language being spoken."""
    return str(Topic(row.topic).label) if row.topic in Topic.values else row.topic


def answer_words(answer: SignalAnswer) -> str:
    """What was answered, in the language being spoken."""
    return answer.words_zh if language() == "zh" else answer.words_en or answer.words_zh


def _whole(rows: QuerySet[Signal]) -> QuerySet[Signal]:
    rows = rows.select_related("area", "owner").prefetch_related("answers__group", "answers__by", "groups")
    return rows.order_by("-detected_at", "-pk")


def _view(row: Signal, clause: CitedView, names: dict[str, str], today: date) -> SignalView:
    due_on = working_days_after(timezone.localdate(row.detected_at), ANSWER_DAYS)
    answers = tuple(sorted(row.answers.all(), key=lambda one: one.pk))
    group = next(iter(sorted(row.groups.all(), key=lambda one: one.pk)), None)
    return SignalView(
        signal=row,
        area=row.area.label,
        townships=_named(row.townships, names),
        topic=topic_label(row),
        clause=clause,
        since=monday(row.since_week),
        owner=row.owner.label if row.owner else "",
        due_on=due_on,
        answers=answers,
        group=group,
        is_overdue=not answers and due_on is not None and due_on < today,
    )


def _named(paths: Collection[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names[path] for path in paths if path in names)
