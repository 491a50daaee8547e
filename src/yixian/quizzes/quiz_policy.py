"""按哪个政策: which pack somebody is asked about."""

from __future__ import annotations

from datetime import date

from yixian.engines.entitlements import Pack
from yixian.kernel.actors import Actor
from yixian.policies.models import PackVersion
from yixian.policies.queries import any_pack_in_force, pack_in_force
from yixian.registry.access import area_reach, household_scope


def policy_for(actor: Actor, on: date) -> tuple[PackVersion, Pack] | None:
    """The pack in force on a day where the actor works; for those who work at no place, the one adopted last."""
    paths = sorted(filter(None, area_reach(actor)))
    if not paths and not area_reach(actor):
        paths = list(household_scope(actor).order_by("pk").values_list("area_path", flat=True)[:1])
    for path in paths:
        found = pack_in_force(path, on)
        if found is not None:
            return found
    return any_pack_in_force(on)
