"""结果查询: the prices before and after, and how many households a decision touched."""

from __future__ import annotations

from yixian.compensation.queries import differences_of_run
from yixian.kernel.actors import system_actor
from yixian.policies.queries import read_pack
from yixian.revisions.choices import RevisionStepKind
from yixian.revisions.queries import revision_run
from yixian.working_groups.limits import MIN_HOUSEHOLDS
from yixian.working_groups.pricing import ClausePrice, price_rows
from yixian.working_groups.queries.groups import GroupView, price_keys

_ACTOR = system_actor("working groups")


def new_prices(view: GroupView, lang: str) -> list[ClausePrice]:
    """The group's prices as they stood when it was opened and, once a new standard is decided, as it has them."""
    group, new, new_on = view.group, None, None
    if view.revision is not None and view.decision is not None and not view.decision.kept:
        step = next(one for one in view.revision.steps.all() if one.kind == RevisionStepKind.DECIDED)
        new = read_pack(step.pack_version_id) if step.pack_version_id else None
        new_on = view.revision.valid_from
    base = read_pack(group.base_id)
    opened_on = group.opened_at.date()
    return price_rows(base, price_keys(group), opened_on, lang, new=new, new_on=new_on)


def households_touched(view: GroupView) -> int | None:
    """How many accounts another sum came into force for; None while nothing is reckoned, 0 for fewer than ten."""
    if view.revision is None or view.decision is None or view.decision.kept:
        return None
    run = revision_run(view.revision)
    if run is None or not run.is_finished:
        return None
    count = differences_of_run(_ACTOR, run.run_id).count()
    return count if count >= MIN_HOUSEHOLDS else 0
