"""可办步骤: which steps an actor may take with a matter as it stands, by the names of the pages that take them."""

from __future__ import annotations

from datetime import datetime

from yixian.kernel.actors import Actor
from yixian.matters.access import (
    FORWARDERS,
    HANDLERS,
    IDENTITY_OPENERS,
    OFFICE_HEADS,
    REMEDIERS,
    SUBJECT_NAMERS,
    SUPERIORS,
    organisations_of,
)
from yixian.matters.matter_state import MatterState, state_of
from yixian.matters.models import Matter
from yixian.matters.queries.pending import EVENT_OF_STATE, may_note_verdict, open_extension, open_remedy


def steps_for(actor: Actor, matter: Matter, *, at: datetime) -> frozenset[str]:
    """The steps that an actor may take with a matter now, by the names of the pages that take them."""
    state = state_of(matter, at=at)
    mine = organisations_of(actor, at=at)
    if actor.user_id is None or not actor.has_any(HANDLERS):
        return frozenset({"verdict"}) if may_note_verdict(actor, matter) else frozenset()
    course, found = state.course, set[str]()
    holds, asked = state.holder_id in mine, state.offered_id in mine
    if holds and not state.is_closed:
        found |= {"write", "note", "sort", "link", "minutes"}
        if state.offered_id is None and not course.with_superior:
            found |= {name for name in ("register", "accept", "refuse") if _may(state, name)}
            found |= {"forward"} if actor.has_any(FORWARDERS) and _may(state, "forward") else set()
        found |= {
            name
            for name in ("offer", "assign", "wait", "answered", "hearing", "hearing_end", "extend", "close")
            if _may(state, name)
        }
        found -= _out_of_turn(matter)
        found -= {"offer", "forward"} if state.offered_id is not None or course.with_superior else set()
        if _may(state, "decide"):
            found.add("decide")
        if not matter.anonymous and actor.has_any(IDENTITY_OPENERS):
            found.add("identity")
    if asked:
        found |= {"take_over", "return"} | {name for name in ("accept", "refuse") if _may(state, name)}
    return frozenset(found | _approvals(actor, matter, state, mine, holds=holds))


def _out_of_turn(matter: Matter) -> set[str]:
    """Of what opens and ends — a wait for the person, a hearing — the one that has no sense now."""
    told = ("waiting_person", "person_answered", "hearing_opened", "hearing_closed")
    kinds = list(matter.events.filter(kind__in=told).order_by("seq").values_list("kind", flat=True))
    waits = [kind for kind in kinds if kind in {"waiting_person", "person_answered"}][-1:]
    hearings = [kind for kind in kinds if kind.startswith("hearing")][-1:]
    return {
        "wait" if waits == ["waiting_person"] else "answered",
        "hearing" if hearings == ["hearing_opened"] else "hearing_end",
    }


_EVENT_OF_STEP = {
    "register": "registered",
    "forward": "forwarded",
    "accept": "accepted",
    "refuse": "not_accepted",
    "offer": "handover_offered",
    "assign": "assigned",
    "wait": "waiting_person",
    "answered": "person_answered",
    "hearing": "hearing_opened",
    "hearing_end": "hearing_closed",
    "extend": "extension_approved",
    "close": "closed",
}


def _may(state: MatterState, step: str) -> bool:
    if step == "decide":
        found = EVENT_OF_STATE.get(state.course.state)
        return found is not None and state.may_happen(found[0])
    return state.may_happen(_EVENT_OF_STEP[step])


def _approvals(
    actor: Actor, matter: Matter, state: MatterState, mine: frozenset[int], *, holds: bool
) -> set[str]:
    """What only a head, a superior or the keepers of the register may do."""
    found = set[str]()
    asked = open_extension(matter)
    if holds and asked and asked.asked_by_id != actor.user_id and actor.has_any(OFFICE_HEADS):
        found.add("approve_extension")
    if state.course.with_superior and actor.has_any(SUPERIORS):
        row = matter.events.filter(kind="commented", to_organisation__isnull=False).order_by("-seq").first()
        found |= {"fix"} if row is not None and row.to_organisation_id in mine else set()
    remedy = open_remedy(matter)
    if remedy is not None:
        found |= {"ask_remedy"} if holds else set()
        if remedy.by_id != actor.user_id and actor.has_any(REMEDIERS):
            found.add("carry_out")
        found.discard("close")
    if state.is_closed and actor.has_any(OFFICE_HEADS) and state.may_happen("reopened"):
        found.add("reopen")
    if actor.has_any(SUBJECT_NAMERS):
        found.add("subject")
    return found
