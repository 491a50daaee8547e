"""The guide to matters says what is so: its example is followed again by the real procedure, its lists are those of the code."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.domain.procedure.plain_replay import ZONE, moment, shipped
from yixian.domain.procedure import Course, Event, UnknownYear, replay
from yixian.domain.procedure.clocks import OVERDUE
from yixian.kernel.scheduled_tasks import scheduled_tasks
from yixian.matters.choices import IntakeChannel
from yixian.matters.figures.organisation_metrics import MEASURES
from yixian.matters.matter_state import escalation_due_at
from yixian.matters.procedures import EffectiveProcedure, MatterState

DOCS = Path(__file__).parents[2] / "docs"
PROCEDURE = "cn-petition-2022"


@pytest.fixture(params=["matters.md", "matters.zh.md"])
def guide(request) -> str:
    return (DOCS / request.param).read_text(encoding="utf-8")


def table(guide: str, head: str) -> list[list[str]]:
    """The rows below the head of the table that begins with one of some words."""
    lines = guide.splitlines()
    start = next(at for at, line in enumerate(lines) if re.match(rf"\| (?:{head}) \|", line))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line[1:-1].split("|")])
    return rows


def told_events(guide: str) -> list[Event]:
    """The example's events. Where the procedure asks for a reason or a clause there is one; which, it does not ask."""
    return [
        Event(seq, moment(at), kind.split("（")[0], by, to, "reason", "clause")
        for seq, (at, kind, by, to) in enumerate(table(guide, "at|时间"), 1)
    ]


def calendar():
    return shipped().calendar.calendar(provisional=True)


def course(events: list[Event], at: str) -> Course:
    found = replay(shipped().procedures[PROCEDURE], calendar(), events, moment(at))
    assert found.fault is None
    return found


def test_the_deadlines_of_the_example(guide):
    events = told_events(guide)
    assert len(events) == 14
    found = course(events, "2026-08-14 09:00").clocks
    clocks = [
        [one.clock.id, one.clock.clause, str(date.fromordinal(one.due_day)), one.status] for one in found
    ]
    assert clocks == table(guide, "clock|期限")
    assert len(clocks) == 10


def test_in_whose_hands_it_was(guide):
    found = course(told_events(guide), "2026-08-14 09:00")
    rows = [
        [part.organisation, *(f"{when.astimezone(ZONE):%Y-%m-%d %H:%M}" for when in (part.since, part.until))]
        for part in found.held
    ]
    assert rows == table(guide, "held by|在谁手里")
    assert found.state == "closed"


def test_silence_is_acceptance_from_the_first_moment_after_the_fifth_day(guide):
    events = told_events(guide)[:5]
    last, first = course(events, "2026-03-13 23:59:59"), course(events, "2026-03-14 00:00")
    assert (last.holder, last.offered_to) == ("PO", "RB")
    assert (first.holder, first.offered_to) == ("RB", "")
    assert re.search(r"14 March 00:00|3 月 14 日零点", guide)


def test_the_wait_moves_the_last_day(guide):
    events = told_events(guide)
    before = next(one for one in course(events[:6], "2026-03-17 09:00").clocks if one.clock.id == "decide")
    after = next(one for one in course(events[:8], "2026-04-15 09:00").clocks if one.clock.id == "decide")
    assert date.fromordinal(before.due_day) == date(2026, 5, 15)
    assert date.fromordinal(after.due_day) == date(2026, 5, 22)
    assert re.search(
        r"on 15 May; seven days .* to 22 May|5 月 15 日；.*七天，推到 5 月 22 日", guide, re.DOTALL
    )


def test_the_ladder_of_the_example(guide):
    events = told_events(guide)[:8]
    pack = shipped()
    work = EffectiveProcedure(pack.procedures[PROCEDURE], pack, calendar(), calendar(), "")
    state = MatterState(course(events, "2026-08-14 09:00"), work, 0)
    decide = next(one for one in state.course.clocks if one.clock.id == "decide")
    assert decide.status == OVERDUE
    rungs = [(step.to, escalation_due_at(state, decide, step.after)) for step in decide.clock.ladder]
    rows = [[to, str((when.astimezone(ZONE) - timedelta(seconds=1)).date())] for to, when in rungs]
    assert rows == table(guide, "rung|哪一级")


def accepted(on: str) -> list[Event]:
    return [
        Event(1, moment(f"{on} 09:00"), "received", "", "PO"),
        Event(2, moment(f"{on} 10:00"), "accepted", "PO"),
    ]


def test_years_that_are_provisional_and_years_that_are_not_known(guide):
    decide = next(
        one for one in course(accepted("2026-11-20"), "2026-11-21").clocks if one.clock.id == "decide"
    )
    assert date.fromordinal(decide.due_day) == date(2027, 1, 19)
    pack = shipped()
    work = EffectiveProcedure(pack.procedures[PROCEDURE], pack, calendar(), calendar(), "")
    assert work.is_provisional(2027)
    assert not work.is_provisional(2026)
    with pytest.raises(UnknownYear) as unknown:
        course(accepted("2027-11-20"), "2027-11-21")
    assert unknown.value.year == 2028
    assert re.search(r"by 19 January 2027.*no 2028|2027 年 1 月 19 日.*没有 2028 年", guide, re.DOTALL)


def test_every_door_every_measure_and_every_tick_is_told(guide):
    doors = re.findall(r"`(\w+)`", " ".join(row[1] for row in table(guide, "intake channel|渠道")))
    assert sorted(doors) == sorted(IntakeChannel.values)
    measures = re.findall(r"`(\w+)`", " ".join(row[0] for row in table(guide, "measure|数字")))
    assert measures == list(MEASURES)
    told = {row[0].strip("`"): row[1] for row in table(guide, "tick|定时工作")}
    known = {one.name: one.every for one in scheduled_tasks() if one.name.startswith("matters.")}
    words = {"a minute": 1, "一分钟": 1, "five minutes": 5, "五分钟": 5, "an hour": 60, "一小时": 60} | {
        "six hours": 360,
        "六小时": 360,
    }
    assert {name: timedelta(minutes=words[every]) for name, every in told.items()} == known


def test_every_setting_is_one(guide):
    settings = (DOCS.parent / "src" / "yixian" / "config" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"YIXIAN_\w+", guide))
    assert len(named) == 6
    assert all(re.search(rf"^{name} ", settings, re.MULTILINE) for name in named)


def test_the_twins_have_the_same_parts():
    counts = {
        tuple(
            len(re.findall(part, (DOCS / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
            for part in (r"^## ", r"^\*\*", r"^\|", r"^- ")
        )
        for name in ("matters.md", "matters.zh.md")
    }
    assert len(counts) == 1
