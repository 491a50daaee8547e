"""回避: who must never learn of a matter, because it is about them or about somebody they report to.

A matter about an official is closed to that official, to their whole body and to every body below it: the register does not
say who reports to whom inside a body, so all of them are taken to. Whatever stands under the county's leadership is below it;
audit and the independent monitor are not, so that there is always somebody to whom a matter can go.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.matters.models import Matter, MatterSubject
from yixian.registry.choices import BodyKind
from yixian.registry.models import Body, Helper, Post

OUTSIDE = frozenset({BodyKind.AUDIT_OFFICE, BodyKind.MONITOR})
"""Bodies that answer to nobody in the county in what they check."""


def above(body_ids: Collection[int]) -> frozenset[int]:
    """These bodies and every body that they report to: a matter about one of them is closed to these."""
    found: dict[int, Body] = {}
    waiting = list(Body.objects.filter(pk__in=body_ids).select_related("area"))
    while waiting:
        found |= {body.pk: body for body in waiting}
        parents = {body.parent_id for body in waiting if body.parent_id} - found.keys()
        waiting = list(Body.objects.filter(pk__in=parents).select_related("area"))
    counties = {
        path_at(body.area.path, AreaLevel.COUNTY) for body in found.values() if body.kind not in OUTSIDE
    }
    leading = Body.objects.filter(kind=BodyKind.COUNTY_LEADERSHIP, area__path__in=counties)
    return frozenset(found) | frozenset(leading.values_list("pk", flat=True))


def keeps_out(matter: Matter, body_id: int) -> bool:
    """Whether a matter may not come to a body, because it is about that body or one that it reports to."""
    return MatterSubject.objects.filter(matter=matter, body__in=above([body_id])).exists()


def kept_out(matter: Matter) -> frozenset[int]:
    """Every body that `keeps_out` keeps from a matter, in three statements however many bodies there are."""
    about = set(MatterSubject.objects.filter(matter=matter).values_list("body_id", flat=True))
    if not about:
        return frozenset()
    rows = {body.pk: body for body in Body.objects.select_related("area")}
    leading: dict[str, set[int]] = {}
    for body in rows.values():
        if body.kind == BodyKind.COUNTY_LEADERSHIP:
            leading.setdefault(body.area.path, set()).add(body.pk)
    found = set()
    for pk, body in rows.items():
        chain, upper = {pk}, body
        while upper.parent_id is not None and upper.parent_id not in chain:
            upper = rows[upper.parent_id]
            chain.add(upper.pk)
        counties = {
            path_at(rows[one].area.path, AreaLevel.COUNTY) for one in chain if rows[one].kind not in OUTSIDE
        }
        for county in counties:
            chain |= leading.get(county, set())
        if chain & about:
            found.add(pk)
    return frozenset(found)


def bodies_of_helper(helper_id: int | None, *, on: date) -> set[int]:
    """Every body that a person in office belongs to on a day, by employment or by post."""
    if helper_id is None:
        return set()
    own = Helper.objects.filter(pk=helper_id).values_list("body_id", flat=True)
    posts = Post.objects.filter(in_force(on), helper_id=helper_id).values_list("body_id", flat=True)
    return set(own) | set(posts)


def about(actor: Actor, body_ids: Collection[int]) -> Exists:
    """Of a matter: it is about this actor, or about somebody whom their bodies report to."""
    them = Q(body__in=above(body_ids)) if body_ids else Q(pk__in=())
    if actor.helper_id is not None:
        them |= Q(helper_id=actor.helper_id)
    return Exists(MatterSubject.objects.filter(them, matter=OuterRef("pk")))
