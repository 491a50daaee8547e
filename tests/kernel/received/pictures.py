"""Photographs to send, sound ones and others."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def jpeg(
    width: int = 320, height: int = 240, *, colour: str = "red", exif: Image.Exif | None = None
) -> bytes:
    """A plain JPEG."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG", exif=exif or Image.Exif())
    return buffer.getvalue()


def placed_jpeg() -> bytes:
    """A JPEG that says where and with what it was taken, and that it lies on its side; its upper left corner is blue."""
    exif = Image.Exif()
    exif[MAKE] = "SPY-CAMERA"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (27.0, 10.0, 30.0), 3: "E", 4: (103.0, 38.0, 12.0)})
    image = Image.new("RGB", (400, 200), "white")
    image.paste("blue", (0, 0, 100, 50))
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=b"secret comment", quality=95)
    return buffer.getvalue()


def made(kind: str, **options: object) -> bytes:
    """A small picture of another kind."""
    buffer = BytesIO()
    Image.new("RGBA" if kind in {"PNG", "WEBP"} else "P", (40, 30)).save(buffer, kind, **options)
    return buffer.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
