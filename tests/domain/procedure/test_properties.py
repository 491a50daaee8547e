"""What holds for every matter that the procedure allows, whatever happened to it."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.procedure.plain_replay import calendar, moment, shipped
from yixian.domain.procedure import Course, Event, Procedure, replay
from yixian.domain.procedure.clocks import MISSED, OVERDUE
from yixian.domain.procedure.definition import OPENING, RECEIVER

BODIES = ("PO", "B1", "B2", "B3")
OPENED = moment("2024-01-02 09:00")
SEEDS = st.integers(0, 2**32)
NAMES = st.sampled_from(("cn-petition-2022", "ess10-grievance", "cn-disclosure-2019"))


def walk(procedure: Procedure, seed: int, steps: int = 14) -> list[Event]:
    """Events that the procedure allows, chosen at random, with random time between them and comments among them."""
    rng = random.Random(seed)
    events: list[Event] = []
    at = OPENED
    for _step in range(steps):
        at += timedelta(seconds=rng.choice((0, 60, 86_400, 86_400 * 4, 86_400 * 20)) + rng.randrange(90_000))
        found = replay(procedure, calendar(), events, at)
        choices = [
            each for (state, _event), each in procedure.table.items() if state == (found.state or OPENING)
        ]
        rng.shuffle(choices)
        for transition in choices:
            actor = found.offered_to if transition.by == RECEIVER else found.holder or "PO"
            passes = procedure.handover.offers | procedure.handover.moves
            to = rng.choice(BODIES) if transition.event in passes else ""
            if transition.event == procedure.handover.decides and found.with_superior:
                to = rng.choice(BODIES)
            event = Event(len(events) + 1, at, transition.event, actor or "PO", to, "理由", "第1条")
            if replay(procedure, calendar(), [*events, event], at).fault is None:
                events.append(event)
                break
        if events and rng.random() < 0.3:
            events.append(Event(len(events) + 1, at, "commented", rng.choice(BODIES)))
    return events


def seen(found: Course) -> list[tuple[str, int, str]]:
    return [(reading.clock.id, reading.due_day, reading.status) for reading in found.clocks]


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, name=NAMES, later=st.integers(0, 400 * 86_400))
def test_time_in_hands_adds_up_to_the_age_to_the_second(seed, name, later):
    procedure = shipped().procedures[name]
    events = walk(procedure, seed)
    at = events[-1].at + timedelta(seconds=later)
    found = replay(procedure, calendar(), events, at)
    assert found.fault is None
    for before, after in zip(found.held, found.held[1:], strict=False):
        assert before.until is not None
        assert before.until <= after.since
    closed = _closed_seconds(procedure, events, at)
    assert found.seconds == int((at - events[0].at).total_seconds()) - closed


def _closed_seconds(procedure: Procedure, events: list[Event], at) -> int:
    """How long it was closed, reckoned from the events alone."""
    closed, since = 0, None
    for event in events:
        if event.kind == "closed":
            since = event.at
        elif since is not None and event.kind not in procedure.ignored:
            closed, since = closed + int((event.at - since).total_seconds()), None
    return closed + (int((at - since).total_seconds()) if since is not None else 0)


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, name=NAMES)
def test_comments_never_move_a_clock(seed, name):
    procedure = shipped().procedures[name]
    events = walk(procedure, seed)
    at = events[-1].at + timedelta(days=3)
    silent = [event for event in events if event.kind != "commented"]
    assert seen(replay(procedure, calendar(), silent, at)) == seen(replay(procedure, calendar(), events, at))


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, name=NAMES, steps=st.lists(st.integers(0, 40 * 86_400), min_size=2, max_size=8))
def test_what_was_missed_stays_missed(seed, name, steps):
    procedure = shipped().procedures[name]
    events = walk(procedure, seed)
    missed: set[tuple[str, object]] = set()
    at = events[0].at
    for step in steps:
        at += timedelta(seconds=step)
        found = replay(procedure, calendar(), events, at)
        now = {
            (reading.clock.id, reading.started_at)
            for reading in found.clocks
            if reading.status in {MISSED, OVERDUE}
        }
        assert missed <= now
        missed = now


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, name=NAMES, back=st.integers(1, 200 * 86_400))
def test_asking_about_the_past_gives_what_the_past_gave(seed, name, back):
    procedure = shipped().procedures[name]
    events = walk(procedure, seed)
    at = max(events[0].at, events[-1].at - timedelta(seconds=back))
    then = [event for event in events if event.at <= at]
    assert replay(procedure, calendar(), events, at) == replay(procedure, calendar(), then, at)


def test_the_walks_go_everywhere():
    """The random matters above reach every state and every kind of event of the petition procedure."""
    procedure = shipped().procedures["cn-petition-2022"]
    walks = [walk(procedure, seed, 30) for seed in range(120)]
    assert {event.kind for events in walks for event in events} == procedure.events
    reached = {
        replay(procedure, calendar(), events[:place], events[place - 1].at).state
        for events in walks
        for place in range(1, len(events) + 1)
    }
    assert reached == set(procedure.states)
