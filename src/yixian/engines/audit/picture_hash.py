"""感知哈希: a perceptual hash of a picture (pHash: the low frequencies of a cosine transform), and a finer look at two.

A hash finds candidates among tens of thousands of pictures. Two candidates are then laid over each other, each also as
a piece of the other, and what is alike is their detail: brightness, a sky above and a ground below are alike in all of them.
Reference: Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions (2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from yixian.lazy_imports import np, npt

FINE = 64
"""Pixels of a side of the small grey picture that is kept of each."""
MAX_BITS_APART = 12
MIN_CORRELATION = 0.85
_COARSE = 32
_LOW = 8
_PLAIN = 4.0
"""Standard deviation of the grey levels below which there is nothing to be seen on a picture."""
_PIECES = (
    (0, 0, 0, 0), (1, 1, 1, 1), (3, 3, 3, 3), (4, 4, 4, 4), (4, 0, 0, 0), (0, 4, 0, 0), (0, 0, 4, 0), (0, 0, 0, 4)
)  # fmt: skip
"""What is cut of the small picture at its sides (top, bottom, left, right) for each of the hashes that are kept: a cropped
copy is nearly one of them."""
_SIDES = (64, 62, 60, 58, 56)
"""Sides in which one picture is laid over another, as a piece of it."""
_BLUR = 9
_MAX_AT_ONCE = 512


@dataclass(frozen=True, slots=True, eq=False)
class PictureHash:
    """How a picture looks: the hashes of it and of pieces of it (64 bits each), and its small grey picture."""

    bits: npt.NDArray[np.uint64]
    fine: npt.NDArray[np.float32]


def picture_hash(grey: npt.NDArray[np.float32]) -> PictureHash | None:
    """The hash of a grey picture; None where there is nothing to be seen on it."""
    fine = resized(grey, FINE, FINE)
    if float(fine.std()) < _PLAIN:
        return None
    return PictureHash(np.array([_bits(_piece(fine, *cut)) for cut in _PIECES], np.uint64), fine)


def near_pairs(hashes: list[PictureHash]) -> list[tuple[int, int]]:
    """The pairs of pictures of which one is the other, made anew in another size or quality, or slightly cropped."""
    return [(i, j) for i, j in _candidates(hashes) if likeness(hashes[i], hashes[j]) >= MIN_CORRELATION]


def likeness(one: PictureHash, other: PictureHash) -> float:
    """The highest correlation of the details of two pictures, of which either may be a piece of the other."""
    return max(_as_piece(one.fine, other.fine), _as_piece(other.fine, one.fine))


def resized(grey: npt.NDArray[np.float32], height: int, width: int) -> npt.NDArray[np.float32]:
    """The picture in another size, each pixel the mean of the area that it covers (or interpolated where it grows)."""
    rows = _resampling(grey.shape[0], height)
    columns = _resampling(grey.shape[1], width)
    small: npt.NDArray[np.float32] = (rows @ grey @ columns.T).astype(np.float32)
    return small


@lru_cache(maxsize=256)
def _resampling(before: int, after: int) -> npt.NDArray[np.float32]:
    """The weights of a triangular filter, as wide as a pixel of the smaller of both pictures."""
    scale = before / after
    support = max(1.0, scale)
    centres = (np.arange(after) + 0.5) * scale - 0.5
    weights = np.clip(1 - np.abs(np.arange(before)[None, :] - centres[:, None]) / support, 0, None)
    normed: npt.NDArray[np.float32] = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return normed


def _piece(
    fine: npt.NDArray[np.float32], top: int, bottom: int, left: int, right: int
) -> npt.NDArray[np.float32]:
    return resized(fine[top : FINE - bottom, left : FINE - right], _COARSE, _COARSE)


def _bits(coarse: npt.NDArray[np.float32]) -> int:
    """64 bits: which of the lowest frequencies are above their median."""
    low = (_cosines() @ coarse @ _cosines().T).ravel()
    flags = low > np.median(low[1:])
    return int.from_bytes(np.packbits(flags).tobytes(), "big")


@lru_cache(maxsize=1)
def _cosines() -> npt.NDArray[np.float64]:
    """The lowest rows of the discrete cosine transform (DCT-II)."""
    n = np.arange(_COARSE)
    table: npt.NDArray[np.float64] = np.cos(np.pi * (2 * n[None, :] + 1) * n[:_LOW, None] / (2 * _COARSE))
    return table


def _candidates(hashes: list[PictureHash]) -> list[tuple[int, int]]:
    if len(hashes) < 2:
        return []
    bits = np.stack([one.bits for one in hashes])
    whole = bits[:, 0]
    found: set[tuple[int, int]] = set()
    for start in range(0, len(hashes), _MAX_AT_ONCE):
        for piece in range(bits.shape[1]):
            apart = np.bitwise_count(bits[start : start + _MAX_AT_ONCE, piece, None] ^ whole[None, :])
            rows, columns = np.nonzero(apart <= MAX_BITS_APART)
            for i, j in zip((rows + start).tolist(), columns.tolist(), strict=True):
                if i != j:
                    found.add((min(i, j), max(i, j)))
    return sorted(found)


def _as_piece(whole: npt.NDArray[np.float32], piece: npt.NDArray[np.float32]) -> float:
    """The highest correlation of a picture's detail with that of any large piece of another."""
    best = -1.0
    for height, width in product(_SIDES, repeat=2):
        small = _detail(resized(piece, height, width))
        small = (small - small.mean()).ravel()
        windows = np.lib.stride_tricks.sliding_window_view(_detail(whole), (height, width))
        laid = windows.reshape(-1, height * width)
        laid = laid - laid.mean(axis=1, keepdims=True)
        norms = np.sqrt((laid * laid).sum(axis=1) * (small @ small))
        best = max(best, float(np.max((laid @ small) / np.maximum(norms, 1e-6))))
    return best


def _detail(grey: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The picture without what is broad in it: each pixel less the mean of those around it."""
    half = _BLUR // 2
    padded = np.pad(grey, half, mode="reflect")
    sums = np.pad(padded.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    box = sums[_BLUR:, _BLUR:] - sums[:-_BLUR, _BLUR:] - sums[_BLUR:, :-_BLUR] + sums[:-_BLUR, :-_BLUR]
    detail: npt.NDArray[np.float32] = grey - box / _BLUR**2
    return detail
