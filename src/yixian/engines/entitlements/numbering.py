"""编号: households, items and item codes as numbers, so that a query joins and groups by integers and carries no texts."""

from __future__ import annotations

from collections.abc import Sequence

from yixian.lazy_imports import np, pa, pc

HOME, ROW, CODE, ZONE, PLACE, RULE = "_home", "_row", "_code", "_zone", "_place", "_rule"
"""Columns that a part adds to its facts: a household's place in its table (of an item: null if it is not there), an
item's place in its own, its code's place among the pack's items (null if it has none), a zone's place among the pack's
zones behind "", which is first, of both in the tariff; a rule's place in the pack. No name of a pack begins with a line."""


def counted(rows: pa.Table) -> pa.Array:
    """The rows' places: 0, 1, 2 and so on (int32)."""
    return pa.array(np.arange(rows.num_rows, dtype=np.int32))


def places(texts: pa.ChunkedArray, among: pa.Array) -> pa.ChunkedArray:
    """Where each text stands in a list (int32), null if it does not. Of a dictionary each word is looked up once."""
    if not pa.types.is_dictionary(texts.type):
        return pc.index_in(texts.cast(pa.string()), value_set=among)
    return pa.chunked_array([_chunk_places(chunk, among) for chunk in texts.chunks], pa.int32())


def _chunk_places(chunk: pa.DictionaryArray, among: pa.Array) -> pa.Array:
    first, words = used_words(chunk)
    found = pc.index_in(words.cast(pa.string()), value_set=among)
    return found.take(pc.subtract(chunk.indices.cast(pa.int64()), first))


def used_words(chunk: pa.DictionaryArray) -> tuple[int, pa.Array]:
    """The part of a dictionary from the first to the last word that occurs, and where it begins: files that are ordered
    have long dictionaries of which a few rows use little."""
    ends = pc.min_max(chunk.indices)
    first, last = ends["min"].as_py(), ends["max"].as_py()
    return (0, chunk.dictionary[:0]) if first is None else (first, chunk.dictionary[first : last + 1])


def of_places(column: pa.ChunkedArray, taken: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column's values at these places; the column itself where they are all places in their order."""
    numbers = taken.to_numpy()
    if len(numbers) == len(column) and np.array_equal(numbers, np.arange(len(numbers))):
        return column
    return column.take(taken)


def as_words(numbers: pa.ChunkedArray, words: pa.Array) -> pa.ChunkedArray:
    """Places in a list as a dictionary of its words."""
    kind = pa.dictionary(numbers.type, words.type)
    return pa.chunked_array(
        [pa.DictionaryArray.from_arrays(chunk, words) for chunk in numbers.chunks], type=kind
    )


def ascends(columns: Sequence[pa.ChunkedArray]) -> bool:
    """Whether each row of these columns is greater than the one before it, which makes them all different."""
    greater, equal = False, True
    for column in columns:
        if column.null_count:
            return False
        before, after = column[:-1], column[1:]
        greater = pc.or_(greater, pc.and_(equal, pc.greater(after, before)))
        equal = pc.and_(equal, pc.equal(after, before))
    return pc.all(greater).as_py() is not False
