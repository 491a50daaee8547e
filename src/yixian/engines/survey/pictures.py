"""随表的照片: whether a file that came with a sheet is there and is a picture."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from yixian.lazy_imports import Image

FORMATS = ("JPEG", "PNG", "WEBP")
_MAX_PIXELS = 60_000_000


def is_picture(folder: Path, name: str) -> bool:
    """Whether the file of this plain name in the folder is a picture that can be opened; nothing outside is looked at."""
    path = folder / name
    if PurePosixPath(name).name != name or "\\" in name or not path.is_file() or path.is_symlink():
        return False
    try:
        with Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > _MAX_PIXELS:
                return False
            picture.verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
