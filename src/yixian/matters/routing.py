"""首办: which body a matter comes to first, and who stands above whom.

Whoever is asked first holds it. Nobody is ever asked about themself: where the first choice is what the matter is about, or
reports to it, the next one takes it, and in the end audit, which reports to nobody in the county.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.kernel.errors import Refused
from yixian.matters.recusal import OUTSIDE, above
from yixian.registry.choices import BodyKind
from yixian.registry.models import Area, Body

_FIRST = (
    BodyKind.PETITION_OFFICE,
    BodyKind.RESETTLEMENT_BUREAU,
    BodyKind.COUNTY_LEADERSHIP,
    BodyKind.AUDIT_OFFICE,
    BodyKind.MONITOR,
)
"""In this order the county's bodies take what comes to nobody in particular."""


def first_body(
    area: Area, preferred: Iterable[int], about: Collection[int], *, is_unnamed: bool = False
) -> Body:
    """The body that takes a matter first: the one that was asked, else the county's petition office and what follows it.

    ``about`` are the bodies that it is about. With ``is_unnamed`` it is about somebody in office whom nobody has named yet:
    then only those outside take it. Raises `Refused` where the register has no body that could.
    """
    at_hand = list(Body.objects.filter(pk__in=list(preferred), valid_until=None).order_by("pk"))
    county = Body.objects.filter(area__path__in=path_chain(area.path), valid_until=None)
    ordered = at_hand + sorted(
        county.filter(kind__in=_FIRST), key=lambda body: (_FIRST.index(BodyKind(body.kind)), body.pk)
    )
    for body in ordered:
        if is_unnamed and body.kind not in OUTSIDE:
            continue
        if not above([body.pk]) & set(about):
            return body
    raise Refused("matter.no_body", _("The register has no body here that could take this matter."))


def superior_of(body: Body) -> Body:
    """The body above: its parent, else the county's leadership; of that itself, since what is above is not of this county."""
    if body.parent is not None:
        return body.parent
    leading = Body.objects.filter(
        kind=BodyKind.COUNTY_LEADERSHIP, area__path__in=path_chain(body.area.path), valid_until=None
    )
    return leading.order_by("pk").first() or body


def common_superior(one: Body, other: Body) -> Body:
    """The nearest body that stands above both."""
    mine, theirs = _chain(one), _chain(other)
    for body in mine:
        if body.pk in {each.pk for each in theirs}:
            return body
    return mine[-1]


def _chain(body: Body) -> list[Body]:
    """The bodies above one, the nearest first."""
    found: list[Body] = []
    while True:
        upper = superior_of(found[-1] if found else body)
        if upper.pk == body.pk or upper in found:
            return found or [body]
        found.append(upper)
