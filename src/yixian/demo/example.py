"""示例户: the households that are shown first, found in the register by what is worth seeing in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yixian.duty.models import Pairing
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind, Language, OrganisationKind, Zone
from yixian.registry.models import Helper, Household


@dataclass(frozen=True, slots=True)
class Example:
    """A household, and why to look at it (in Chinese and English)."""

    household: Household
    why_zh: str
    why_en: str


def first_example(on: date) -> Example:
    """A large household with a cadre of a department and a party member beside it: both can sign in too."""
    cadre = _assigned(on, HelperKind.CADRE).filter(helper__organisation__kind=OrganisationKind.DEPARTMENT)
    member = _assigned(on, HelperKind.PARTY_MEMBER)
    rows = _households(on).filter(Exists(cadre), Exists(member), zone=Zone.RURAL)
    household = rows.order_by("-size", "household_no").first()
    if household is None:
        raise NotFound("demo.no_example", "No household has both a cadre and a party member beside it.")
    return Example(
        household,
        "大户；身边的干部和党员也可登录",
        "A large household; its cadre and its party member can sign in too",
    )


def examples(on: date) -> list[Example]:
    """The first example and a few others, each household once, those that there are."""
    rows = _households(on).order_by("household_no")
    without = rows.filter(~Exists(_assigned(on, HelperKind.PARTY_MEMBER)))
    others = (
        (rows.filter(zone=Zone.TOWN), "集镇户，按集镇单价", "A town household, at town prices"),
        (rows.filter(language=Language.YI), "说彝语的户", "A household that speaks Yi"),
        (
            rows.filter(size=1, difficulty=3),
            "独居、难度最高的户",
            "Somebody living alone, of the greatest difficulty",
        ),
        (without, "尚缺结对党员的户", "A household that still lacks a party member"),
    )
    found = [first_example(on)]
    for candidates, zh, en in others:
        seen = [example.household.pk for example in found]
        household = candidates.exclude(pk__in=seen).first()
        if household is not None:
            found.append(Example(household, zh, en))
    return found


def assigned_helper(household: Household, role: HelperKind, on: date) -> Helper:
    """Who stands beside a household in a role on a day. Raises `Pairing.DoesNotExist`."""
    rows = Pairing.objects.filter(in_force(on), household=household, role=role)
    return rows.select_related("helper__person", "helper__organisation").earliest("pk").helper


def _assigned(on: date, role: HelperKind) -> QuerySet[Pairing]:
    return Pairing.objects.filter(in_force(on), household=OuterRef("pk"), role=role)


def _households(on: date) -> QuerySet[Any]:
    """Households on a day with their ``size``, the number of their members."""
    counted = Count("members", filter=Q(members__valid_until=None))
    return Household.objects.filter(in_force(on)).select_related("area", "head").annotate(size=counted)
