"""政策查询: policy is public; only proposals that are not decided yet are for staff."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.domain.policy import DutyRules
from yixian.engines.entitlements import Pack, pack_from_canonical
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.languages import language
from yixian.kernel.memo import memoised
from yixian.kernel.models import Event
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.kernel.user_names import user_names
from yixian.policies.access import APPROVERS, PROPOSERS
from yixian.policies.models import PackAdoption, PackVersion
from yixian.registry.access import area_reach
from yixian.registry.models import Area
from yixian.registry.queries.areas import reached_areas

CUSTOM = DutyRules(30, 48, 365, 15, valid_from=date.min, valid_until=None, document="", clause="")
"""惯例: what is asked of those beside households where nothing is decided about it. It has no clause."""


_EFFECTIVE = Q(approved_by__isnull=False) & (Q(valid_until=None) | Q(valid_until__gt=F("valid_from")))
"""Adoptions that are, were or will be in force: approved, and not called off before they began."""


def pack_versions(actor: Actor) -> QuerySet[PackVersion]:
    """All registered packs for staff; for others those that are or were in force."""
    rows = PackVersion.objects.order_by("pack_id", "-registered_at").defer("content")
    if actor.has_any({*STAFF_ROLES, Role.SYSTEM}):
        return rows
    return rows.filter(adoptions__in=PackAdoption.objects.filter(_EFFECTIVE)).distinct()


def get_pack_version(actor: Actor, pack_version_id: int) -> PackVersion:
    """One pack version. Raises `NotFound`."""
    row = pack_versions(actor).filter(pk=pack_version_id).first()
    if row is None:
        raise NotFound("pack.not_found", _("There is no such policy pack."))
    return row


def adoptions(actor: Actor) -> QuerySet[PackAdoption]:
    """Adoptions, latest first; proposals only for staff."""
    rows = PackAdoption.objects.select_related("area", "proposed_by", "approved_by", "pack_version").defer(
        "pack_version__content"
    )
    rows = rows.order_by("-valid_from", "-pk")
    return rows if actor.has_any({*STAFF_ROLES, Role.SYSTEM}) else rows.filter(_EFFECTIVE)


def get_adoption(actor: Actor, adoption_id: int) -> PackAdoption:
    """One adoption or proposal where the actor proposes or approves. Raises `NotFound`."""
    reached = reached_areas(actor.acting_as(PROPOSERS | APPROVERS))
    row = adoptions(actor).filter(pk=adoption_id, area__in=reached).first()
    if row is None:
        raise NotFound("adoption.not_found", _("There is no such pack or area."))
    return row


def may_be_called_off(actor: Actor, adoption: PackAdoption, *, on: date) -> bool:
    """Whether the actor may call off an adoption that no revision decided: one that is approved only before its day, and not
    as the first of the two who did.
    """
    if adoption.approved_by_id is None:
        return not adoption.is_called_off and _reaches(actor, adoption, PROPOSERS | APPROVERS)
    ahead = not adoption.is_called_off and adoption.valid_from > on
    return ahead and adoption.proposed_by_id != actor.user_id and _reaches(actor, adoption, APPROVERS)


def _reaches(actor: Actor, adoption: PackAdoption, roles: frozenset[Role]) -> bool:
    return any(adoption.area.path.startswith(path) for path in area_reach(actor.acting_as(roles)))


def adoptions_and_proposals(actor: Actor) -> QuerySet[PackAdoption]:
    """The same, each with ``is_overtaken``: a proposal that can take effect no longer, because the pack in force there began on
    its day or later.
    """
    return adoptions(actor).annotate(is_overtaken=_overtaken())


def _overtaken() -> Q:
    later = PackAdoption.objects.filter(
        area=OuterRef("area"),
        valid_until=None,
        approved_by__isnull=False,
        valid_from__gte=OuterRef("valid_from"),
    )
    return Q(approved_by=None, valid_until=None) & Q(Exists(later))


def called_off_because(actor: Actor, rows: Iterable[PackAdoption]) -> dict[int, tuple[str, str]]:
    """By whom adoptions were called off, why and by which document, by their keys, as the ledger has it."""
    keys = [row.pk for row in adoptions(actor).filter(pk__in=[row.pk for row in rows if row.is_called_off])]
    events = Event.objects.filter(kind="adoption.called_off", subject_kind="adoption", subject_id__in=keys)
    found = list(events)
    names = user_names(event.actor_user_id for event in found)
    return {
        event.subject_id: (
            names.get(event.actor_user_id or 0, event.actor_label),
            " · ".join(filter(None, (event.data["reason"], event.data.get("document")))),
        )
        for event in found
        if event.subject_id is not None
    }


def adoptions_in_force(actor: Actor, on: date) -> list[PackAdoption]:
    """Those in force on a day, by place."""
    return list(adoptions(actor).filter(in_force(on)).order_by("area__path"))


def proposals_to_approve(actor: Actor) -> ResultSet[Pending]:
    """Adoptions that somebody else proposed and nobody has approved yet, for those who approve; the oldest first.

    One that was overtaken waits for nobody.
    """
    if not actor.has_any(APPROVERS) or not _unapproved():
        return NOTHING
    rows = adoptions(actor).filter(approved_by=None, valid_until=None)
    rows = rows.filter(area__in=reached_areas(actor.acting_as(APPROVERS)))
    rows = rows.exclude(_overtaken())
    return pending(rows.exclude(proposed_by_id=actor.user_id).order_by("pk"), _pending)


@memoised(PackAdoption)
def _unapproved() -> bool:
    """Whether any adoption waits at all: mostly none does."""
    return PackAdoption.objects.filter(approved_by=None, valid_until=None).exists()


def _pending(row: PackAdoption) -> Pending:
    pack = row.pack_version
    title = pack.title_zh if language() == "zh" else pack.title_en
    return Pending(row.pk, title, row.area.label, timezone.localdate(row.proposed_at))


def pack_in_force(area_path: str, on: date) -> tuple[PackVersion, Pack] | None:
    """The pack in force at an area on a day: the nearest area above it (or itself) that has adopted one; else None."""
    version = _version_at(area_path, on)
    return None if version is None else (version, read_pack(version.pk))


@memoised(PackAdoption, PackVersion, Area)
def _version_at(area_path: str, on: date) -> PackVersion | None:
    rows = PackAdoption.objects.filter(
        in_force(on), area__path__in=path_chain(area_path), approved_by__isnull=False
    )
    rows = rows.select_related("pack_version").defer("pack_version__content")
    adoption = rows.order_by("-area__path", "-valid_from").first()
    return None if adoption is None else adoption.pack_version


def any_pack_in_force(on: date) -> tuple[PackVersion, Pack] | None:
    """The pack in force on a day anywhere in this register, for those who ask without a place (latest adoption)."""
    rows = PackAdoption.objects.filter(in_force(on), approved_by__isnull=False)
    rows = rows.select_related("pack_version").defer("pack_version__content")
    adoption = rows.order_by("-valid_from", "-pk").first()
    return None if adoption is None else (adoption.pack_version, read_pack(adoption.pack_version_id))


def duty_rules(area_path: str, on: date) -> DutyRules:
    """What is asked of those beside households at an area on a day; `CUSTOM` where no pack in force there decides it."""
    found = pack_in_force(area_path, on)
    return (found[1].duty_on(on) if found else None) or CUSTOM


def duty_rules_at(area_paths: Collection[str], on: date) -> dict[str, DutyRules]:
    """The same for many areas, in one statement."""
    packs = _packs_by_place(on)
    found = {}
    for path in area_paths:
        nearest = next((packs[above] for above in reversed(path_chain(path)) if above in packs), None)
        found[path] = (read_pack(nearest).duty_on(on) if nearest else None) or CUSTOM
    return found


@memoised(PackAdoption, Area)
def _packs_by_place(on: date) -> dict[str, int]:
    rows = PackAdoption.objects.filter(in_force(on), approved_by__isnull=False).order_by("valid_from")
    return dict(rows.values_list("area__path", "pack_version_id"))


@functools.lru_cache(maxsize=8)
def read_pack(pack_version_id: int) -> Pack:
    """The pack itself, read from its canonical bytes. Published packs never change, so it is kept in memory."""
    content = PackVersion.objects.values_list("content", flat=True).get(pk=pack_version_id)
    return pack_from_canonical(bytes(content))


def latest_registered_pack() -> Pack | None:
    """The pack registered last, in force or not: what item codes are checked against before any is adopted."""
    pk = PackVersion.objects.order_by("-registered_at", "-pk").values_list("pk", flat=True).first()
    return None if pk is None else read_pack(pk)
