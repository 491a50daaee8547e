"""列: what is asked of Arrow columns directly, because it is quicker there than in a query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def ascends(rows: pa.Table, keys: Sequence[str]) -> bool:
    """Whether each row's key is greater than the one before it, which makes them all different; quick for ordered rows."""
    greater, equal = False, True
    for name in keys:
        texts = rows.column(name).cast(pa.string())
        if texts.null_count:
            return False
        before, after = texts[:-1], texts[1:]
        greater = pc.or_(greater, pc.and_(equal, pc.greater(after, before)))
        equal = pc.and_(equal, pc.equal(after, before))
    return pc.all(greater).as_py() is not False


def pairs_counted(first: pa.ChunkedArray, second: pa.ChunkedArray) -> Counter[tuple[str, str]]:
    """How often each pair of words stands beside each other in two columns of dictionaries without nulls."""
    counts: Counter[tuple[str, str]] = Counter()
    for left, right in zip(first.chunks, second.chunks, strict=True):
        width = len(right.dictionary)
        pairs = left.indices.to_numpy().astype(np.int64) * width + right.indices.to_numpy()
        for pair, count in enumerate(np.bincount(pairs, minlength=width)):
            if count:
                counts[left.dictionary[pair // width].as_py(), right.dictionary[pair % width].as_py()] += int(
                    count
                )
    return counts
