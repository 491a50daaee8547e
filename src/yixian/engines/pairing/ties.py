"""同价抽签: the seeded hash that settles ties below the last digit of the cost, the same for everybody.

Exact solvers disagree on a quarter of all pairs at the same cost. Each eligible pair therefore draws a number of 20
bits from the published seed and the two ids; among the solutions of least cost the one with the least sum of draws
is taken. The draw, so that anybody can repeat it:

  key(kind, id)  = the first 8 bytes, little-endian, of BLAKE2b(kind + "\\n" + id), keyed with the seed's 8 bytes
  x              = key("household", h) + 0x9E3779B97F4A7C15 * key("helper", p)   modulo 2**64
  draw           = the top 20 bits of splitmix64's finaliser of x

A cost is multiplied by a power of two above the largest possible sum of draws before the draw is added, so that no
number of draws ever outweighs one unit of cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from yixian.lazy_imports import np, npt

DRAW_BITS = 20


def scale_bits(units: int) -> int:
    """By how many bits costs are shifted so that ``units`` draws stay below the last digit."""
    return DRAW_BITS + units.bit_length()


def keys(kind: str, ids: Iterable[str], seed: int) -> npt.NDArray[np.uint64]:
    """The 64-bit keys of ids, in their order. ``seed`` is 0 .. 2**63 - 1."""
    secret = seed.to_bytes(8, "little")
    prefix = f"{kind}\n".encode()
    digests = (blake2b(prefix + each.encode(), digest_size=8, key=secret).digest() for each in ids)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def draws(
    household_keys: npt.NDArray[np.uint64], helper_keys: npt.NDArray[np.uint64]
) -> npt.NDArray[np.int64]:
    """The draw of each pair of keys, 0 .. 2**20 - 1."""
    mixed = household_keys + helper_keys * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    drawn: npt.NDArray[np.int64] = (mixed >> np.uint64(64 - DRAW_BITS)).astype(np.int64)
    return drawn
