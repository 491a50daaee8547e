"""承诺查询: promises in words, with their state on a day; the caller has limited them to what its actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.policies.models import PackVersion
from yixian.policies.queries import read_pack
from yixian.registry.access import Part, household_scope, parts_for
from yixian.registry.models import Household
from yixian.visits.access import readable_household
from yixian.visits.choices import SaidBy
from yixian.visits.models import Promise, PromiseOutcome
from yixian.visits.promise_state import BROKEN, FAILED, WAITING, state_of, with_words
from yixian.visits.promise_state import waiting as waiting_on
from yixian.visits.promising.decided import ClauseChoice, clause_as_cited
from yixian.visits.visit_read_models import OutcomeView, PromiseView

_Versions = dict[tuple[str, str], int]


def household_promises(actor: Actor, household: Household, *, on: date) -> list[PromiseView]:
    """The promises made to a household: those that failed first, then those that wait by their day, then the others."""
    if Part.VISITS not in parts_for(actor, household):
        return []
    views = promise_views(Promise.objects.filter(household=household), on=on)
    return sorted(views, key=_order)


def open_promises(actor: Actor, household_ids: Collection[int], *, on: date) -> dict[int, list[PromiseView]]:
    """What of these households still waits or failed, by household, for those whose visits the actor may read."""
    rows = list(household_scope(actor).filter(pk__in=household_ids))
    readable = [row.pk for row in rows if Part.VISITS in parts_for(actor, row)]
    waiting = with_words(Promise.objects.filter(household_id__in=readable)).filter(waiting_on(on) | BROKEN)
    home = dict(waiting.values_list("pk", "household_id"))
    found: dict[int, list[PromiseView]] = defaultdict(list)
    for view in promise_views(Promise.objects.filter(pk__in=home), on=on):
        found[home[view.pk]].append(view)
    return dict(found)


def get_promise(actor: Actor, promise_id: int, *, on: date) -> tuple[Household, PromiseView]:
    """One promise with its household. Raises `NotFound` for one to a household whose visits the actor may not read."""
    row = Promise.objects.filter(pk=promise_id).first()
    if row is None:
        raise NotFound("promise.not_found", _("There is no such promise."))
    try:
        household = readable_household(actor, row.household_id)
    except (NotFound, NotPermitted) as error:
        raise NotFound("promise.not_found", _("There is no such promise.")) from error
    return household, promise_views([row], on=on)[0]


def promise_views(rows: Iterable[Promise], *, on: date) -> list[PromiseView]:
    """These promises in words, in a fixed number of statements."""
    ids = [row.pk for row in rows]
    outcomes = Prefetch("outcomes", PromiseOutcome.objects.select_related("by").order_by("pk"))
    whole = (
        Promise.objects.filter(pk__in=ids)
        .select_related("helper__person", "visit__recorded_by")
        .defer("visit__said", "visit__others", "visit__correction")
        .prefetch_related(outcomes)
        .order_by("due_on", "pk")
    )
    found = list(whole)
    versions = _versions(found)
    return [_view(row, versions, on) for row in found]


def _order(view: PromiseView) -> tuple[int, date, int]:
    if view.state in FAILED:
        return 0, view.due_on, view.pk
    if view.state in WAITING:
        return 1, view.due_on, view.pk
    return 2, date.max - (view.due_on - date.min), view.pk


def _versions(rows: list[Promise]) -> _Versions:
    """The kept packs that these promises cite, by pack and version."""
    cited = {(row.pack_id, row.pack_version) for row in rows if row.pack_id}
    if not cited:
        return {}
    kept = PackVersion.objects.filter(pack_id__in={pack_id for pack_id, _version in cited})
    return {(pack_id, version): pk for pk, pack_id, version in kept.values_list("pk", "pack_id", "version")}


def _view(row: Promise, versions: _Versions, on: date) -> PromiseView:
    said = tuple(_said(one) for one in row.outcomes.all())
    latest = {one.said_by: one.outcome for one in said}
    return PromiseView(
        pk=row.pk,
        visit_id=row.visit_id,
        text=row.text,
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        by=row.helper.person.name if row.helper else str(row.visit.recorded_by),
        made_on=row.made_on,
        due_on=row.due_on,
        state=state_of(row.due_on, latest.get(SaidBy.HELPER, ""), latest.get(SaidBy.HOUSEHOLD, ""), on),
        clause=_clause(row, versions),
        said=said,
    )


def _clause(row: Promise, versions: _Versions) -> ClauseChoice | None:
    pk = versions.get((row.pack_id, row.pack_version))
    return None if pk is None else clause_as_cited(read_pack(pk), row.document, row.clause)


def _said(row: PromiseOutcome) -> OutcomeView:
    return OutcomeView(
        outcome=row.outcome,
        outcome_label=str(row.get_outcome_display()),
        said_by=row.said_by,
        said_by_label=str(row.get_said_by_display()),
        on=row.on,
        note=row.note,
        by=str(row.by) if row.by else "",
    )
