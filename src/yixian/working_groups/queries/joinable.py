"""可并入的工作组: groups whose question is not decided yet, to which a matter can be joined by their clause."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.kernel.actors import Actor
from yixian.matters.citations import cited_clauses
from yixian.matters.intake import ClauseKey
from yixian.working_groups.access import READERS
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.queries.groups import group_list, key_of


@dataclass(frozen=True, slots=True)
class JoinableGroup:
    """A group by its title, with the clause that it looks into and the document in which that stands."""

    pk: int
    title: str
    clause: ClauseKey
    clause_words: str


def joinable_groups(actor: Actor) -> list[JoinableGroup]:
    """Groups in reach that are not decided yet, the latest first; none for those who see no groups."""
    if not actor.has_any(READERS):
        return []
    open_ = [
        view.group
        for batch in group_list(actor).batches()
        for view in batch
        if not view.has(GroupStage.DECIDED)
    ]
    cited = {
        (one.pack_id, one.document, one.clause): one.title
        for one in cited_clauses((g.pack_id, g.document, g.clause) for g in open_)
    }
    return [
        JoinableGroup(
            group.pk, group.title, key_of(group), cited[group.pack_id, group.document, group.clause]
        )
        for group in open_
    ]
