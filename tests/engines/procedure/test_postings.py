"""Postings: thirty last days worked by hand, ten thousand random postings beside a loop over days, and what is refused."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from yixian.cli.procedure import procedure as command
from yixian.domain.policy import PackErrors
from yixian.domain.procedure.posting import PostingCourse, PostingEvent, posting_course
from yixian.engines.procedure import load_procedures
from yixian.engines.procedure.posting_files import load_postings

FOLDER = Path(__file__).parents[3] / "procedures" / "cn"
PACK = load_procedures(FOLDER)
POSTINGS = load_postings(FOLDER, PACK.documents)
assert POSTINGS is not None
CALENDAR = PACK.calendar.calendar(provisional=False)
ZONE = CALENDAR.timezone
LATE = datetime(2026, 12, 1, tzinfo=UTC)

BY_HAND = [
    ("property", 1, "2026-03-02", "2026-03-09", "Monday to Monday"),
    ("property", 1, "2026-03-07", "2026-03-16", "a Saturday is moved to Monday"),
    ("property", 1, "2026-03-08", "2026-03-16", "a Sunday, too"),
    ("property", 1, "2026-02-07", "2026-02-14", "a Saturday that is worked counts as it is"),
    ("property", 1, "2026-02-08", "2026-02-24", "first day of Spring Festival: after its last"),
    ("property", 1, "2026-02-16", "2026-02-24", "last day of Spring Festival"),
    ("property", 1, "2026-02-17", "2026-02-24", "the first working day after it"),
    ("property", 1, "2026-02-21", "2026-02-28", "a Saturday that is worked"),
    ("property", 1, "2026-02-22", "2026-03-02", "a Sunday over the month's end"),
    ("property", 1, "2026-03-28", "2026-04-07", "Qingming with its Monday"),
    ("property", 1, "2026-04-24", "2026-05-06", "Labour Day"),
    ("property", 1, "2026-05-02", "2026-05-09", "the Saturday worked for it"),
    ("property", 1, "2026-06-12", "2026-06-22", "Dragon Boat Festival and its weekend"),
    ("property", 1, "2026-01-04", "2026-01-12", "put up on a Sunday that is worked"),
    ("property", 1, "2025-12-26", "2026-01-04", "over the year's end, to a Sunday that is worked"),
    ("property", 2, "2025-12-25", "2026-01-04", "New Year itself"),
    ("property", 3, "2026-03-03", "2026-03-06", "three days within a week"),
    ("property", 3, "2026-03-04", "2026-03-09", "three days to a Saturday"),
    ("property", 3, "2026-05-06", "2026-05-09", "three days to a Saturday that is worked"),
    ("land", 3, "2026-02-12", "2026-02-24", "three days into Spring Festival"),
    ("plan", 1, "2026-03-02", "2026-04-01", "thirty days over a month of thirty-one"),
    ("plan", 1, "2026-03-05", "2026-04-07", "thirty days to Qingming"),
    ("plan", 1, "2025-01-02", "2025-02-05", "thirty days into Spring Festival"),
    ("plan", 1, "2025-09-01", "2025-10-09", "thirty days to National Day"),
    ("plan", 1, "2024-01-31", "2024-03-01", "thirty days over a leap day"),
    ("prenotice", 1, "2026-03-02", "2026-03-16", "ten working days"),
    (
        "prenotice",
        1,
        "2026-02-13",
        "2026-03-05",
        "ten working days around Spring Festival, two Saturdays worked",
    ),
    ("prenotice", 1, "2026-04-27", "2026-05-13", "ten working days around Labour Day"),
    ("prenotice", 1, "2025-09-26", "2025-10-16", "ten working days around National Day"),
    ("prenotice", 1, "2025-01-24", "2025-02-13", "ten working days around Spring Festival of 2025"),
]


def local(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def course(
    events: list[tuple[str, datetime]], at: datetime, name: str = "property", number: int = 1
) -> PostingCourse:
    assert POSTINGS is not None
    rows = [PostingEvent(seq, moment, kind, name, number) for seq, (kind, moment) in enumerate(events, 1)]
    return posting_course(POSTINGS, CALENDAR, rows, at)


@pytest.mark.parametrize(("name", "number", "begun", "last", "why"), BY_HAND, ids=[row[4] for row in BY_HAND])
def test_last_days_worked_by_hand(name: str, number: int, begun: str, last: str, why: str) -> None:
    began = date.fromisoformat(begun)
    for hour, minute in ((0, 1), (10, 0), (23, 59)):
        found = course([("posted", local(began, hour, minute))], LATE, name, number)
        posting = next(clock for clock in found.clocks if clock.id == "posting")
        assert date.fromordinal(posting.due_day).isoformat() == last
        assert posting.status == "met"
    before = local(date.fromisoformat(last), 23, 59)
    assert course([("posted", local(began))], before, name, number).state == "hanging"
    assert course([("posted", local(began))], before + timedelta(minutes=1), name, number).state == "hung"


def test_a_day_is_the_villages_own() -> None:
    """Half past eleven at night in London is the next morning in Beijing."""
    found = course([("posted", datetime(2026, 3, 1, 23, 30, tzinfo=UTC))], LATE)
    assert date.fromordinal(found.clocks[0].due_day).isoformat() == "2026-03-09"


def test_however_often_it_is_asked_it_is_the_last_day_that_counts() -> None:
    """A system of others closed a posting at the first run after it was put up: it compared today with today."""
    events = [("posted", local(date(2026, 3, 2)))]
    for day in range(2, 10):
        assert course(events, local(date(2026, 3, day), 12)).state == "hanging"
    assert course(events, local(date(2026, 3, 10), 0)).state == "hung"


def test_taken_down_early_it_is_void_and_begins_again() -> None:
    events = [
        ("posted", local(date(2026, 3, 2))),
        ("proven", local(date(2026, 3, 2), 11)),
        ("taken_down", local(date(2026, 3, 9), 23)),
    ]
    void = course(events, local(date(2026, 3, 20)))
    assert (void.state, void.clocks[0].status) == ("void", "missed")
    again = course([*events, ("posted", local(date(2026, 3, 11)))], local(date(2026, 3, 12)))
    assert (again.state, again.proofs) == ("hanging", 0)
    assert date.fromordinal(again.clocks[-2].due_day).isoformat() == "2026-03-18"


def test_each_objection_has_a_limit_of_its_own_and_the_first_is_answered_first() -> None:
    events = [
        ("posted", local(date(2026, 3, 2))),
        ("objected", local(date(2026, 3, 3))),
        ("objected", local(date(2026, 3, 5))),
        ("rechecked", local(date(2026, 3, 10))),
        ("answered", local(date(2026, 3, 12))),
    ]
    found = course(events, local(date(2026, 3, 26)))
    answers = [clock for clock in found.clocks if clock.id == "answer"]
    assert [(clock.status, date.fromordinal(clock.due_day).isoformat()) for clock in answers] == [
        ("met", "2026-03-18"),
        ("overdue", "2026-03-20"),
    ]
    assert found.waiting == 1
    assert next(clock for clock in found.clocks if clock.id == "objection").status == "met"


def test_a_late_objection_is_taken() -> None:
    events = [("posted", local(date(2026, 3, 2))), ("objected", local(date(2026, 4, 20)))]
    found = course(events, local(date(2026, 4, 21)))
    assert (found.fault, found.waiting) == (None, 1)


POSTED = ("posted", local(date(2026, 3, 2)))
PROOFS = [("proven", local(date(2026, 3, 2), 11)), ("proven", local(date(2026, 3, 9), 11))]


@pytest.mark.parametrize(
    ("events", "rule"),
    [
        ([("closed", local(date(2026, 3, 2)))], "state"),
        ([("taken_down", local(date(2026, 3, 2)))], "state"),
        ([("objected", local(date(2026, 3, 2)))], "state"),
        ([POSTED, ("posted", local(date(2026, 3, 3)))], "state"),
        ([POSTED, *PROOFS, ("closed", local(date(2026, 3, 9), 23))], "state"),
        ([POSTED, PROOFS[0], ("closed", local(date(2026, 3, 10)))], "few_proofs"),
        ([POSTED, *PROOFS, ("confirmed", local(date(2026, 3, 10)))], "state"),
        ([POSTED, ("answered", local(date(2026, 3, 4)))], "no_objection"),
        ([POSTED, ("rechecked", local(date(2026, 3, 4)))], "no_objection"),
        ([POSTED, ("taken", local(date(2026, 3, 4)))], "unknown"),
        ([POSTED, ("proven", local(date(2026, 3, 1)))], "order"),
    ],
)
def test_what_is_not_allowed_where_it_stands(events: list[tuple[str, datetime]], rule: str) -> None:
    fault = course(events, LATE).fault
    assert fault is not None
    assert (fault.rule, fault.seq) == (rule, len(events))


def test_a_round_that_is_not_there_and_another_list_on_the_way() -> None:
    assert course([POSTED], LATE, "property", 4).fault.rule == "no_round"  # type: ignore[union-attr]
    rows = [
        PostingEvent(1, POSTED[1], "posted", "property", 1),
        PostingEvent(2, PROOFS[0][1], "proven", "land", 1),
    ]
    assert posting_course(POSTINGS, CALENDAR, rows, LATE).fault.rule == "other_posting"  # type: ignore[union-attr, arg-type]


def _rests(day: date) -> bool:
    """Whether a day is one of rest, from the rows of the table themselves."""
    for row in (FOLDER / "calendar.csv").read_text(encoding="utf-8").splitlines()[1:]:
        written, kind, *_names = row.split(",")
        if written == day.isoformat():
            return kind == "off"
    return day.weekday() >= 5


_RESTS = {date(2025, 1, 1) + timedelta(days=n): None for n in range(730)}


def _last_day(begun: date, days: int, unit: str) -> date:
    """The last day, by walking from one day to the next."""
    day = begun
    left = days
    while left:
        day += timedelta(days=1)
        left -= unit == "calendar_days" or not RESTS[day]
    while RESTS[day]:
        day += timedelta(days=1)
    return day


RESTS = {day: _rests(day) for day in _RESTS}


def test_ten_thousand_postings_beside_a_loop_over_days() -> None:
    """Put up, taken down at some moment, put up again: the state at any hour is that of a loop that goes day by day."""
    assert POSTINGS is not None
    draw = random.Random(20261130)
    rounds = sorted(POSTINGS.rounds)
    seen: dict[str, int] = {}
    for _case in range(10_000):
        name, number = draw.choice(rounds)
        limit = POSTINGS.rounds[name, number]
        moment = datetime(2025, 1, 2, tzinfo=ZONE) + timedelta(minutes=draw.randrange(500 * 24 * 60))
        events, expected = [], ""
        for _time in range(draw.randint(1, 3)):
            events.append(("posted", moment))
            end = local(_last_day(moment.date(), limit.days, limit.unit), 0) + timedelta(days=1)
            down = moment + timedelta(minutes=draw.randrange(1, 2 * limit.days * 24 * 60))
            if draw.random() < 0.4:
                expected = "running"
                break
            events.append(("taken_down", down))
            if down >= end:
                expected = "hung"
                break
            expected = "void"
            moment = down + timedelta(minutes=draw.randrange(1, 5 * 24 * 60))
        at = events[-1][1] + timedelta(minutes=draw.randrange(2 * limit.days * 24 * 60))
        if expected == "running":
            expected = "hung" if at >= end else "hanging"
        found = course(events, at, name, number)
        assert found.fault is None
        assert found.state == expected, (events, at)
        seen[expected] = seen.get(expected, 0) + 1
    assert min(seen.values()) > 500
    assert len(seen) == 3


HEAD = "matter_id,seq,at,event,actor_body,to_body,reason,clause,round,list\n"


def _clocks(
    tmp_path: Path, rows: str, at: str = "2026-03-10T09:00:00+08:00"
) -> tuple[int, dict[str, list[str]], str]:
    (tmp_path / "events.csv").write_text(HEAD + rows, encoding="utf-8")
    words = ["clocks", "--pack", FOLDER, "--procedure", "cn-posting", "--events", tmp_path / "events.csv"]
    result = CliRunner().invoke(command, [*map(str, words), "--at", at, "--out", str(tmp_path / "out")])
    made = tmp_path / "out"
    tables = (
        {path.name: path.read_text(encoding="utf-8").splitlines() for path in made.iterdir()}
        if made.exists()
        else {}
    )
    return result.exit_code, tables, result.output


def test_postings_are_followed_from_files_to_files(tmp_path: Path) -> None:
    rows = (
        "P1,1,2026-03-02T10:00:00+08:00,posted,,,,,1,property\n"
        "P2,1,2026-03-02T10:00:00+08:00,posted,,,,,1,land\n"
        "P2,2,2026-03-04T10:00:00+08:00,closed,,,,,1,land\n"
        "P1,2,2026-03-03T10:00:00+08:00,objected,,,a wall is missing,,1,property\n"
    )
    code, tables, _output = _clocks(tmp_path, rows)
    assert code == 1
    assert tables["states.csv"][1:] == ["P1,hung,,7"]
    assert tables["clocks.csv"][1:] == [
        "P1,posting,rounds,2026-03-02T10:00:00+08:00,2026-03-09T23:59:59+08:00,2026-03-10T00:00:00+08:00,met,",
        "P1,objection,objections,2026-03-02T10:00:00+08:00,2026-03-09T23:59:59+08:00,2026-03-03T10:00:00+08:00,met,",
        "P1,answer,objections,2026-03-03T10:00:00+08:00,2026-03-18T23:59:59+08:00,,running,8",
    ]
    assert tables["problems.csv"][1:] == [
        "P2,2,closed,state,it is not allowed while the posting is “hanging”"
    ]


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("P1,1,2026-03-02T10:00:00+08:00,posted,,,,,one,property\n", "2: round: 'one' is not a whole number"),
        ("P1,1,2026-03-02T10:00:00+08:00,posted,,,,,1,\n", "2: list: is empty"),
        ("P1,1,2026-03-02T10:00:00,posted,,,,,1,property\n", "2: at: "),
        ("P1,1,2026-03-02T10:00:00+08:00,posted,,,,\n", "2: : 8 values where the header has 10"),
    ],
)
def test_a_row_that_is_none_is_named_and_nothing_is_written(tmp_path: Path, row: str, named: str) -> None:
    code, tables, output = _clocks(tmp_path, row)
    assert (code, tables) == (2, {})
    assert named in output


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("list: plan", "list: plans", "posting.list"),
        ('list: land, round: "2"', 'list: land, round: "1"', "posting.twice"),
        ('list: land, round: "2"', 'list: land, round: "4"', "posting.gap"),
        ('days: "30"', 'days: "0"', "pack.whole"),
        ("unit: working_days", "unit: weeks", "procedure.unit"),
        ('clause: "28"', 'clause: "280"', "procedure.clause"),
        ('document: order-743, clause: "26"', 'document: order-744, clause: "26"', "procedure.document"),
        ('proofs: "2"', 'proofs: "none"', "pack.whole"),
    ],
)
def test_a_slip_in_the_rounds_is_named(tmp_path: Path, right: str, wrong: str, key: str) -> None:
    text = (FOLDER / "postings.yaml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "postings.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(PackErrors) as raised:
        load_postings(tmp_path, PACK.documents)
    assert key in {problem.key for problem in raised.value.problems}
