"""概算查询: what is approved is open to everybody; what waits to be confirmed is for those who work on it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.budget.access import READERS
from yixian.budget.choices import BudgetKind, Settlement, Standing
from yixian.budget.models import BudgetAmount, BudgetVersion
from yixian.budget.rows import Head, HeadRoom, Room
from yixian.domain.areas import path_chain
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.policies.queries import pack_in_force
from yixian.registry.queries.areas import reached_areas


def heads_for(area_path: str, on: date) -> list[Head]:
    """The heads that the policy in force names there (Order 471, Art. 16), in its order; none without a policy."""
    found = pack_in_force(area_path, on)
    if found is None:
        return []
    return [Head(code, one.title("zh"), one.title("en")) for code, one in found[1].heads.items()]


def room_at(area_path: str, on: date) -> Room | None:
    """The budget in force at a place on a day: of the nearest area, itself or above, that has one; else None."""
    version = _in_force(path_chain(area_path), on)
    if version is None:
        return None
    added: dict[str, int] = defaultdict(int)
    additions = BudgetAmount.objects.filter(
        version__of=version, version__valid_from__lte=on, version__settlement__outcome=Settlement.APPROVED
    )
    for head, fen in additions.values_list("head", "fen"):
        added[head] += fen
    amounts = version.amounts.order_by("position")
    heads = {
        one.head: HeadRoom(Head(one.head, one.title_zh, one.title_en), one.fen, added[one.head])
        for one in amounts
    }
    return Room(version.pk, version.area, heads)


def public_rooms(on: date) -> list[Room]:
    """Every budget in force on a day, for everybody."""
    places = BudgetVersion.objects.filter(kind=BudgetKind.WHOLE, settlement__outcome=Settlement.APPROVED)
    paths = sorted(set(places.values_list("area__path", flat=True)))
    found = {room.version_id: room for room in (room_at(path, on) for path in paths) if room}
    return list(found.values())


def hold_room(area_path: str, on: date) -> Room | None:
    """`room_at`, with the budget locked until the transaction ends: whoever asks next waits for what is promised now."""
    room = room_at(area_path, on)
    if room is not None:
        BudgetVersion.objects.select_for_update().get(pk=room.version_id)
    return room


def budget_versions(actor: Actor) -> QuerySet[BudgetVersion]:
    """Every entry for areas in reach, the latest first; none for those who do not work on it."""
    if not actor.has_any(READERS):
        return BudgetVersion.objects.none()
    rows = BudgetVersion.objects.filter(area__in=reached_areas(actor))
    return rows.select_related("area", "of", "proposed_by", "settlement__by").order_by("-pk")


def get_budget_version(actor: Actor, version_id: int) -> BudgetVersion:
    """One entry. Raises `NotFound` out of reach."""
    version = budget_versions(actor).filter(pk=version_id).first()
    if version is None:
        raise NotFound("budget.not_found", _("There is no such budget."))
    return version


def amounts_of(version: BudgetVersion) -> list[tuple[Head, int]]:
    """The heads of an entry with their fen, in order."""
    rows = version.amounts.order_by("position")
    return [(Head(one.head, one.title_zh, one.title_en), one.fen) for one in rows]


def before(version: BudgetVersion) -> BudgetVersion | None:
    """The whole budget that was confirmed before a whole one, at the same place: what it is compared with."""
    rows = BudgetVersion.objects.filter(
        area=version.area, kind=BudgetKind.WHOLE, settlement__outcome=Settlement.APPROVED, pk__lt=version.pk
    )
    return rows.order_by("-pk").first()


def standing_of(version: BudgetVersion, on: date) -> Standing:
    """Where an entry stands on a day."""
    settlement = getattr(version, "settlement", None)
    if settlement is None:
        return Standing.WAITING
    if settlement.outcome == Settlement.WITHDRAWN:
        return Standing.WITHDRAWN
    if version.valid_from > on:
        return Standing.AHEAD
    holding = _in_force([version.area.path], on)
    whole = version.of_id or version.pk
    return Standing.IN_FORCE if holding is not None and holding.pk == whole else Standing.REPLACED


def _in_force(paths: list[str], on: date) -> BudgetVersion | None:
    rows = BudgetVersion.objects.filter(
        area__path__in=paths,
        kind=BudgetKind.WHOLE,
        valid_from__lte=on,
        settlement__outcome=Settlement.APPROVED,
    )
    return rows.select_related("area").order_by("-area__path", "-valid_from", "-pk").first()
