"""单位数字: how a body's people answer, told so that nobody can be made out.

Five rules keep it so. A body is shown only where ten people took part in the month, and a topic only where ten answered on
it. Each month stands alone and is shown once it has ended, so that no two figures differ by one person. Of each person
only the first quiz of the month counts, so that nobody weighs more than another. There is no sum over bodies, from which
one that is not shown could be taken. A share above 95 or below 5 per cent is told as that, so that “all” and “none” tell
nothing of anybody. Bodies stand in their own order, never by their figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.quizzes.access import FIGURE_READERS
from yixian.quizzes.choices import Topic
from yixian.quizzes.models import QuizAnswer, QuizAttempt
from yixian.registry.access import below
from yixian.registry.models import Organisation

MIN_PARTICIPANTS = 10
LOWEST, HIGHEST = 5, 95
"""Shares beyond these are told as these."""

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class TopicFigure:
    """The share of right answers on a topic in whole per cent, from 5 to 95; None where fewer than ten answered on it."""

    topic: Topic
    per_cent: int | None

    @property
    def is_at_most(self) -> bool:
        """Whether the share is that or less."""
        return self.per_cent == LOWEST

    @property
    def is_at_least(self) -> bool:
        """Whether the share is that or more."""
        return self.per_cent == HIGHEST


@dataclass(frozen=True, slots=True)
class OrganisationFigures:
    """A body's month: how many took part, and the share of right answers by topic."""

    organisation: Organisation
    participants: int
    topics: tuple[TopicFigure, ...]


def ended_months(on: date) -> list[date]:
    """The first days of the last twelve months that have ended, the latest first."""
    found = []
    first = on.replace(day=1)
    for _month in range(_MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found


def organisation_figures(actor: Actor, month: date, *, on: date) -> list[OrganisationFigures]:
    """The figures of a month that has ended, of every body in reach in which ten people or more took part.

    Raises `NotPermitted` for who leads nothing and audits nothing; empty for a month that has not ended on the day.
    """
    require(actor, FIGURE_READERS)
    month = month.replace(day=1)
    if month >= on.replace(day=1):
        return []
    counting = _first_quizzes(month).filter(organisation_id__in=_organisations_in_reach(actor).values("pk"))
    people = dict(
        counting.order_by()
        .values_list("organisation_id")
        .annotate(people=Count("user_id", distinct=True))
        .filter(people__gte=MIN_PARTICIPANTS)
    )
    shares = _shares(counting, list(people))
    organisations = Organisation.objects.filter(pk__in=people).select_related("area").order_by("kind", "code")
    return [
        OrganisationFigures(
            organisation,
            people[organisation.pk],
            tuple(TopicFigure(topic, shares.get((organisation.pk, topic.value))) for topic in Topic),
        )
        for organisation in organisations
    ]


def _shares(counting: QuerySet[QuizAttempt], organisation_ids: list[int]) -> dict[tuple[int, str], int]:
    rows = (
        QuizAnswer.objects.filter(
            attempt__in=counting.filter(organisation_id__in=organisation_ids).values("pk")
        )
        .order_by()
        .values("attempt__organisation_id", "topic")
        .annotate(
            people=Count("attempt__user_id", distinct=True),
            answered=Count("pk"),
            right=Count("pk", filter=Q(is_right=True)),
        )
        .filter(people__gte=MIN_PARTICIPANTS)
    )
    return {
        (row["attempt__organisation_id"] or 0, row["topic"]): _per_cent(row["right"], row["answered"])
        for row in rows
    }


def _per_cent(right: int, answered: int) -> int:
    """Whole per cent, halves up, held between the bounds."""
    return max(LOWEST, min(HIGHEST, (200 * right + answered) // (2 * answered)))


def _first_quizzes(month: date) -> QuerySet[QuizAttempt]:
    """Each person's first quiz that ended in the month, wherever they belonged then."""
    ended = QuizAttempt.objects.filter(finished_at__gte=_begin(month), finished_at__lt=_begin(_next(month)))
    earlier = ended.filter(user_id=OuterRef("user_id")).filter(
        Q(finished_at__lt=OuterRef("finished_at"))
        | Q(finished_at=OuterRef("finished_at"), pk__lt=OuterRef("pk"))
    )
    return ended.filter(~Exists(earlier))


def _organisations_in_reach(actor: Actor) -> QuerySet[Organisation]:
    """A department lead's own body; for the others every body of a place in reach."""
    reach = Q(pk__in=())
    for grant in actor.grants:
        if grant.role == Role.DEPARTMENT_LEAD:
            reach |= Q(pk=grant.organisation_id)
        elif grant.role in FIGURE_READERS:
            for path in grant.area_paths:
                reach |= below(path, "area__path") if path else ~Q(pk__in=())
    return Organisation.objects.filter(reach)


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware at once
