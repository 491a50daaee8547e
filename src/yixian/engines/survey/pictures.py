"""随表的照片: whether a file that came with a sheet is there and is a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path, PurePosixPath

from yixian.lazy_imports import Image

FORMATS = ("JPEG", "PNG", "WEBP")
_MAX_PIXELS = 60_000_000


def is_picture(folder: Path, name: str) -> bool:
    """Whether the file of this plain name in the folder is a picture that can be opened; nothing outside is looked at."""
    path = folder / name
    if not is_plain_name(name) or not path.is_file() or path.is_symlink():
        return False
    return _opens(path)


def is_picture_content(content: bytes) -> bool:
    """Whether these bytes are a picture that can be opened."""
    return _opens(BytesIO(content))


def is_plain_name(name: str) -> bool:
    """Whether a file's name leads into no other folder."""
    return bool(name) and PurePosixPath(name).name == name and "\\" not in name


def _opens(source: Path | BytesIO) -> bool:
    try:
        with Image.open(source, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > _MAX_PIXELS:
                return False
            picture.verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
