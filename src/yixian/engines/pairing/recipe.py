"""抽签验算: the seeded draws and scaled costs, anew from the published recipe. Part of the proof."""

from __future__ import annotations

import hashlib

from yixian.engines.pairing.county import County, Ints
from yixian.lazy_imports import np

DRAW_BITS = 20
_WORD = 2**64
_AT_ONCE = 2**20


def scaled_costs(county: County, edges: Ints, bits: int, seed: int) -> Ints:
    """The cost of each of these ties, shifted by ``bits``, with its draw below the last digit."""
    scaled = county.ties.cost[edges] << bits
    homes = np.array(_keys("household", county.households.ids.to_pylist(), seed), dtype=np.uint64)
    people = _keys("helper", county.helpers.ids.to_pylist(), seed)
    golden = np.array([key * 0x9E3779B97F4A7C15 % _WORD for key in people], dtype=np.uint64)
    for start in range(0, len(edges), _AT_ONCE):
        part = edges[start : start + _AT_ONCE]
        word = homes[county.ties.household[part]] + golden[county.ties.helper[part]]
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            word = np.bitwise_xor(word, np.right_shift(word, np.uint64(shift))) * np.uint64(factor)
        word = np.bitwise_xor(word, np.right_shift(word, np.uint64(31)))
        scaled[start : start + _AT_ONCE] += np.right_shift(word, np.uint64(64 - DRAW_BITS)).astype(np.int64)
    return scaled


def _keys(kind: str, ids: list[str], seed: int) -> list[int]:
    secret = seed.to_bytes(8, byteorder="little")
    digests = (
        hashlib.blake2b(f"{kind}\n{each}".encode(), digest_size=8, key=secret).digest() for each in ids
    )
    return [int.from_bytes(digest, "little") for digest in digests]
