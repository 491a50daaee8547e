"""走访查询: the visits to a household in words, for those who may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from django.core.files import File
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.registry.access import Part, parts_for
from yixian.registry.models import Household
from yixian.visits.access import readable_household
from yixian.visits.models import Promise, Visit, VisitAcknowledgement, VisitPhoto, VisitPresence
from yixian.visits.queries.promises import promise_views
from yixian.visits.visit_read_models import (
    ConfirmationView,
    ObjectionView,
    PhotoView,
    PromiseView,
    VersionView,
    VisitView,
)


def household_visits(
    actor: Actor, household: Household, *, on: date, most: int | None = None
) -> list[VisitView]:
    """The visits to a household as they stand now, the latest first; none for those who may not read them."""
    if Part.VISITS not in parts_for(actor, household):
        return []
    rows = _current(Visit.objects.filter(household=household)).order_by("-on", "-pk")
    return _views(list(rows[:most] if most else rows), on)


def get_visit(actor: Actor, visit_id: int, *, on: date) -> tuple[Household, VisitView]:
    """A visit as it stands now, by the id of any of its versions. Raises `NotFound` for what the actor may not read."""
    row = Visit.objects.only("household_id", "original_id").filter(pk=visit_id).first()
    household = _readable(actor, row.household_id if row else 0)
    first_id = (row.original_id or row.pk) if row else 0
    newest = _current(Visit.objects.filter(pk=first_id) | Visit.objects.filter(original_id=first_id)).get()
    return household, _views([newest], on)[0]


def open_photo(actor: Actor, photo_id: int, *, small: bool) -> tuple[Household, File[bytes]]:
    """A photograph, or its small picture, opened. Raises `NotFound` for one that the actor may not see."""
    photo = VisitPhoto.objects.select_related("visit").filter(pk=photo_id).first()
    household = _readable(actor, photo.visit.household_id if photo else 0)
    if photo is None:
        raise NotFound("visit.not_found", _("There is no such visit."))
    field = photo.small if small else photo.file
    return household, field.open()


def _readable(actor: Actor, household_id: int) -> Household:
    try:
        return readable_household(actor, household_id)
    except (NotFound, NotPermitted) as error:
        raise NotFound("visit.not_found", _("There is no such visit.")) from error


def _current(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """The newest versions, with what a page shows of them."""
    return (
        rows.filter(corrected_by=None)
        .select_related("helper__person", "helper__organisation", "recorded_by")
        .prefetch_related(
            Prefetch("presences", VisitPresence.objects.select_related("person").order_by("pk")),
            Prefetch("acknowledgements", VisitAcknowledgement.objects.order_by("pk")),
        )
    )


def _views(rows: list[Visit], on: date) -> list[VisitView]:
    firsts = {row.first_id for row in rows}
    chains = _chains(firsts)
    photos = _by_visit(VisitPhoto.objects.filter(visit__in=firsts).order_by("position"))
    promises: dict[int, list[PromiseView]] = defaultdict(list)
    for promise in promise_views(Promise.objects.filter(visit__in=firsts), on=on):
        promises[promise.visit_id].append(promise)
    return [_view(row, chains[row.first_id], photos[row.first_id], promises[row.first_id]) for row in rows]


def _chains(firsts: set[int]) -> dict[int, list[Visit]]:
    """Every version of these visits by the id of the first, in order, with what the household objected to."""
    rows = Visit.objects.filter(pk__in=firsts) | Visit.objects.filter(original_id__in=firsts)
    people = Prefetch("presences", VisitPresence.objects.select_related("person").order_by("pk"))
    found: dict[int, list[Visit]] = defaultdict(list)
    for row in rows.prefetch_related("objections", people).order_by("pk"):
        found[row.first_id].append(row)
    return found


def _by_visit(rows: Iterable[VisitPhoto]) -> dict[int, list[VisitPhoto]]:
    found: dict[int, list[VisitPhoto]] = defaultdict(list)
    for row in rows:
        found[row.visit_id].append(row)
    return found


def _view(row: Visit, chain: list[Visit], photos: list[VisitPhoto], promises: list[PromiseView]) -> VisitView:
    confirmations = list(row.acknowledgements.all())
    objections = sorted(
        (one for version in chain for one in version.objections.all()), key=lambda one: one.pk
    )
    return VisitView(
        pk=row.pk,
        household_id=row.household_id,
        on=row.on,
        begun=row.begun,
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        by=row.helper.person.name if row.helper else str(row.recorded_by),
        organisation=row.helper.organisation.label if row.helper else "",
        recorded_by_id=row.recorded_by_id,
        recorded_at=row.recorded_at,
        present=_present(row),
        said=row.said,
        photos=tuple(PhotoView(photo.pk, photo.width, photo.height) for photo in photos),
        promises=tuple(promises),
        confirmation=_confirmation(confirmations[-1]) if confirmations else None,
        objections=tuple(ObjectionView(one.at, one.words) for one in objections),
        earlier=tuple(
            VersionView(old.on, old.recorded_at, old.said, _present(old), new.correction)
            for old, new in pairwise(chain)
        ),
    )


def _present(row: Visit) -> tuple[str, ...]:
    names = [one.person.name for one in row.presences.all()]
    return tuple([*names, row.others] if row.others else names)


def _confirmation(row: VisitAcknowledgement) -> ConfirmationView:
    return ConfirmationView(row.way, str(row.get_way_display()), row.at, row.strokes, row.why_not)
