"""机构查询: bodies and their people. Who works where is public within the county's staff; private details are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.kernel.search import bears
from yixian.registry.english_terms import in_english
from yixian.registry.models import Helper, Organisation
from yixian.registry.register_read_models import HelperRow


def organisations(actor: Actor, *, search: str = "", kind: str = "") -> QuerySet[Organisation]:
    """All bodies, for any member of staff; none for others."""
    rows = Organisation.objects.select_related("area").order_by("kind", "code")
    if not _is_staff(actor):
        return rows.none()
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(Q(name__icontains=search) | Q(code=search)) if search else rows


def organisation_list(actor: Actor, *, search: str = "", kind: str = "") -> ResultSet[Organisation]:
    """The same to be listed: by name, kind, place or number."""
    if search:
        return ResultSet(organisations(actor, search=search, kind=kind), _ORDERS)
    return _of_kind(reach=Actor("", grants=actor.grants), kind=kind)


_ORDERS: Mapping[str, Order] = {
    "name": ("name",),
    "kind": ("kind", "code"),
    "place": ("area__path", "code"),
    "code": ("code",),
}


@prepared_results(_ORDERS)
def _of_kind(*, reach: Actor, kind: str) -> QuerySet[Organisation]:
    return organisations(reach, kind=kind)


def organisations_of_kinds(actor: Actor, kinds: Collection[str]) -> list[Organisation]:
    """Those of these kinds."""
    return list(organisations(actor).filter(kind__in=kinds))


def current_organisations(actor: Actor) -> list[Organisation]:
    """Those that are not dissolved."""
    return list(organisations(actor).filter(valid_until=None))


def get_organisation(actor: Actor, organisation_id: int) -> Organisation:
    """One body. Raises `NotFound`."""
    organisation = organisations(actor).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound("organisation.not_found", _("There is no such body."))
    return organisation


def organisation_helpers(actor: Actor, organisation: Organisation, *, on: date) -> QuerySet[Helper]:
    """The body's helpers in service on a day, with their names."""
    rows = organisation.helpers.select_related("person", "home_area").prefetch_related("posts")
    return rows.filter(in_force(on)) if _is_staff(actor) else rows.none()


def organisation_helper_list(actor: Actor, organisation: Organisation, *, on: date) -> ResultSet[HelperRow]:
    """The same to be listed: by name, kind or how many households they can take."""
    orders: dict[str, Order] = {
        "name": ("person__name", "helper_no"),
        "kind": ("kind", "helper_no"),
        "places": ("places", "helper_no"),
    }
    return ResultSet(
        organisation_helpers(actor, organisation, on=on),
        orders,
        lambda rows: [_helper_row(row) for row in rows],
    )


def _helper_row(helper: Helper) -> HelperRow:
    return HelperRow(
        pk=helper.pk,
        name=helper.person.name,
        posts=tuple(in_english(post.title) for post in helper.posts.all()),
        kind_label=str(helper.get_kind_display()),
        places=helper.places,
    )


def get_helper(actor: Actor, helper_id: int) -> Helper:
    """One helper, for staff. Raises `NotFound`."""
    helper = None
    if _is_staff(actor):
        rows = Helper.objects.select_related("person", "organisation__area", "home_area").prefetch_related(
            "posts"
        )
        helper = rows.filter(pk=helper_id).first()
    if helper is None:
        raise NotFound("helper.not_found", _("There is no such helper."))
    return helper


def find_helpers(actor: Actor, search: str, *, on: date, kind: str = "", limit: int = 20) -> list[Helper]:
    """Helpers in service on a day by name (Han characters, pinyin or initials), by number or by body; for staff.

    There are some thousand helpers, so their names are read through rather than indexed.
    """
    asked = search.strip()
    if not asked or not _is_staff(actor):
        return []
    rows = Helper.objects.filter(in_force(on))
    if kind:
        rows = rows.filter(kind=kind)
    plain = (
        Q(person__name__contains=asked)
        | Q(helper_no__istartswith=asked)
        | Q(organisation__name__contains=asked)
    )
    named = _by_pinyin(rows, asked) if asked.replace(" ", "").isalpha() and asked.isascii() else []
    found = rows.filter(plain | Q(organisation__name_en__icontains=asked) | Q(pk__in=named))
    return list(found.select_related("person", "organisation").defer(*_SEALED).order_by("helper_no")[:limit])


def _by_pinyin(rows: QuerySet[Helper], asked: str) -> list[int]:
    """Those whose pinyin or initials begin with what was typed."""
    sound = asked.replace(" ", "").lower()
    return [pk for pk, name in rows.values_list("pk", "person__name") if bears(name, sound)][:_MAX_BY_PINYIN]


def helpers_named(actor: Actor, names: Iterable[str], *, on: date) -> dict[str, list[Helper]]:
    """For each number or name, the helpers in service on a day who bear it; for staff."""
    asked = list(names)
    found: dict[str, list[Helper]] = {name: [] for name in asked}
    if not _is_staff(actor):
        return found
    rows = Helper.objects.filter(in_force(on)).filter(Q(helper_no__in=asked) | Q(person__name__in=asked))
    for row in rows.select_related("person", "organisation").defer(*_SEALED).order_by("helper_no"):
        for key in {row.helper_no, row.person.name} & found.keys():
            found[key].append(row)
    return found


def helpers_of_ids(actor: Actor, ids: Iterable[int]) -> list[Helper]:
    """These helpers by number, for staff."""
    if not _is_staff(actor):
        return []
    return list(
        Helper.objects.filter(pk__in=list(ids)).select_related("person", "organisation").order_by("helper_no")
    )


_MAX_BY_PINYIN = 200
_SEALED = ("work_phone", "person__id_number", "person__phone")


def _is_staff(actor: Actor) -> bool:
    return actor.has_any({*STAFF_ROLES, Role.SYSTEM})


@memoised(Organisation)
@memoised(Organisation)
def organisation_labels() -> dict[int, str]:
    """What every body is called in the language of the page, by id. Names of bodies are public."""
    return {row.pk: row.label for row in Organisation.objects.only("name", "name_en")}
