"""疑似重复: matters that may be the same as one in hand. Proposed to the handler, never merged: people say whether they are.

Alike are the words, and only among matters of the same township that are about the same topic or point at the same clause. That
two matters come from one household is told only where the reader's body holds the matter, and by nothing but a keyed digest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Q

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.kernel.actors import Actor
from yixian.matters.access import holder_at, matter_scope, organisations_of
from yixian.matters.choices import Topic
from yixian.matters.models import Matter, MatterClause, MatterLink, MatterPerson
from yixian.matters.procedures import effective_procedure
from yixian.matters.queries.matter_view import state_label
from yixian.registry.access import below

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
    rows = matter_scope(actor, at=at).filter(received_at__gt=at - LOOKED_BACK, received_at__lte=at)
    rows = rows.exclude(pk__in=[matter.pk, *_linked(matter)])
    homes = _of_same_household(matter)
    rows = rows.filter((_same_place(matter) & _same_thing(matter)) | Q(pk__in=homes))
    rows = rows.select_related("area", "text", "projection").defer("code").order_by("-received_at", "-pk")
    own = pairs_of(matter.text.words)
    found = [(jaccard(own, pairs_of(row.text.words)), row.pk in homes, row) for row in rows[:MAX_COMPARED]]
    alike = [one for one in found if one[1] or one[0] >= ALIKE]
    alike.sort(key=lambda one: (not one[1], -one[0], -one[2].pk))
    return [_view(*one) for one in alike[:MAX_SHOWN]]


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


def _same_place(matter: Matter) -> Q:
    """In the same township, or raised for a place above it, as strangers do who name none."""
    return below(path_at(matter.area_path, AreaLevel.TOWNSHIP)) | Q(
        area_path__in=path_chain(matter.area_path)
    )


def _same_thing(matter: Matter) -> Q:
    """About the same topic, or pointing at a clause that this one points at."""
    topic = matter.projection.topic
    cited: Iterable[tuple[str, str, str]] = matter.clauses.values_list("pack_id", "document", "clause")
    match = Q(pk__in=())
    for pack_id, document, clause in cited:
        match |= Q(pack_id=pack_id, document=document, clause=clause)
    clauses = Q(pk__in=MatterClause.objects.filter(match).values("matter_id"))
    return clauses | Q(projection__topic__in=(topic, Topic.UNSORTED))


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
