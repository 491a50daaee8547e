"""抽签: anybody draws the same, and everybody is as likely."""

from __future__ import annotations

import subprocess
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.engines.sampling import draw, draw_by_stratum

SEED = "SSQ 2026031 03 09 14 22 27 31 + 08"
IDS = [f"YS-{n:05d}" for n in range(1, 1_001)]


def test_a_draw_can_be_made_again_with_a_shell():
    """SHA-256 of seed and id, sorted: what sha256sum prints."""
    digests = sorted(
        (
            subprocess.run(
                ["sha256sum"], input=(SEED + one).encode(), capture_output=True, check=True
            ).stdout,
            one,
        )
        for one in IDS[:20]
    )
    assert draw(IDS[:20], 5, SEED) == [one for _digest, one in digests[:5]]


def test_what_was_drawn_stays_drawn():
    assert draw(IDS[:12], 3, "2026-03-01") == FIXED


FIXED = ["YS-00009", "YS-00008", "YS-00007"]


@given(st.sets(st.text(min_size=1, max_size=6), min_size=1, max_size=40), st.randoms(), st.data())
def test_order_does_not_matter_and_more_begins_with_fewer(ids, random, data):
    n = data.draw(st.integers(0, len(ids)))
    listed = sorted(ids)
    drawn = draw(listed, n, SEED)
    random.shuffle(listed)
    assert draw(listed, n, SEED) == drawn == draw(listed, len(ids), SEED)[:n]
    assert len(set(drawn)) == n


@given(
    st.dictionaries(st.text(min_size=1, max_size=6), st.sampled_from("abc"), min_size=1, max_size=40),
    st.data(),
)
def test_every_stratum_has_its_share(strata, data):
    n = data.draw(st.integers(0, len(strata)))
    drawn = draw_by_stratum(strata, n, SEED)
    assert len(set(drawn)) == len(drawn) == n
    assert draw_by_stratum(dict(reversed(strata.items())), n, SEED) == drawn
    taken, there = Counter(strata[one] for one in drawn), Counter(strata.values())
    for stratum, size in there.items():
        assert abs(taken[stratum] - Fraction(n * size, len(strata))) < 1


def test_everybody_is_as_likely():
    """Over many seeds each of 30 households in unequal townships is drawn as often as 7 in 30 asks for."""
    strata = {one: "a" if at < 4 else "b" if at < 11 else "c" for at, one in enumerate(IDS[:30])}
    ways = (
        lambda seed: draw_by_stratum(strata, 7, seed),
        lambda seed: draw(strata, 7, seed),
    )
    for way in ways:
        often = Counter(one for n in range(3_000) for one in way(f"seed {n}"))
        assert sum(often.values()) == 21_000
        assert all(abs(count - 700) < 5 * (700 * 23 / 30) ** 0.5 for count in often.values())
        assert len(often) == 30


@pytest.mark.parametrize("way", [draw, draw_by_stratum])
@pytest.mark.parametrize(
    ("ids", "n", "seed"),
    [({"a": "t"}, 2, "s"), ({"a": "t"}, -1, "s"), ({"": "t"}, 1, "s"), ({"a": "t"}, 1, "")],
)
def test_impossible_draws_are_refused(way, ids, n, seed):
    with pytest.raises(ValueError, match=r"drawn|empty|seed"):
        way(ids, n, seed)


def test_nobody_stands_twice_on_the_list():
    with pytest.raises(ValueError, match="once"):
        draw(["a", "a"], 1, "s")
    assert draw_by_stratum({}, 0, "s") == []
