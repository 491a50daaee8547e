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
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Helper, Organisation, Post

OUTSIDE = frozenset({OrganisationKind.AUDIT_OFFICE, OrganisationKind.MONITOR})
"""Bodies that answer to nobody in the county in what they check."""


def above(organisation_ids: Collection[int]) -> frozenset[int]:
    """These bodies and every body that they report to: a matter about one of them is closed to these."""
    found: dict[int, Organisation] = {}
    waiting = list(Organisation.objects.filter(pk__in=organisation_ids).select_related("area"))
    while waiting:
        found |= {organisation.pk: organisation for organisation in waiting}
        parents = {
            organisation.parent_id for organisation in waiting if organisation.parent_id
        } - found.keys()
        waiting = list(Organisation.objects.filter(pk__in=parents).select_related("area")) if parents else []
    counties = {
        path_at(organisation.area.path, AreaLevel.COUNTY)
        for organisation in found.values()
        if organisation.kind not in OUTSIDE
    }
    leading = Organisation.objects.filter(kind=OrganisationKind.COUNTY_LEADERSHIP, area__path__in=counties)
    return frozenset(found) | frozenset(leading.values_list("pk", flat=True))


def keeps_out(matter: Matter, organisation_id: int) -> bool:
    """Whether a matter may not come to a body, because it is about that body or one that it reports to."""
    return MatterSubject.objects.filter(matter=matter, organisation__in=above([organisation_id])).exists()


def kept_out(matter: Matter) -> frozenset[int]:
    """Every body that `keeps_out` keeps from a matter, in three statements however many bodies there are."""
    about = set(MatterSubject.objects.filter(matter=matter).values_list("organisation_id", flat=True))
    if not about:
        return frozenset()
    rows = {organisation.pk: organisation for organisation in Organisation.objects.select_related("area")}
    leading: dict[str, set[int]] = {}
    for organisation in rows.values():
        if organisation.kind == OrganisationKind.COUNTY_LEADERSHIP:
            leading.setdefault(organisation.area.path, set()).add(organisation.pk)
    found = set()
    for pk, organisation in rows.items():
        chain, upper = {pk}, organisation
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


def organisations_of_helper(helper_id: int | None, *, on: date) -> set[int]:
    """Every body that a person in office belongs to on a day, by employment or by post."""
    if helper_id is None:
        return set()
    own = Helper.objects.filter(pk=helper_id).values_list("organisation_id", flat=True)
    posts = Post.objects.filter(in_force(on), helper_id=helper_id).values_list("organisation_id", flat=True)
    return set(own) | set(posts)


def about(actor: Actor, above_them: Collection[int]) -> Exists:
    """Of a matter: it is about this actor, or about one of these bodies: theirs, and those that they report to (`above`)."""
    them = Q(organisation__in=above_them) if above_them else Q(pk__in=())
    if actor.helper_id is not None:
        them |= Q(helper_id=actor.helper_id)
    return Exists(MatterSubject.objects.filter(them, matter=OuterRef("pk")))
