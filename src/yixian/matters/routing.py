"""首办: which body a matter comes to first, and who stands above whom.

Whoever is asked first holds it. Nobody is ever asked about themself: where the first choice is what the matter is about, or
reports to it, the next one takes it, and in the end audit, which reports to nobody in the county. Nor does anything come to
a body for which nobody acts, as long as there is another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.kernel.errors import Refused
from yixian.matters.acting import acting_organisations
from yixian.matters.recusal import OUTSIDE, above
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Area, Organisation

_FIRST = (
    OrganisationKind.PETITION_OFFICE,
    OrganisationKind.RESETTLEMENT_BUREAU,
    OrganisationKind.COUNTY_LEADERSHIP,
    OrganisationKind.AUDIT_OFFICE,
    OrganisationKind.MONITOR,
)
"""In this order the county's bodies take what comes to nobody in particular."""


def first_organisation(
    area: Area, preferred: Iterable[int], about: Collection[int], *, at: datetime, is_unnamed: bool = False
) -> Organisation:
    """The body that takes a matter first: the one that was asked, else the county's petition office and what follows it.

    ``about`` are the bodies that it is about. With ``is_unnamed`` it is about somebody in office whom nobody has named yet:
    then only those outside take it. Raises `Refused` where the register has no body that could.
    """
    at_hand = list(Organisation.objects.filter(pk__in=list(preferred), valid_until=None).order_by("pk"))
    county = Organisation.objects.filter(area__path__in=path_chain(area.path), valid_until=None)
    ordered = at_hand + sorted(
        county.filter(kind__in=_FIRST),
        key=lambda organisation: (_FIRST.index(OrganisationKind(organisation.kind)), organisation.pk),
    )
    acting = acting_organisations(at=at)
    ordered.sort(key=lambda organisation: organisation.pk not in acting)
    for organisation in ordered:
        if is_unnamed and organisation.kind not in OUTSIDE:
            continue
        if not above([organisation.pk]) & set(about):
            return organisation
    raise Refused("matter.no_organisation", _("The register has no body here that could take this matter."))


def superior_of(organisation: Organisation) -> Organisation:
    """The body above: its parent that is in service, else the county's leadership; of that itself, since what is above is not
    of this county.
    """
    upper, seen = organisation.parent, {organisation.pk}
    while upper is not None and upper.valid_until is not None and upper.pk not in seen:
        seen.add(upper.pk)
        upper = upper.parent
    if upper is not None and upper.valid_until is None:
        return upper
    leading = Organisation.objects.filter(
        kind=OrganisationKind.COUNTY_LEADERSHIP,
        area__path__in=path_chain(organisation.area.path),
        valid_until=None,
    )
    return leading.order_by("pk").first() or organisation


def acting_superior(organisation: Organisation, acting: Collection[int]) -> Organisation:
    """The nearest body above for which somebody acts; the nearest of all where nobody does."""
    chain = _chain(organisation)
    return next((upper for upper in chain if upper.pk in acting), chain[0])


def common_superior(one: Organisation, other: Organisation, acting: Collection[int]) -> Organisation:
    """The nearest body that stands above both, of those for which somebody acts if there is one."""
    mine, theirs = _chain(one), {each.pk for each in _chain(other)}
    common = [upper for upper in mine if upper.pk in theirs] or mine[-1:]
    return next((upper for upper in common if upper.pk in acting), common[0])


def _chain(organisation: Organisation) -> list[Organisation]:
    """The bodies above one, the nearest first."""
    found: list[Organisation] = []
    while True:
        upper = superior_of(found[-1] if found else organisation)
        if upper.pk == organisation.pk or upper in found:
            return found or [organisation]
        found.append(upper)
