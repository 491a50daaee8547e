"""校验和: one number for all lines of a run, whatever their order, made again by anybody from the lines alone.

A line's words are those of its rule, its household and its line id, then its result. The words of a text are its UTF-8
bytes, the byte FF (which no text contains) and zeros up to a multiple of eight, each eight bytes a number of 64 bits, the
lowest byte first. Two states take in word after word, ``state = mix(state ^ word)``; together they are the line's number
of 128 bits, and the checksum is the sum of all lines modulo 2¹²⁸. ``mix`` is the finaliser of SplitMix64: every bit of a
state changes about half of the bits that come out.

It tells two reckonings apart. It is no seal, because a sum can be forged whatever is summed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, TypeAlias

from yixian.lazy_imports import np, pa

Words: TypeAlias = "np.ndarray[Any, np.dtype[np.uint64]]"

SEEDS = (0x6A09E667F3BCC908, 0xBB67AE8584CAA73B)
"""The states before the first word, high half and low half: the first binary digits of √2 and √3 behind the point."""

_BLOCK = 1 << 13
"""Lines taken at a time, so that their states stay in the processor's cache."""
_STEPS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST_SHIFT = 31
_HALF = 2**64


def checksum(lines: pa.Table) -> int:
    """The sum of the lines' digests, of their columns ``rule, household_id, line_id`` (texts) and ``result`` (int64).

    ``result`` is a line's integer: minor units, or the smallest part of what is counted. Quick where households are a
    dictionary and stand together.
    """
    columns = {name: _dictionary(lines.column(name)) for name in ("rule", "household_id")}
    columns |= {"line_id": lines.column("line_id").cast(pa.string()), "result": lines.column("result")}
    blocks = pa.table(columns).to_batches(max_chunksize=_BLOCK)
    return sum(_block_sum(block) for block in blocks if len(block)) % _HALF**2


def _dictionary(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column if pa.types.is_dictionary(column.type) else column.cast(pa.string()).dictionary_encode()


def _block_sum(lines: pa.RecordBatch) -> int:
    rules, households, ids, results = lines.columns
    begun = [_after_rule(rule) for rule in rules.dictionary.to_pylist()]
    pairs = np.stack([rules.indices.to_numpy(), households.indices.to_numpy()])
    firsts = np.flatnonzero(np.diff(pairs, prepend=-1).any(axis=0))
    counts = np.diff(firsts, append=len(lines))
    homes = list(_words(households.dictionary.take(households.indices.take(pa.array(firsts)))))
    own = list(_words(ids))
    last = results.to_numpy().view(np.uint64)
    total = 0
    for half, unit in enumerate((_HALF, 1)):
        states = np.array([state[half] for state in begun], np.uint64)[pairs[0, firsts]]
        states = np.repeat(_after(states, homes), counts)
        total += unit * _exact_sum(_taken_in(_after(states, own), last))
    return total


def _words(texts: pa.StringArray) -> Iterator[tuple[Words, Any]]:
    """The first word of each text, the second, and so on, and where there is one (None: everywhere)."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    starts, lengths = (offsets[:-1] - offsets[0]).astype(np.int64), np.diff(offsets)
    shortest, longest = int(lengths.min()), int(lengths.max())
    raw = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    data = np.concatenate([raw, np.zeros(longest % 8 + 16, np.uint8)])
    inside, ended = _masks()
    for begin in range(0, longest + 1, 8):
        if shortest == longest:
            kept = min(longest - begin, 8)
            word = np.ndarray(len(texts), "<u8", data, begin, (longest,))
            yield word & inside[kept] | ended[kept], None
        else:
            at_every_byte = np.ndarray(len(data) - 7, "<u8", data, strides=(1,))
            left = lengths - begin
            kept = np.clip(left, 0, 8)
            word = at_every_byte[np.minimum(starts + begin, len(data) - 8)]
            yield word & inside[kept] | ended[kept], None if shortest >= begin else left >= 0


@cache
def _masks() -> tuple[Words, Words]:
    """By how many bytes of a word are left of a text (0 to 8): the bits that are the text's, and the mark behind its end."""
    kept = [(1 << 8 * length) - 1 for length in range(9)]
    ended = [*(0xFF << 8 * length for length in range(8)), 0]
    return np.array(kept, np.uint64), np.array(ended, np.uint64)


def _after(states: Words, words: Iterable[tuple[Words, Any]]) -> Words:
    for word, there in words:
        taken_in = _taken_in(states, word)
        states = taken_in if there is None else np.where(there, taken_in, states)
    return states


def _taken_in(states: Words, word: Words) -> Words:
    """The states after one more word each; a state of its own, so that the one before can be used again."""
    mixed = states ^ word
    shifted = np.empty_like(mixed)
    for shift, factor in _STEPS:
        np.right_shift(mixed, shift, out=shifted)
        mixed ^= shifted
        mixed *= factor
    np.right_shift(mixed, _LAST_SHIFT, out=shifted)
    mixed ^= shifted
    return mixed


def _exact_sum(numbers: Words) -> int:
    low = int((numbers & np.uint64(0xFFFFFFFF)).sum())
    return low + (int((numbers >> np.uint64(32)).sum()) << 32)


@lru_cache(maxsize=1024)
def _after_rule(rule: str) -> tuple[int, int]:
    """Both states once the rule's words are taken in."""
    words = list(_words(pa.array([rule], pa.string())))
    high, low = (int(_after(np.array([seed], np.uint64), words)[0]) for seed in SEEDS)
    return high, low
