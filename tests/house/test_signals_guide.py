"""The worked examples of the guide to public numbers, signals and samples, in both languages, are what the engines say."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from tests.engines.publication.attacker import Attacker
from tests.engines.signals.worlds import SERIES, mean_and_three_deviations, quiet
from yixian.engines.publication import CountTable, publish
from yixian.engines.sampling import faultless, required, wilson
from yixian.engines.signals import Signal, WeeklyCount, signals, threshold
from yixian.engines.signals.baseline import baselines, references

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = ["signals.md", "signals.zh.md"]


@pytest.fixture(params=GUIDES)
def guide(request) -> str:
    return (DOCS / request.param).read_text(encoding="utf-8")


def table(guide: str, head: str) -> list[list[str]]:
    """The rows below the head of a table that begins with one of some words."""
    lines = guide.splitlines()
    start = next(at for at, line in enumerate(lines) if re.match(rf"\| (?:{head}) \|", line))
    rows = []
    for line in [lines[start], *lines[start + 2 :]]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def numbers(rows: list[list[str]]) -> list[list[str]]:
    return [row[1:] for row in rows[1:]]


def test_the_published_table(guide):
    (_, *columns, _total), *rows = table(guide, "counted|实数")
    rows = rows[:-1]
    counts = {(row[0], column): int(n) for row in rows for column, n in zip(columns, row[1:-1], strict=True)}
    shown = publish([CountTable([row[0] for row in rows], columns, counts)])[0]
    written = [
        [
            "·" if shown.cells[row, column] is None else str(shown.cells[row, column])
            for column in shown.columns
        ]
        for row in shown.rows
    ]
    assert written == numbers(table(guide, "published|公布"))
    assert len(written) == 4
    attacker = Attacker([[shown]], {})
    span = attacker.span(attacker.row(0, shown, rows[0][0], columns[2]))
    assert span == (0, 21)
    assert re.search(r"from 0 to 21|0 到 21", guide)


def test_the_rise_of_a_question(guide):
    rows = table(guide, "week|周")[1:]
    villages = [re.split(r", |、", row[2]) for row in rows]
    asked = [
        WeeklyCount("Hekou", "land", "12", week, 1, frozenset([villages[0][0]])) for week in range(0, 30, 4)
    ]
    asked += [
        WeeklyCount("Hekou", "land", "12", int(row[0]), int(row[1]), frozenset(lived_in))
        for row, lived_in in zip(rows, villages, strict=True)
    ]
    found = signals(asked, first_week=0, last_week=32, seed="2026-03-01", watched=192)
    assert found == [Signal("Hekou", "land", "12", 31, 11, 3, 30, 0.5)]
    counts = np.zeros((1, 33), np.int64)
    for row in asked:
        counts[0, row.week] = row.households
    usual = baselines(counts)
    over = (counts - references(usual))[0, 30:].tolist()
    assert [float(row[3]) for row in rows] == over
    assert [float(row[4]) for row in rows] == [over[0], over[0] + over[1], over[2]]
    limits = [threshold(usual[0, week], series=192, seed="2026-03-01") for week in (30, 31, 32)]
    assert limits == [2.0, 2.0, 2.25]
    assert re.search(r"is 2, in week 32 2\.25|是 2，第 32 周是 2\.25", guide)
    assert re.search(r"11\s*households in 3 villages|3 个村 11 户", guide)


def test_the_common_rule_is_as_bad_as_is_said(guide):
    weeks = 400
    assert mean_and_three_deviations(quiet(3, weeks + 7)) / weeks > 4
    assert re.search(r"more than 4|4 次以上", guide)
    assert round(SERIES * 0.001, 1) == 0.2


def test_the_sizes_of_samples(guide):
    rows = table(guide, "households|户数")
    assert len(rows) == 5
    for households, five, three in rows[1:]:
        population = int(households.replace(",", "")) if households[0].isdigit() else None
        assert required(Decimal("0.05"), population) == int(five.replace(",", ""))
        assert required(Decimal("0.03"), population) == int(three.replace(",", ""))
    low, high = wilson(81, 263).low, wilson(81, 263).high
    for share in (low, high, wilson(0, 20).high):
        assert f"{100 * share:.1f} %" in guide
    assert f"= {faultless(12_000, Decimal('0.01'))}" in guide
