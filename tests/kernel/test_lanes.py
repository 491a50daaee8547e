"""Lanes of background work: each piece in a child of its own, one at a time, and not left alone when it dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from yixian.kernel import lanes
from yixian.kernel.lanes import Lane


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here has a connection to close."""
    monkeypatch.setattr(
        lanes, "connections", type("Connections", (), {"close_all": staticmethod(lambda: None)})
    )


def look_until(lane: Lane, asked: Callable[[], bool]) -> None:
    """Let the lane look again and again, as its process does, until something is so."""
    end = time.monotonic() + 20
    while not asked():
        assert time.monotonic() < end, "it did not happen"
        lane.look()
        time.sleep(0.01)


def test_work_is_done_in_another_process_whose_memory_is_not_ours(tmp_path: Path) -> None:
    kept: list[int] = []

    def do() -> None:
        kept.append(1)
        (tmp_path / "who").write_text(str(os.getpid()))

    lane = Lane(0, lambda: not (tmp_path / "who").exists(), do)
    look_until(lane, lambda: (tmp_path / "who").exists() and bool((tmp_path / "who").read_text()))
    lane.await_end()
    assert int((tmp_path / "who").read_text()) != os.getpid()
    assert kept == []


def test_one_lane_does_one_piece_at_a_time_and_another_lane_does_not_wait_for_it(tmp_path: Path) -> None:
    go_on, began = tmp_path / "go-on", tmp_path / "began"

    def do_long() -> None:
        began.write_text(began.read_text() + "." if began.exists() else ".")
        while not go_on.exists():
            time.sleep(0.01)

    long, short = Lane(0, lambda: True, do_long), Lane(0, lambda: True, (tmp_path / "short").touch)
    look_until(long, began.exists)
    look_until(short, (tmp_path / "short").exists)
    for _ in range(20):
        long.look()
    assert began.read_text() == "."
    go_on.touch()
    long.await_end()
    short.await_end()


def test_nothing_is_looked_for_more_often_than_said() -> None:
    asked = []
    lane = Lane(60, lambda: bool(asked.append(1)), lambda: None)
    for _ in range(5):
        lane.look()
    assert asked == [1]


def test_a_child_that_is_killed_is_noticed_at_the_next_look_and_one_that_ends_well_is_not(
    tmp_path: Path,
) -> None:
    cut_off = []
    killed = Lane(
        0, lambda: not cut_off, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: cut_off.append(1)
    )
    look_until(killed, lambda: bool(cut_off))
    well = Lane(
        0, lambda: not (tmp_path / "done").exists(), (tmp_path / "done").touch, lambda: cut_off.append(2)
    )
    look_until(well, (tmp_path / "done").exists)
    well.await_end()
    well.look()
    assert cut_off == [1]


def test_a_child_is_told_what_its_keeper_is_told(tmp_path: Path) -> None:
    lane = Lane(0, lambda: True, lambda: ((tmp_path / "began").touch(), time.sleep(60))[0])
    look_until(lane, (tmp_path / "began").exists)
    began = time.monotonic()
    lane.tell(signal.SIGTERM)
    lane.await_end()
    assert time.monotonic() - began < 30
