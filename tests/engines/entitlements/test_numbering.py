"""Ids as numbers: texts and dictionaries of any cut have the same places, and what is put back is what was there."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.entitlements.numbering import as_words, ascends, of_places, places, used_words

words = st.sampled_from(["", "a", "b", "ab", "甲", "z\0"])
columns = st.lists(st.one_of(st.none(), words), max_size=12)
lists = st.lists(words, unique=True, max_size=6)


@given(column=columns, among=lists, cut=st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_texts_and_dictionaries_have_the_same_places(column, among, cut):
    texts = pa.chunked_array([pa.array(column, pa.string())])
    expected = [among.index(text) if text in among else None for text in column]
    known = pa.array(among, pa.string())
    assert places(texts, known).to_pylist() == expected
    encoded = texts.dictionary_encode()
    cuts = pa.chunked_array([*encoded.slice(0, cut).chunks, *encoded.slice(cut).chunks], encoded.type)
    assert places(cuts, known).to_pylist() == expected


@given(column=st.lists(words, min_size=1, max_size=12), first=st.integers(0, 11))
@settings(max_examples=80, deadline=None)
def test_the_used_part_of_a_dictionary_holds_every_word_that_occurs(column, first):
    chunk = pa.array(column).dictionary_encode().slice(first)
    begin, used = used_words(chunk)
    assert [used[place - begin].as_py() for place in chunk.indices.to_pylist()] == chunk.to_pylist()
    assert len(used) == (max(chunk.indices.to_pylist()) - begin + 1 if len(chunk) else 0)


@given(values=st.lists(words, max_size=9), data=st.data())
@settings(max_examples=80, deadline=None)
def test_values_come_back_by_their_places(values, data):
    taken = data.draw(st.lists(st.integers(0, len(values) - 1), max_size=12)) if values else []
    column = pa.chunked_array([pa.array(values, pa.string())])
    for numbers in (taken, list(range(len(values)))):
        rows = pa.chunked_array([pa.array(numbers, pa.int32())])
        assert of_places(column, rows).to_pylist() == [values[number] for number in numbers]
        back = as_words(rows, pa.array(values, pa.string()))
        assert back.to_pylist() == [values[number] for number in numbers]


@given(rows=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 3)), words), max_size=8))
@settings(max_examples=150, deadline=None)
def test_rows_ascend_only_if_all_of_them_are_there_and_different(rows):
    numbers = pa.chunked_array([pa.array([row[0] for row in rows], pa.int32())])
    texts = pa.chunked_array([pa.array([row[1] for row in rows], pa.string())])
    whole = None not in [row[0] for row in rows]
    assert ascends([numbers, texts]) == (whole and all(a < b for a, b in pairwise(rows)))
