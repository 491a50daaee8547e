"""照片: the photographs of a survey as files: whose they are by their names, when they were taken, and what they look like.

A file belongs to a line whose row names it, or whose id its name begins with; else to the sheet, or the household, with
whose id its name or that of a folder around it begins. Signatures are no photographs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from yixian.domain.written_days import WrittenDayError, written_day
from yixian.engines.audit.picture_hash import FINE, PictureHash, picture_hash
from yixian.engines.audit.surveyed import SurveyedItem, SurveyTables
from yixian.lazy_imports import Image, ImageOps, np

FORMATS = ("JPEG", "PNG", "WEBP")
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
MAX_PIXELS = 60_000_000
_SIGNATURE = re.compile(r"signature|签名|签字", re.IGNORECASE)
_ENDS = re.compile(r"(?<=[^\W_])(?=[\W_])|$")
_EXIF_IFD = 0x8769
_TAKEN = (36867, 36868)  # DateTimeOriginal, DateTimeDigitized
_WRITTEN = 306  # DateTime, in the first directory
_Known = TypeVar("_Known")


@dataclass(frozen=True, slots=True)
class Photograph:
    """A file with whose it is ("" where its name does not say so), its day, its digest, and how it looks (None: plain)."""

    name: str
    household_id: str
    line_id: str
    instance: str
    taken_on: date | None
    digest: str
    looks: PictureHash | None


@dataclass(frozen=True, slots=True)
class PhotographFolder:
    """The photographs of a folder, and by name the files that are none, and those whose line or sheet nothing says."""

    photographs: tuple[Photograph, ...]
    unreadable: tuple[str, ...]
    of_nobody: tuple[str, ...]


class _Owners:
    """Whose a file is, by its name."""

    def __init__(self, tables: SurveyTables) -> None:
        self.tables = tables
        self.named: dict[str, SurveyedItem] = {
            name: item for item in tables.items for name in item.photographs
        }
        for name, line in tables.photographs.items():
            self.named[name] = tables.item_by_line[line]
        self.sheets = tables.sheet_by_instance
        ids = [one.household_id for one in tables.items] + [one.household_id for one in tables.sheets]
        self.households = {one: one for one in ids}

    def of(self, path: str) -> tuple[str, str, str]:
        """Household, line and instance."""
        parts = path.split("/")
        item = self.named.get(path) or self.named.get(parts[-1])
        for part in reversed(parts):
            item = item or _begins(part, self.tables.item_by_line)
        if item is not None:
            sheet = self.tables.sheet_by_line.get(item.line_id)
            return item.household_id, item.line_id, sheet.instance if sheet else ""
        for part in reversed(parts):
            named = _begins(part.removeprefix("uuid:"), self.sheets)
            if named is not None:
                return named.household_id, "", named.instance
        households = (_begins(part, self.households) for part in reversed(parts))
        return next((one for one in households if one), ""), "", ""


def read_photographs(folder: Path, tables: SurveyTables) -> PhotographFolder:
    """Every photograph in a folder and those in it, by name."""
    owners = _Owners(tables)
    found, unreadable, of_nobody = [], [], []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        household, line, instance = owners.of(name)
        if not line and _SIGNATURE.search(path.name):
            continue
        one = _read(path, name, household, line, instance)
        if one is None:
            unreadable.append(name)
            continue
        if not household:
            of_nobody.append(name)
        found.append(one)
    return PhotographFolder(tuple(found), tuple(unreadable), tuple(of_nobody))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink():
            yield path


def _begins(name: str, known: Mapping[str, _Known]) -> _Known | None:
    """What is known by the longest beginning of a name that ends where a word of it ends."""
    for end in sorted({found.start() for found in _ENDS.finditer(name)}, reverse=True):
        if name[:end] in known:
            return known[name[:end]]
    return None


def _read(path: Path, name: str, household: str, line: str, instance: str) -> Photograph | None:
    content = path.read_bytes()
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            taken_on = _taken_on(picture.getexif())
            picture.draft("L", (2 * FINE, 2 * FINE))
            grey = ImageOps.exif_transpose(picture).convert("L")
            looks = picture_hash(np.asarray(grey, dtype=np.float32))
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None
    return Photograph(name, household, line, instance, taken_on, sha256(content).hexdigest(), looks)


def _taken_on(exif: Image.Exif) -> date | None:
    """The day that a camera wrote into a picture; None if it wrote none that is a day."""
    inner = exif.get_ifd(_EXIF_IFD)
    for text in _texts(*(inner.get(tag) for tag in _TAKEN), exif.get(_WRITTEN)):
        day = text[:10].replace(":", "-")
        try:
            return written_day(day)
        except WrittenDayError:
            continue
    return None


def _texts(*values: object) -> Iterable[str]:
    return (value for value in values if isinstance(value, str))
