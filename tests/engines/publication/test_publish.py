"""隐去什么, by hand, and what the separate proof refuses."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from yixian.engines.publication import MINIMUM, TOTAL, WIDTH, CountTable, ProofFailed, publish, publishing
from yixian.engines.publication.proof import faults
from yixian.engines.publication.protecting import Protection, protect
from yixian.engines.publication.system import GRAND, System
from yixian.engines.publication.witnesses import Witness


def table(text: str, **more) -> CountTable:
    """A table written down: the first line has the columns, each further one a row and its counts."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    counts = {(row, column): int(n) for row, *ns in lines for column, n in zip(head, ns, strict=True)}
    return CountTable([line[0] for line in lines], head, counts, **more)


def written(shown) -> list[str]:
    """A published table written down, a dot for what is hidden."""
    return [
        " ".join("·" if (n := shown.cells[row, column]) is None else str(n) for column in shown.columns)
        for row in shown.rows
    ]


def test_one_small_number_takes_three_others_with_it():
    """Graves in Hekou: 3. Alone it would be 68 - 40 - 25; the cheapest three beside it are 25, 28 and 18."""
    shown = publish(
        [
            table("""
                     land houses graves
            Hekou      40     25      3
            Shiban     31     28     18
            Yanjiao    22     35     14
            """)
        ]
    )
    assert written(shown[0]) == ["40 · · 68", "31 · · 77", "22 35 14 71", "93 88 35 216"]


def test_a_small_total_hides_another_total():
    shown = publish(
        [table("    x  y\n a  2  3\n b 50 40\n c 90 80")],
    )
    assert written(shown[0]) == ["· · ·", "· · ·", "90 80 170", "142 123 265"]


def test_zeros_are_shown():
    shown = publish([table("    x  y  z\n a  0 30 20\n b 50  0 11")])
    assert written(shown[0]) == ["0 30 20 50", "50 0 11 61", "50 30 31 111"]


def test_a_row_with_everybody_in_one_column_shows_it_of_nobody():
    told = "    x  y  z\n a  0 30  0\n b 50 40 11"
    about_work = publish([table(told, about_people=False)])
    assert written(about_work[0])[0] == "0 30 0 30"
    about_people = publish([table(told)])
    assert written(about_people[0]) == ["· · 0 30", "· · 11 101", "50 70 11 131"]


def test_tiers_are_hidden_with_their_only_village():
    shown = publish(
        [
            table(
                "     x  y\n v1  4 60\n v2 70 80\n v3 55 45",
                parents={"v1": "t1", "v2": "t2", "v3": "t2"},
            )
        ]
    )[0]
    assert shown.rows == ("v1", "v2", "v3", "t1", "t2", TOTAL)
    assert written(shown) == ["· · 64", "70 80 150", "· · 100", "· · 64", "· · 250", "129 185 314"]


def test_nothing_is_shown_of_few():
    shown = publish([table("    x y\n a  2 3\n b  1 0")])[0]
    assert set(shown.cells.values()) == {None}
    nobody = publish([table("    x y\n a  0 0\n b  0 0")])[0]
    assert set(nobody.cells.values()) == {0}


def test_where_cells_cannot_be_protected_totals_stand():
    """In every row everybody asks x: no zero can be hidden among other zeros, and the total of x would tell it too."""
    shown = publish([table("    x y\n a 40 0\n b 50 0")])[0]
    assert written(shown) == ["· · 40", "· · 50", "· · 90"]


def test_where_a_row_is_all_there_is_only_the_whole_stands():
    shown = publish([table("    x y\n a  3 90\n")])[0]
    assert shown.cells["a", "x"] is None
    assert shown.cells[TOTAL, TOTAL] == 93
    assert [n for n in shown.cells.values() if n] == [n for n in shown.cells.values() if n == 93]


def test_inside_withheld_totals_shown():
    """Everything is small: cells cannot cover one another, but ten and more in every total."""
    shown = publish([table("    x y z\n a  4 4 4\n b  4 3 4\n c  4 4 3")])[0]
    assert written(shown) == ["· · · 12", "· · · 11", "· · · 11", "12 11 11 34"]


def test_the_last_table_gives_way():
    sound = table("    x  y\n a 30 20\n b 50 40", name="first", column_kind="topic")
    hard = table("    u v\n a 50 0\n b 90 0", name="second", column_kind="outcome")
    first, second = publish([sound, hard])
    assert None not in first.cells.values()
    assert {second.cells["a", "u"], second.cells[TOTAL, "u"]} == {None}


SMALL = "    x  y\n a  3 50\n b 40 60"


def protected() -> tuple[System, Protection]:
    system = System([table(SMALL)])
    return system, protect(system, MINIMUM, WIDTH)


def test_the_proof_accepts_what_is_proven():
    assert faults(*protected(), MINIMUM, WIDTH) == []


def test_the_proof_refuses_what_is_not():
    system, found = protected()
    key = ("cell", "table", "a", "x")
    other = ("cell", "table", "b", "y")

    def told(**more) -> str:
        start = {"hidden": found.hidden, "proofs": found.proofs}
        broken = Protection({"table"}, {"row", "column"}, **(start | more))
        return "; ".join(faults(system, broken, MINIMUM, WIDTH))

    assert told() == ""
    assert "small and published" in told(hidden=found.hidden - {key})
    assert "a witness changes it" in told(hidden=found.hidden - {other})
    assert "may be told" in told(proofs={})
    assert "may be told" in told(proofs=found.proofs | {key: Witness({key: 0}, {key: 9})})
    assert "not the sum of its parts" in told(proofs=found.proofs | {key: Witness({key: 0}, {key: 10})})
    assert "emptied" in told(proofs=found.proofs | {key: Witness({key: -3}, {key: 10})})


def test_the_proof_knows_small_wholes_zeros_that_tell_and_tight_totals():
    few = System([table("   x y\n a 2 3\n b 1 0")])
    assert "total over all" in faults(few, Protection(set(), set()), MINIMUM, WIDTH)[0]
    zeros = System([table("   x y\n a 20 0\n b 30 40")])
    assert "tell of everybody" in faults(zeros, Protection({"table"}, {"row", "column"}), MINIMUM, WIDTH)[0]
    everybody = System([table("   x y\n a 20 0\n b 30 0")])
    assert "tell of everybody" in faults(everybody, Protection(set(), {"column"}), MINIMUM, WIDTH)[0]
    tight = System([table("   x y\n a 20 30\n b 0 0")])
    assert "withheld" in faults(tight, Protection(set(), {"row", "column"}), MINIMUM, WIDTH)[0]
    assert few.values[GRAND] == 6


def test_what_does_not_prove_itself_is_not_published():
    with (
        patch.object(publishing, "protect", lambda system, *_: Protection({"table"}, {"row", "column"})),
        pytest.raises(ProofFailed, match="small and published"),
    ):
        publish([table(SMALL)])
