"""没有哪个隐去的数能被推出来: the attacker tells no hidden number to within five, and does so where only small ones hide."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.engines.publication.attacker import Attacker, only_small_hidden
from tests.proofs import examples
from yixian.engines.publication import TOTAL, WIDTH, CountTable, TablesInvalid, publish

COUNTS = st.one_of(
    st.integers(0, 12), st.integers(0, 3), st.just(0), st.integers(10, 60), st.integers(100, 400)
)
"""Small and large beside one another, as in a county."""

TIERS = {"v1": "t1", "v2": "t1", "v3": "t2", "v4": "t3", "v5": "t3", "t1": "c", "t2": "c"}


def counted(draw, rows, columns):
    return {(row, column): draw(COUNTS) for row in rows for column in columns}


@st.composite
def flat(draw):
    rows = [f"r{i}" for i in range(draw(st.integers(1, 5)))]
    columns = [f"c{i}" for i in range(draw(st.integers(1, 4)))]
    return CountTable(rows, columns, counted(draw, rows, columns), about_people=draw(st.booleans()))


@st.composite
def tiered(draw):
    rows = [f"v{i}" for i in range(1, draw(st.integers(2, 6)))]
    parents = {row: TIERS[row] for row in rows}
    parents |= {above: TIERS[above] for above in set(parents.values()) if above in TIERS}
    columns = [f"c{i}" for i in range(draw(st.integers(1, 4)))]
    return CountTable(rows, columns, counted(draw, rows, columns), parents=parents)


@st.composite
def linked(draw):
    """Matters by township and topic, by township and outcome, and by body and topic, all from the same list of matters."""
    size = {kind: draw(st.integers(1, 3)) for kind in ("township", "topic", "outcome", "body")}
    members = {kind: [f"{kind}{i}" for i in range(n)] for kind, n in size.items()}
    groups = draw(
        st.lists(
            st.tuples(*(st.sampled_from(members[kind]) for kind in size), st.integers(1, 40)),
            min_size=1,
            max_size=14,
        )
    )
    tables = []
    for row_kind, column_kind in (("township", "topic"), ("township", "outcome"), ("body", "topic")):
        counts: dict[tuple[str, str], int] = {}
        for *matter, n in groups:
            of = dict(zip(size, matter, strict=True))
            place = (of[row_kind], of[column_kind])
            counts[place] = counts.get(place, 0) + n
        tables.append(
            CountTable(
                members[row_kind],
                members[column_kind],
                counts,
                name=f"{row_kind} {column_kind}",
                row_kind=row_kind,
                column_kind=column_kind,
            )
        )
    return tables


def attack(tables, published):
    """Attack twice: knowing what everybody knows, and knowing that what is hidden is not zero."""
    attacker = Attacker([published], tables[0].parents)
    assert attacker.found_within(WIDTH) == []
    for table, shown in zip(tables, published, strict=True):
        attacker.know_nonzero(0, table, shown)
    assert attacker.found_within(WIDTH) == []


def true_counts(table, shown):
    """Every number of a table, summed up anew."""

    def under(leaf, member):
        chain = [leaf]
        while chain[-1] in table.parents:
            chain.append(table.parents[chain[-1]])
        return member in {*chain, TOTAL}

    return {
        (row, column): sum(n for (r, c), n in table.counts.items() if under(r, row) and column in {c, TOTAL})
        for row, column in shown.cells
    }


def shows_the_truth(tables, published):
    """What is shown is true and never small."""
    for table, shown in zip(tables, published, strict=True):
        true = true_counts(table, shown)
        assert {place: n for place, n in shown.cells.items() if n is not None}.items() <= true.items()
        assert not [n for n in shown.cells.values() if n is not None and 0 < n < 10]


@examples(60, gate=20)
@given(flat())
def test_one_table(table):
    published = publish([table])
    shows_the_truth([table], published)
    attack([table], published)


@examples(40, gate=15)
@given(tiered())
def test_rows_in_tiers(table):
    published = publish([table])
    shows_the_truth([table], published)
    attack([table], published)


@examples(40, gate=15)
@given(linked())
def test_linked_tables(tables):
    published = publish(tables)
    shows_the_truth(tables, published)
    attack(tables, published)


@settings(max_examples=40, deadline=None)
@given(flat())
def test_nobody_is_told_by_zeros_beside(table):
    """In a row about people with several columns, there are always two columns in which somebody may be."""
    assume(table.about_people and len(table.columns) > 1)
    published = publish([table])[0]
    true = true_counts(table, published)
    for row in table.rows:
        if true[row, TOTAL]:
            open_to = [column for column in table.columns if published.cells[row, column] != 0]
            assert len(open_to) > 1


@settings(max_examples=60, deadline=None)
@given(flat())
def test_where_nothing_is_small_or_tells_all_is_shown(table):
    counts = {place: n + 10 for place, n in table.counts.items()}
    full = CountTable(table.rows, table.columns, counts)
    published = publish([full])[0]
    assert None not in published.cells.values()


@settings(max_examples=30, deadline=None)
@given(flat(), st.randoms())
def test_the_order_of_counts_does_not_matter(table, random):
    shuffled = list(table.counts.items())
    random.shuffle(shuffled)
    again = CountTable(table.rows, table.columns, dict(shuffled), about_people=table.about_people)
    assert publish([again]) == publish([table])


def county() -> CountTable:
    """Sixteen townships by twelve topics, some rare."""
    rows, columns = [f"township {i}" for i in range(16)], [f"topic {i}" for i in range(12)]
    counts = {
        (row, column): (7 * i * i + 13 * j * i + 5 * j) % (197 // (j + 1) + 12)
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    }
    return CountTable(rows, columns, counts)


def test_a_county_stays_readable_and_safe():
    table = county()
    published = publish([table])
    attack([table], published)
    large = [place for place, n in table.counts.items() if n >= 10]
    shown = [place for place in large if published[0].cells[place] is not None]
    assert len(large) < len(table.counts) - 10
    assert len(shown) > len(large) * 0.7
    assert published[0].cells[TOTAL, TOTAL] == sum(table.counts.values())


def test_hiding_only_the_small_ones_is_seen_through():
    """Negative control: the attacker is able to attack."""
    table = county()
    found = Attacker([only_small_hidden([table])], {}).found_within(WIDTH)
    exact = [(row, column, low) for _name, row, column, low, high in found if high - low < 1e-6]
    assert len(found) > 5
    assert exact
    assert all(round(low) == table.counts[row, column] for row, column, low in exact if row and column)


TWO = CountTable(["a", "b"], ["x", "y"], {("a", "x"): 3, ("a", "y"): 50, ("b", "x"): 40, ("b", "y"): 60})
THREE = CountTable(["a", "b"], ["x", "y"], {("a", "x"): 3, ("a", "y"): 50, ("b", "x"): 7, ("b", "y"): 60})


@pytest.mark.parametrize("table", [TWO, THREE])
def test_two_by_two_alone_is_seen_through(table):
    found = Attacker([only_small_hidden([table])], {}).found_within(1)
    assert sorted(found) == [
        ("table", row, column, pytest.approx(n), pytest.approx(n))
        for (row, column), n in sorted(table.counts.items())
        if n < 10
    ]
    attack([table], publish([table]))


def test_tables_shown_apart_tell_what_each_hides():
    """Negative control: linked tables must be decided together. Each is safe alone, and each shows a total the other hides."""
    by_topic = CountTable(
        ["a", "b", "c"],
        ["x", "y"],
        {("a", "x"): 3, ("a", "y"): 4, ("b", "x"): 60, ("b", "y"): 90, ("c", "x"): 80, ("c", "y"): 70},
        name="topic",
        column_kind="topic",
    )
    by_outcome = CountTable(
        ["a", "b", "c"],
        ["u", "v"],
        {("a", "u"): 2, ("a", "v"): 5, ("b", "u"): 100, ("b", "v"): 50, ("c", "u"): 40, ("c", "v"): 110},
        name="outcome",
        column_kind="outcome",
    )
    apart = publish([by_topic]) + publish([by_outcome])
    together = publish([by_topic, by_outcome])
    attack([by_topic, by_outcome], together)
    totals = [{row for row in "abc" if shown.cells[row, TOTAL] is None} for shown in apart]
    assert totals == [{"a", "b"}, {"a", "c"}]
    assert ("topic", "a", TOTAL, 7, 7) in Attacker([apart], {}).found_within(WIDTH)
    hidden = [{row for row in "abc" if shown.cells[row, TOTAL] is None} for shown in together]
    assert hidden[0] == hidden[1]
    assert "a" in hidden[0]


@pytest.mark.parametrize(
    "tables",
    [
        [],
        [TWO, TWO],
        [CountTable(["a", "a"], ["x"], {})],
        [CountTable([""], ["x"], {})],
        [CountTable([], ["x"], {})],
        [CountTable(["a"], ["x"], {("b", "x"): 1})],
        [CountTable(["a"], ["x"], {("a", "x"): -1})],
        [CountTable(["a"], ["x"], {}, parents={"a": "b", "b": "a"})],
        [CountTable(["a", "b"], ["x"], {}, parents={"a": "b"})],
        [CountTable(["a"], ["x"], {}, parents={"q": "r"})],
        [CountTable(["a"], ["x"], {}, row_kind="k", column_kind="k")],
        [TWO, CountTable(["a", "b"], ["z"], {("a", "z"): 1}, name="other", column_kind="z")],
        [TWO, CountTable(["a"], ["z"], {}, name="other", column_kind="z")],
        [TWO, CountTable(["x", "y"], ["a", "b"], {}, name="back", row_kind="column", column_kind="row")],
    ],
)
def test_tables_that_contradict_are_refused(tables):
    with pytest.raises(TablesInvalid):
        publish(tables)


@pytest.mark.parametrize("width", [0, 11])
def test_the_width_has_bounds(width):
    with pytest.raises(ValueError, match="width"):
        publish([TWO], width=width)
