"""被反映的单位: the offices that a matter may be about, and the person of that name there.

Which offices there are is public. Who works there is not listed to strangers: a name that they give is looked for, and whether
it was found is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from yixian.domain.areas import AreaLevel, path_at
from yixian.domain.text import plain_text
from yixian.kernel.intervals import in_force
from yixian.registry.models import Area, Helper, Organisation, Post


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office in service, and the county, township or village under which it is looked for."""

    pk: int
    label: str
    place: str


def offices(*, at: datetime) -> list[OfficeView]:
    """Every office in service, the county's first, then township by township with what is below it."""
    rows = list(Organisation.objects.filter(in_force(timezone.localdate(at))).select_related("area"))
    places = {row.pk: path_at(row.area.path, AreaLevel.TOWNSHIP) for row in rows}
    names = {area.path: area.label for area in Area.objects.filter(path__in=set(places.values()))}
    rows.sort(key=lambda row: (len(places[row.pk]), places[row.pk], row.area.path, row.code))
    return [OfficeView(row.pk, row.label, names[places[row.pk]]) for row in rows]


def person_named(organisation_id: int, name: str, *, at: datetime) -> int | None:
    """The id of the one person of this name who works in an office or holds a post there; None for none, or for several."""
    wanted = "".join(plain_text(name).split())
    if not wanted:
        return None
    on = timezone.localdate(at)
    own = Helper.objects.filter(in_force(on), organisation_id=organisation_id)
    posted = Helper.objects.filter(
        in_force(on),
        pk__in=Post.objects.filter(in_force(on), organisation_id=organisation_id).values("helper_id"),
    )
    rows = (own | posted).select_related("person")
    found = {row.pk for row in rows if "".join(row.person.name.split()) == wanted}
    return found.pop() if len(found) == 1 else None
