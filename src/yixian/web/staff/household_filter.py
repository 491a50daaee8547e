"""户的筛选: what a list of households is limited to, read from the address so that it can be kept and passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yixian.compensation.choices import StatementStatus
from yixian.compensation.queries import households_without_account, withheld_households
from yixian.domain.areas import AreaLevel, path_level
from yixian.duty.queries import uncovered_households
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.registry.choices import Language, Zone
from yixian.registry.queries import get_area, households
from yixian.registry.queries.areas import reached_areas

DIFFICULTIES = ((1, _("Manages well")), (2, _("Needs some help")), (3, _("Needs much help")))
"""How much help a household needs, in words."""

ACCOUNTS = (
    (StatementStatus.ISSUED, _("Issued")),
    (StatementStatus.WITHHELD, _("Withheld")),
    ("none", _("None yet")),
)
"""States of a household's account that can be filtered by."""

_NOT_LISTED = ("phone", "bank_account", "head__id_number", "head__phone")
"""Sealed columns that no list shows: they are not even opened."""

SORTS: dict[str, tuple[str, ...]] = {
    "no": ("household_no",),
    "name": ("head__name", "household_no"),
    "place": ("area_path", "household_no"),
    "help": ("-difficulty", "household_no"),
}


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """What was asked for. Unknown values count as not asked."""

    search: str = ""
    area: Any = None
    zone: str = ""
    language: str = ""
    difficulty: int = 0
    account: str = ""
    uncovered: bool = False
    sort: str = "no"

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the search limits the list."""
        return bool(
            self.area or self.zone or self.language or self.difficulty or self.account or self.uncovered
        )

    def rows(self, actor: Actor, *, on: date) -> QuerySet[Any]:
        """The households in the actor's reach that fit, sorted."""
        rows = households(
            actor,
            on=on,
            search=self.search,
            area_path=self.area.path if self.area else "",
            zone=self.zone,
            language=self.language,
            difficulty=self.difficulty,
        )
        if self.account:
            rows = rows.filter(_account(actor, self.account, on))
        if self.uncovered:
            rows = rows.filter(pk__in=uncovered_households(actor, on=on).order_by().values("pk"))
        return rows.defer(*_NOT_LISTED).order_by(*SORTS[self.sort])


def read_filter(query: QueryDict, actor: Actor) -> HouseholdFilter:
    """The filter that an address asks for. An area out of reach raises `NotFound`."""
    return HouseholdFilter(
        search=query.get("q", "").strip()[:60],
        area=_area(query.get("area", ""), actor),
        zone=_one_of(query.get("zone", ""), Zone.values),
        language=_one_of(query.get("language", ""), Language.values),
        difficulty=int(_one_of(query.get("help", ""), ["1", "2", "3"]) or 0),
        account=_one_of(query.get("account", ""), [str(value) for value, _label in ACCOUNTS]),
        uncovered=query.get("uncovered") == "1",
        sort=_one_of(query.get("sort", ""), list(SORTS)) or "no",
    )


def area_choices(actor: Actor, chosen: Any) -> list[tuple[int, str, int]]:
    """Townships and villages in reach as (id, name, depth); a chosen group as well."""
    rows = reached_areas(actor).filter(
        Q(level__in=(AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)) | Q(pk=chosen.pk if chosen else None)
    )
    found = [(area.pk, area.label, list(AreaLevel).index(path_level(area.path))) for area in rows]
    top = min((depth for _pk, _name, depth in found), default=0)
    return [(pk, "　" * (depth - top) + name, depth - top) for pk, name, depth in found]


def _area(value: str, actor: Actor) -> Any:
    if not value:
        return None
    if not (value.isascii() and value.isdigit()):
        raise NotFound("area.not_found", _("There is no such area."))
    return get_area(actor, int(value))


def _account(actor: Actor, state: str, on: date) -> Q:
    """The households whose account is in a state, of those whose account the actor may see."""
    withheld = Q(pk__in=withheld_households(actor, on=on).order_by().values("pk"))
    missing = Q(pk__in=households_without_account(actor, on=on).order_by().values("pk"))
    return {StatementStatus.WITHHELD.value: withheld, "none": missing}.get(state, ~withheld & ~missing)


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else ""
