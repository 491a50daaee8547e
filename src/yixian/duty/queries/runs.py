"""求解结果: the latest solved pairing with its proof and its shortages."""

from __future__ import annotations

from yixian.duty.models import PairingRun
from yixian.duty.rows import RunView, ShortageView
from yixian.kernel.actors import Actor
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.models import Area


def latest_run(actor: Actor) -> RunView | None:
    """The latest solved pairing with its proof and shortages; figures only, for staff."""
    if not actor.has_any(*STAFF_ROLES, Role.SYSTEM):
        return None
    run = PairingRun.objects.order_by("-pk").first()
    if run is None:
        return None
    shortages = list(run.shortages.order_by("-short", "pk"))
    areas = {area.path: area for area in Area.objects.filter(path__in={row.area_path for row in shortages})}
    return RunView(
        run_id=run.pk,
        at=run.at,
        on_date=run.on_date,
        seed=run.seed,
        proof=run.proof,
        fairness=run.fairness,
        shortages=[
            ShortageView(
                role_label=row.get_role_display(),
                households=row.households,
                helpers=row.helpers,
                places=row.places,
                short=row.short,
                area=areas.get(row.area_path),
            )
            for row in shortages
        ],
    )
