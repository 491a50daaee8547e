"""到岗与归队: somebody begins to stand beside households, or comes back to it after other work, by a document.

Nobody is moved for them. Households that had asked for another helper and found nobody are tried again at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.duty.access import PLANNERS, require_area
from yixian.duty.actions.ask_another import settle_requests
from yixian.duty.choices import FOR_GOOD
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Organisation, Person, Post


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who begins: somebody whom the register knows (``person_id``), or a new person by name, gender and day of birth."""

    helper_no: str
    kind: HelperKind
    person_id: int | None = None
    name: str = ""
    gender: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """For which body, from which day, with how many places, by which document.

    ``home_area_id``: the village a party member lives in, or where a cadre is based. ``languages``: ISO 639-3 codes with commas.
    """

    organisation_id: int
    first: date
    places: int
    document: str
    home_area_id: int | None = None
    languages: str = "cmn"
    work_phone: str = ""
    title: str = ""
    lon: Decimal | None = None
    lat: Decimal | None = None


@transaction.atomic
def begin_service(newcomer: Newcomer, service: Service, *, actor: Actor, at: datetime) -> Helper:
    """Enter a new helper. Raises `NotPermitted`, `NotFound` for places out of reach, and `Invalid` with the field."""
    require(actor, PLANNERS)
    organisation, home = _where(service, HelperKind(newcomer.kind), actor)
    number = newcomer.helper_no.strip()
    if not number or Helper.objects.filter(helper_no=number).exists():
        raise Invalid("service.number", _("This number is empty or taken."), field="helper_no")
    helper = Helper(helper_no=number, person=_person(newcomer), kind=newcomer.kind, valid_from=service.first)
    return _begin(helper, organisation, home, service, "helper.began", actor, at)


@transaction.atomic
def resume_service(helper_id: int, service: Service, *, actor: Actor, at: datetime) -> Helper:
    """Somebody who left for other work comes back, perhaps to another body; the days in between stay an absence.

    Raises as `begin_service`, and `Refused` for somebody who has not left.
    """
    require(actor, PLANNERS)
    helper = Helper.objects.select_related("person").filter(pk=helper_id).first()
    if helper is None:
        raise NotFound("helper.not_found", _("There is no such helper."))
    left = Absence.objects.filter(helper=helper, kind__in=FOR_GOOD, valid_until=None).first()
    if left is None:
        raise Refused("service.here", _("They have not left."))
    if service.first <= left.valid_from:
        raise Invalid("service.day", _("They come back on a day after they left."), field="first")
    organisation, home = _where(service, HelperKind(helper.kind), actor)
    left.valid_until = service.first
    left.save(update_fields=["valid_until"])
    helper.valid_until = None
    return _begin(helper, organisation, home, service, "helper.resumed", actor, at)


def _begin(
    helper: Helper,
    organisation: Organisation,
    home: Area | None,
    service: Service,
    kind: str,
    actor: Actor,
    at: datetime,
) -> Helper:
    helper.organisation, helper.home_area = organisation, home
    helper.places, helper.languages = service.places, service.languages
    helper.work_phone = service.work_phone or helper.work_phone
    helper.lon, helper.lat = service.lon, service.lat
    helper.save()
    if service.title:
        Post.objects.filter(Days(service.first).overlap(), helper=helper).update(valid_until=service.first)
        Post.objects.create(
            helper=helper, organisation=organisation, title=service.title, valid_from=service.first
        )
    data = {
        "helper": helper.person.name,
        "from": service.first.isoformat(),
        "document": service.document.strip(),
    }
    record(Entry(kind, "helper", helper.pk, organisation.area.path, data), actor=actor, at=at)
    settle_requests(organisation.area.path, actor=actor, at=at)
    return helper


def _where(service: Service, kind: HelperKind, actor: Actor) -> tuple[Organisation, Area | None]:
    organisation = (
        Organisation.objects.select_related("area")
        .filter(Days(service.first).held(), pk=service.organisation_id)
        .first()
    )
    if organisation is None:
        raise Invalid("service.organisation", _("There is no such body on that day."), field="organisation")
    home = Area.objects.filter(pk=service.home_area_id).first() if service.home_area_id else None
    if kind == HelperKind.PARTY_MEMBER and (
        home is None or home.level not in {AreaLevel.VILLAGE, AreaLevel.GROUP}
    ):
        raise Invalid("service.home", _("Say in which village the party member lives."), field="home_area")
    if not service.document.strip():
        raise Invalid("leader.document", _("Name the document."), field="document")
    require_area(
        actor, home.path if home is not None and kind == HelperKind.PARTY_MEMBER else organisation.area.path
    )
    return organisation, home


def _person(newcomer: Newcomer) -> Person:
    if newcomer.person_id is not None:
        person = Person.objects.filter(pk=newcomer.person_id, helper=None).first()
        if person is None:
            raise Invalid(
                "service.person",
                _("There is no such person, or they stand beside households already."),
                field="person",
            )
        return person
    if not newcomer.name.strip() or not newcomer.gender or newcomer.birth_date is None:
        raise Invalid("service.name", _("Give the name, the gender and the day of birth."), field="name")
    return Person.objects.create(
        name=newcomer.name.strip(), gender=newcomer.gender, birth_date=newcomer.birth_date
    )
