"""Invented photographs: textures with the spectrum of natural scenes (Field 1987), a sky above."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 320, 240
_FALL = 1.3


def scene(number: int) -> Image.Image:
    """The scene of a number: a sky, a ground and six things before it."""
    random = np.random.default_rng(number)
    down = np.fft.fftfreq(HEIGHT)[:, None]
    across = np.fft.rfftfreq(WIDTH)[None, :]
    frequency = np.sqrt(across**2 + down**2)
    frequency[0, 0] = np.inf
    waves = random.normal(size=frequency.shape) + 1j * random.normal(size=frequency.shape)
    grey = np.fft.irfft2(waves / frequency**_FALL, s=(HEIGHT, WIDTH))
    grey = (grey - grey.mean()) / grey.std() + np.linspace(1.5, -1.5, HEIGHT)[:, None]
    for _thing in range(6):
        x, y = random.integers(0, WIDTH - 40), random.integers(0, HEIGHT - 40)
        width, height = random.integers(16, 120, 2)
        grey[y : y + height, x : x + width] += 1.2 * random.normal()
    return Image.fromarray(np.clip(128 + 45 * grey, 0, 255).astype(np.uint8)).convert("RGB")


def save(picture: Image.Image, path: Path, taken_on: date | None = None, quality: int = 80) -> None:
    """As a camera writes it."""
    exif = Image.Exif()
    if taken_on is not None:
        exif.get_ifd(0x8769)[36867] = f"{taken_on:%Y:%m:%d} 10:00:00"
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG" if path.suffix == ".png" else "JPEG", quality=quality, exif=exif)
    path.write_bytes(buffer.getvalue())


def cropped(
    picture: Image.Image, *, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0
) -> Image.Image:
    """Without shares of its sides."""
    width, height = picture.size
    box = (left * width, top * height, width * (1 - right), height * (1 - bottom))
    return picture.crop(tuple(round(one) for one in box))
