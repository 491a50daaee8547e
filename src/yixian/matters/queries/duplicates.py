"""疑似重复: matters that may be the same as one in hand. Proposed to the handler, never merged: people say whether they are.

Alike are the words, and only among matters of the same township that are about the same topic or point at the same clause. That
two matters come from one household is told only where the reader's body holds the matter, and by nothing but a keyed digest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Q, QuerySet

from yixian.domain.areas import AreaLevel, path_at, path_chain, path_range
from yixian.kernel.actors import Actor
from yixian.kernel.prepared import one_of, prepared
from yixian.matters.access import ReportingLine, holder_at, matter_scope, organisations_of, reporting_line_of
from yixian.matters.choices import Topic
from yixian.matters.models import Matter, MatterClause, MatterLink, MatterPerson
from yixian.matters.procedures import effective_procedure
from yixian.matters.queries.matter_rows import clauses_of
from yixian.matters.queries.matter_view import state_label

LOOKED_BACK = timedelta(days=180)
MAX_COMPARED = 500
"""So many texts, the latest, are unsealed and compared."""

ALIKE = 0.3
"""Share of character pairs in common, of all that either text has, from which two texts are shown as alike."""

MAX_SHOWN = 5
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class DuplicateView:
    """疑似重复的一件: another matter in the reader's reach. ``percent`` is how alike the words are."""

    number: str
    topic_label: str
    area: str
    received_at: datetime
    state_label: str
    percent: int
    same_household: bool
    words: str


def possible_duplicates(actor: Actor, matter: Matter, *, at: datetime) -> list[DuplicateView]:
    """Matters of the last 180 days that may be the same, the likeliest first; nothing for those whose body does not hold it."""
    if holder_at(matter.projection, at=at) not in organisations_of(actor, at=at):
        return []
    homes, known = _of_same_household(matter), {matter.pk, *_linked(matter)}
    rows = _near(
        at - LOOKED_BACK,
        at,
        *path_range(path_at(matter.area_path, AreaLevel.TOWNSHIP)),
        path_chain(matter.area_path),
        {matter.projection.topic, Topic.UNSORTED.value},
        _citing_the_same(matter) or _NOTHING,
        homes or _NOTHING,
        actor=actor,
        line=reporting_line_of(actor, at=at),
    )
    own = pairs_of(matter.text.words)
    found = [
        (jaccard(own, pairs_of(row.text.words)), row.pk in homes, row) for row in rows if row.pk not in known
    ]
    alike = [one for one in found if one[1] or one[0] >= ALIKE]
    alike.sort(key=lambda one: (not one[1], -one[0], -one[2].pk))
    return [_view(*one) for one in alike[:MAX_SHOWN]]


@prepared
def _near(
    since: datetime,
    until: datetime,
    low: str,
    high: str,
    above: Collection[str],
    topics: Collection[str],
    citing: Collection[int],
    homes: Collection[int],
    *,
    actor: Actor,
    line: ReportingLine,
) -> QuerySet[Matter]:
    """The latest matters of a time that are near one: in its township, or raised for a place above it as strangers do who name
    none, and about the same thing; or of the same household.
    """
    place = Q(area_path__gte=low, area_path__lt=high) | Q(one_of("area_path", above))
    thing = Q(one_of("projection__topic", topics)) | Q(one_of("pk", citing))
    rows = matter_scope(actor, at=until, line=line).filter((place & thing) | Q(one_of("pk", homes)))
    rows = rows.filter(received_at__gt=since, received_at__lte=until)
    rows = rows.select_related("area", "text", "projection").defer("code")
    return rows.order_by("-received_at", "-pk")[:MAX_COMPARED]


_NOTHING = frozenset({0})
"""No matter has this key: stands for a collection that holds none."""


def _linked(matter: Matter) -> set[int]:
    """The matters of which somebody has said whether they are the same."""
    pairs = MatterLink.objects.filter(Q(matter=matter) | Q(other=matter)).values_list("matter_id", "other_id")
    return {pk for pair in pairs for pk in pair}


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text, whatever its width, case, blanks and punctuation."""
    letters = [one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum()]
    return frozenset(one + other for one, other in pairwise(letters))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """What two sets have in common, of all they have together; two empty ones have nothing."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _citing_the_same(matter: Matter) -> frozenset[int]:
    """The matters that point at a clause that this one points at."""
    match = Q(pk__in=())
    for row in clauses_of(matter.pk):
        match |= Q(pack_id=row.pack_id, document=row.document, clause=row.clause)
    return frozenset(MatterClause.objects.filter(match).values_list("matter_id", flat=True))


def _of_same_household(matter: Matter) -> frozenset[int]:
    indexes = set(matter.people.exclude(household_index="").values_list("household_index", flat=True))
    if not indexes:
        return frozenset()
    rows = MatterPerson.objects.filter(household_index__in=indexes).exclude(matter=matter)
    return frozenset(rows.values_list("matter_id", flat=True))


def _view(likeness: float, same_household: bool, row: Matter) -> DuplicateView:  # noqa: FBT001 - a row as it was found
    words = row.text.words
    return DuplicateView(
        number=row.number,
        topic_label=str(Topic(row.projection.topic).label),
        area=row.area.label,
        received_at=row.received_at,
        state_label=state_label(
            effective_procedure(row.procedure_version_id, row.kind), row.projection.state
        ),
        percent=round(likeness * 100),
        same_household=same_household,
        words=words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…",
    )
