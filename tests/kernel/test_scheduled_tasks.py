"""定时: what is due is done once, whatever fails, dies or runs beside it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel import sample_tasks
from tests.kernel.conftest import Apart
from yixian.kernel.actions.run_scheduled_tasks import RETRY_AFTER, is_any_due, run_all, run_due
from yixian.kernel.cleanup_job import clean_up
from yixian.kernel.models import Attempt, Heartbeat
from yixian.kernel.queries import heartbeats, late_tasks
from yixian.kernel.scheduled_tasks import LEASE, ScheduledTask, register_scheduled_task, scheduled_tasks
from yixian.kernel.throttle import WINDOW, TooManyGuesses, check, failed

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def sample(name: str, every: timedelta = HOUR) -> None:
    register_scheduled_task(f"test.{name}", f"tests.kernel.sample_tasks.{name}", every)


def ran(at: datetime) -> list[str]:
    due = is_any_due(at=at)
    names = [run.name for run in run_due(at=at)]
    assert due == bool(names)
    return names


@pytest.fixture
def well(no_ticks: None, db: None) -> list[datetime]:
    """One tick that is due every hour; the moments at which it worked."""
    sample("well")
    sample_tasks.done.clear()
    return sample_tasks.done


def test_what_is_registered_can_be_loaded() -> None:
    assert "kernel.tidy" in {task.name for task in scheduled_tasks()}
    assert all(callable(task.load()) for task in scheduled_tasks())


def test_a_name_means_one_tick(no_ticks: None) -> None:
    sample("well")
    sample("well")
    assert scheduled_tasks() == [ScheduledTask("test.well", HOUR)]
    with pytest.raises(ValueError, match="twice"):
        sample("well", every=2 * HOUR)
    with pytest.raises(ValueError, match="positive"):
        sample("other", every=timedelta(0))


def test_it_is_run_once_in_its_time(well: list[datetime]) -> None:
    moments = [AT, AT + SECOND, AT + HOUR / 2, AT + HOUR, AT + HOUR + SECOND, AT + 5 * HOUR]
    for moment in moments:
        run_due(at=moment)
    assert well == [AT, AT + HOUR, AT + 5 * HOUR]
    row = Heartbeat.objects.get()
    assert (row.counts, row.failures, row.last_error) == ({"done": 1}, 0, "")
    assert row.last_started_at == AT + 5 * HOUR
    assert row.last_well_at == row.last_ended_at
    assert (row.held_by, row.held_until) == (None, None)


@pytest.mark.parametrize("early", [timedelta(0), SECOND, timedelta(seconds=59)])
def test_a_timer_that_rings_a_little_early_finds_it_due(well: list[datetime], early: timedelta) -> None:
    run_due(at=AT)
    run_due(at=AT + HOUR - early)
    assert len(well) == 2


def test_a_clock_put_back_does_not_stop_it(well: list[datetime]) -> None:
    run_due(at=AT + timedelta(days=3000))
    run_due(at=AT)
    assert well[1:] == [AT]


def test_everything_is_run_when_everything_is_asked_for(well: list[datetime]) -> None:
    for _again in range(3):
        assert [run.counts for run in run_all(at=AT)] == [{"done": 1}]
    assert well == [AT, AT, AT]


def test_a_tick_that_fails_stops_no_other(no_ticks: None, db: None, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("failing", "talking", "nowhere", "well"):
        sample(name)
    with caplog.at_level(logging.ERROR):
        runs = {run.name: run for run in run_due(at=AT)}
    assert {name: run.error for name, run in runs.items()} == {
        "test.failing": "DataError",
        "test.nowhere": "ImportError",
        "test.talking": "ValueError",
        "test.well": "",
    }
    kept = "".join(map(str, Heartbeat.objects.values_list())) + caplog.text
    assert "sample_tasks.py" in caplog.text
    assert sample_tasks.WORDS not in kept


def test_failures_are_counted_and_it_is_tried_again_soon(no_ticks: None, db: None) -> None:
    sample("failing")
    assert ran(AT) == ["test.failing"]
    assert ran(AT + RETRY_AFTER / 2) == []
    assert ran(AT + RETRY_AFTER) == ["test.failing"]
    row = Heartbeat.objects.get()
    assert (row.failures, row.last_error, row.last_well_at) == (2, "DataError", None)


def test_one_good_run_ends_the_failures(no_ticks: None, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sample("failing")
    run_due(at=AT)
    monkeypatch.setattr(sample_tasks, "failing", sample_tasks.well)
    run_due(at=AT + RETRY_AFTER)
    row = Heartbeat.objects.get()
    assert (row.failures, row.last_error, row.counts) == (0, "", {"done": 1})


def test_what_another_process_runs_is_left_to_it_until_its_lease_is_over(well: list[datetime]) -> None:
    run_due(at=AT)
    later = AT + 2 * HOUR
    Heartbeat.objects.update(held_by="0" * 32, held_until=later + LEASE, last_started_at=later)
    assert run_due(at=later + LEASE - SECOND) == []
    assert run_all(at=later + LEASE - SECOND) == []
    assert ran(later + LEASE) == ["test.well"]


def test_whoever_was_overtaken_writes_nothing_over_the_other(no_ticks: None, db: None) -> None:
    sample("overtaken")
    run_due(at=AT)
    row = Heartbeat.objects.get()
    assert row.held_by is not None
    assert (row.failures, row.last_ended_at, row.counts) == (7, None, {})


def test_it_stops_between_two_ticks(no_ticks: None, db: None) -> None:
    for number in range(3):
        register_scheduled_task(f"test.{number}", "tests.kernel.sample_tasks.well", HOUR)
    answers = iter([False, True])
    assert [run.name for run in run_due(at=AT, stopping=lambda: next(answers))] == ["test.0"]


def test_it_is_late_until_it_ended_well_and_when_it_missed_three_turns(well: list[datetime]) -> None:
    assert [view.name for view in late_tasks(AT)] == ["test.well"]
    run_due(at=AT)
    ended = Heartbeat.objects.get().last_well_at
    assert ended is not None
    assert late_tasks(ended + 3 * HOUR) == []
    assert [view.name for view in late_tasks(ended + 3 * HOUR + SECOND)] == ["test.well"]


def test_running_and_failing_is_late_too(no_ticks: None, db: None) -> None:
    sample("failing")
    for turn in range(5):
        run_due(at=AT + turn * HOUR)
    (view,) = heartbeats(AT + 5 * HOUR)
    assert (view.is_late, view.failures, view.last_error, view.is_running) == (True, 5, "DataError", False)


_RACE = """
import json, threading
from datetime import UTC, datetime, timedelta
from django.db import connection
from tests.kernel import sample_tasks
from yixian.kernel import scheduled_tasks
from yixian.kernel.actions.run_scheduled_tasks import run_due

scheduled_tasks._TASKS.clear()
scheduled_tasks.register_scheduled_task("race.well", "tests.kernel.sample_tasks.well", timedelta(hours=1))
at, rounds, runners = datetime(2026, 3, 1, tzinfo=UTC), 25, 6
together = threading.Barrier(runners)

def runner():
    for turn in range(rounds):
        together.wait()
        run_due(at=at + turn * timedelta(hours=1))
    connection.close()

threads = [threading.Thread(target=runner) for _ in range(runners)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps([moment.hour + 24 * (moment.day - 1) for moment in sorted(sample_tasks.done)]))
"""


def test_of_many_who_begin_at_once_one_runs_it(apart: Apart) -> None:
    result = apart.run(_RACE)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == list(range(25))


_DYING = """
from datetime import UTC, datetime, timedelta
from yixian.kernel import scheduled_tasks
from yixian.kernel.actions.run_scheduled_tasks import run_due

scheduled_tasks._TASKS.clear()
scheduled_tasks.register_scheduled_task("dying.dying", "tests.kernel.sample_tasks.dying", timedelta(days=1))
at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds={seconds})
print([run.name for run in run_due(at=at)])
"""


def test_a_killed_process_holds_it_no_longer_than_its_lease(apart: Apart) -> None:
    killed = apart.run(_DYING.format(seconds=0))
    assert killed.returncode == -9
    lease = int(LEASE.total_seconds())
    outcomes = [apart.run(_DYING.format(seconds=after), LIVE="1") for after in (60, lease - 1, lease)]
    assert [one.stdout.strip() for one in outcomes] == ["[]", "[]", "['dying.dying']"]


@pytest.mark.django_db
def test_tidying_takes_away_what_is_over_and_nothing_else() -> None:
    for key, expires in (("over", AT - SECOND), ("open", AT + SECOND)):
        Session.objects.create(session_key=key, session_data="x", expire_date=expires)
    failed("long ago", at=AT - WINDOW - SECOND)
    failed("of late", at=AT - WINDOW + SECOND)
    assert clean_up(at=AT) == {"sessions": 1, "attempts": 1, "stamps": 0}
    assert clean_up(at=AT) == {"sessions": 0, "attempts": 0, "stamps": 0}
    assert Session.objects.get().session_key == "open"
    assert Attempt.objects.count() == 1


Steps = list[tuple[bool, int]]
"""Guesses (True) and looks, each so many hours after the one before."""


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 30)), min_size=1, max_size=12))
@pytest.mark.django_db
@pytest.mark.sqlite_enough
def test_tidying_changes_no_answer_to_somebody_who_guesses(steps: Steps) -> None:
    assert _answers(steps, tidied=True) == _answers(steps, tidied=False)


def _answers(steps: Steps, *, tidied: bool) -> list[str]:
    Attempt.objects.all().delete()
    moment, answers = AT, []
    for is_guess, hours in steps:
        moment += hours * HOUR
        if tidied:
            clean_up(at=moment)
        if is_guess:
            failed("card", at=moment, free=2)
        try:
            check("card", at=moment)
        except TooManyGuesses as error:
            answers.append(str(error))
        else:
            answers.append("open")
    return answers
