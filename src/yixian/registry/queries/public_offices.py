"""公开的联系方式: how everybody reaches the county's bodies. Nothing here is anybody's own number."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.kernel.memo import memoised
from yixian.registry.choices import OrganisationKind
from yixian.registry.english_terms import hours_in_english
from yixian.registry.models import Area, Organisation
from yixian.registry.models.named import label_of


@dataclass(frozen=True, slots=True)
class PublicOffice:
    """公开的联系方式: how everybody reaches a body. Empty fields are not known."""

    organisation_id: int
    name_zh: str
    name_en: str
    kind: str
    place_zh: str
    place_en: str
    phone: str
    address: str
    hours_zh: str

    @property
    def label(self) -> str:
        """Its name in the language being spoken."""
        return label_of(self.name_zh, self.name_en)

    @property
    def hours(self) -> str:
        """When it is open, in the language being spoken."""
        return hours_in_english(self.hours_zh)

    @property
    def place(self) -> str:
        """The name of the area it belongs to."""
        return label_of(self.place_zh, self.place_en)


@memoised(Organisation, Area)
def public_offices() -> tuple[PublicOffice, ...]:
    """The bodies that the public can reach, for everybody: first those for everything, then by place, departments last."""
    rows = Organisation.objects.filter(valid_until=None).exclude(phone="", address="")
    found = [
        PublicOffice(
            row.pk,
            row.name,
            row.name_en,
            row.kind,
            row.area.name,
            row.area.name_en,
            row.phone,
            row.address,
            row.hours,
        )
        for row in rows.select_related("area").order_by("area__path", "kind", "code")
    ]
    return tuple(sorted(found, key=_for_whom))


def office_of(organisation_id: int) -> PublicOffice | None:
    """How everybody reaches a body; None where neither a telephone nor an address is known."""
    return next((row for row in public_offices() if row.organisation_id == organisation_id), None)


def _for_whom(office: PublicOffice) -> int:
    """Where it stands in the list: the offices for everybody, those of one's own place, the county's others."""
    if office.kind in _FOR_EVERYBODY:
        return _FOR_EVERYBODY.index(OrganisationKind(office.kind)) - len(_FOR_EVERYBODY)
    return 0 if office.kind in _OF_A_PLACE else 1


_OF_A_PLACE = (OrganisationKind.TOWNSHIP_LEADERSHIP, OrganisationKind.VILLAGE_COMMITTEE)
_FOR_EVERYBODY = (OrganisationKind.RESETTLEMENT_BUREAU, OrganisationKind.PETITION_OFFICE)


@memoised(Organisation, Area)
def offices_for_everybody() -> tuple[PublicOffice, ...]:
    """The county's resettlement bureau and its petition office: whom anybody can call, whatever it is about."""
    return tuple(row for row in public_offices() if row.kind in _FOR_EVERYBODY)
