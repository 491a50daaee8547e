"""补人: what a bureau does where nobody can stand beside somebody — send for people who can, with a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from random import Random

from django.utils import timezone

from yixian.demo.person_names import HAN, PersonNames
from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.actions.appoint_leaders import station_organisation
from yixian.duty.actions.begin_service import Newcomer, Service, begin_service
from yixian.duty.actions.pair_households import pair_households
from yixian.duty.models import Stationing
from yixian.duty.queries import uncovered_households
from yixian.duty.queries.presence import has_present
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.choices import Gender, HelperKind, OrganisationKind
from yixian.registry.models import Area, Helper, Household, Organisation

PLACES = 6
_EVERY_LANGUAGE = "cmn,iii,hmd"
_DOCUMENT = "澜移发〔{year}〕{number}号（演示）"


@dataclass(slots=True)
class Remedies:
    """Sends for people; ``sent`` counts them, and ``stationed`` the departments that were sent to further villages."""

    actor: Actor
    rng: Random
    sent: int = 0
    stationed: int = 0
    _names: PersonNames = field(init=False)

    def __post_init__(self) -> None:
        self._names = PersonNames(self.rng)

    def cover_all(self, area_path: str, *, seed: int, at: datetime) -> int:
        """Pair everybody, and send for people until nobody lacks anybody; how many lacked somebody at first."""
        on = timezone.localdate(at)
        lacking_at_first = 0
        for _round in range(5):
            if not uncovered_households(self.actor, on=on, area_path=area_path).exists():
                break
            pair_households(area_path, seed=seed, on=on, actor=self.actor, at=at)
            rows = uncovered_households(self.actor, on=on, area_path=area_path)
            left = list(rows.annotate(cadre=has_present(HelperKind.CADRE, on)))
            lacking_at_first = lacking_at_first or len(left)
            for role in HelperKind:
                lack = [row for row in left if not _has(row, role, on)]
                self.send_for(lack, role, at=at, another_department=True)
        return lacking_at_first

    def send_for(
        self,
        households: Iterable[Household],
        role: HelperKind,
        *,
        at: datetime,
        another_department: bool = False,
    ) -> list[Helper]:
        """Enough people for these households, by village and by whom they asked for; they begin on the same day."""
        groups: dict[tuple[str, str], list[Household]] = defaultdict(list)
        for household in households:
            path = path_at(household.area_path, AreaLevel.VILLAGE)
            groups[path, household.requested_gender].append(household)
        made: list[Helper] = []
        for (path, gender), group in groups.items():
            village = Area.objects.get(path=path)
            organisation = self._organisation(village, role, at, another=another_department)
            made += [
                self.send(role, organisation, village, gender or Gender.FEMALE, at=at)
                for _one in range(ceil(len(group) / PLACES))
            ]
        return made

    def send(
        self, role: HelperKind, organisation: Organisation, village: Area | None, gender: str, *, at: datetime
    ) -> Helper:
        """One person who begins on this day."""
        self.sent += 1
        on = timezone.localdate(at)
        born = on.replace(year=on.year - self.rng.randrange(25, 55), day=1)
        name = self._names.anybody(HAN, female=gender == Gender.FEMALE, born=born.year)
        newcomer = Newcomer(
            f"{'Z' if role == HelperKind.CADRE else 'D'}{self.sent:05d}", role, None, name, gender, born
        )
        service = Service(
            organisation_id=organisation.pk,
            first=on,
            places=PLACES,
            document=_DOCUMENT.format(year=on.year, number=self.sent),
            home_area_id=village.pk if village else None,
            languages=_EVERY_LANGUAGE,
            work_phone="0870-4120000",
            lon=village.lon if village else None,
            lat=village.lat if village else None,
        )
        return begin_service(newcomer, service, actor=self.actor, at=at)

    def _organisation(self, village: Area, role: HelperKind, at: datetime, *, another: bool) -> Organisation:
        """A body stationed at the village; with ``another`` a department that was not, and now is."""
        on = timezone.localdate(at)
        stationed = Stationing.objects.filter(in_force(on), area_path__in=path_chain(village.path))
        here = Organisation.objects.filter(
            pk__in=stationed.values("organisation_id"), kind=OrganisationKind.DEPARTMENT
        )
        if role == HelperKind.PARTY_MEMBER:
            committee = Organisation.objects.filter(
                kind=OrganisationKind.VILLAGE_COMMITTEE, area=village
            ).first()
            return committee or here.first() or Organisation.objects.order_by("pk")[0]
        others = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT, valid_until=None)
        others = others.exclude(pk__in=stationed.values("organisation_id"))
        if (another or not here.exists()) and others.exists():
            organisation = others.order_by("code")[self.stationed % others.count()]
            self.stationed += 1
            document = _DOCUMENT.format(year=on.year, number=900 + self.stationed)
            station_organisation(organisation.pk, village.pk, on, document, actor=self.actor, at=at)
            return organisation
        return here.order_by("code")[0]


def _has(household: Household, role: HelperKind, on) -> bool:  # type: ignore[no-untyped-def]
    return Household.objects.filter(has_present(role, on), pk=household.pk).exists()


def by_number(numbers: Collection[str]) -> list[Household]:
    """Households by their numbers, as a refusal names them."""
    return list(
        Household.objects.filter(household_no__in=numbers).select_related("area").order_by("household_no")
    )
