"""工作簿文件: the ZIP archive that a workbook is, opened only after it was seen to be harmless."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO
from xml.etree import ElementTree as ET

MAX_FILE = 200 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes; a county of 12,000 households unpacks to 100 MB."""

MAX_RATIO = 100
"""What a spreadsheet program writes unpacks to five to thirty times its size; a file made to do harm, to a hundred and more."""

_SMALL = 16 * 1024 * 1024
"""Bytes of which no ratio is asked: an empty template is small and repeats itself."""

_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an OLE file begins: the .xls of before 2007, or a workbook with a password."""

_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
"""The two namespaces of ECMA-376: transitional, which is usual, and strict."""

_BOOK = "xl/workbook.xml"

FIRST_DAY, FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""From which day bare numbers count days (ECMA-376 18.17.4.1; of the first system, days after February 1900)."""
_PADDED = re.compile(r"0{2,}")
"""A number format that fills up with zeros in front, and nothing besides."""


class FileFault(Exception):
    """The file cannot be read at all; ``rule`` says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Archive:
    """A workbook's archive: its sheets' XML by their names.

    ``hidden`` are the names of the sheets that nobody sees, ``first_day`` the day from which bare numbers count days, and
    ``padded`` by a cell style's number how many digits it shows, with zeros in front.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        book = _small_xml(archive, _BOOK)
        sheets = list(book.iterfind("{*}sheets/{*}sheet"))
        self._pages = _page_files(archive, sheets)
        self.hidden = frozenset(
            one.get("name", "") for one in sheets if one.get("state", "visible") != "visible"
        )
        properties = book.find("{*}workbookPr")
        counts_from_1904 = properties is not None and properties.get("date1904") in {"1", "true", "on"}
        self.first_day = FIRST_DAY_OF_1904 if counts_from_1904 else FIRST_DAY
        self.padded = _padded_styles(archive)

    def page(self, name: str) -> bytes:
        """The XML of a sheet. Raises `FileFault` if the archive does not say where it is."""
        if name not in self._pages:
            raise FileFault("file.not_workbook")
        return self._archive.read(self._pages[name])

    def has_cells(self, name: str) -> bool:
        """Whether anything stands in a sheet."""
        return name not in self._pages or b"<v" in self.page(name) or b"<is" in self.page(name)


@contextmanager
def open_archive(source: BinaryIO, *, unpacked: int = MAX_UNPACKED) -> Iterator[Archive]:
    """The archive while the block runs. Raises `FileFault` for what is no workbook, or would unpack to too much.

    ``unpacked`` is how many bytes it may hold in all.
    """
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    if size > MAX_FILE:
        raise FileFault("file.too_large")
    if source.read(len(_OLD_OR_LOCKED)) == _OLD_OR_LOCKED:
        raise FileFault("file.old_or_locked")
    try:
        file = zipfile.ZipFile(source)
        _require_harmless(file, unpacked)
        if _BOOK not in file.namelist() and any(name.startswith("xl/workbook") for name in file.namelist()):
            raise FileFault("file.unusual")
        archive = Archive(file)
    except (zipfile.BadZipFile, zlib.error, KeyError, ET.ParseError, EOFError, RuntimeError) as error:
        raise FileFault("file.not_workbook") from error
    with file:
        yield archive


def _require_harmless(archive: zipfile.ZipFile, unpacked: int) -> None:
    """Every part unpacks to the size it claims, and all of them to no more than is allowed."""
    entries = archive.infolist()
    size, packed = (sum(getattr(entry, name) for entry in entries) for name in ("file_size", "compress_size"))
    if size > unpacked or size > max(_SMALL, MAX_RATIO * packed):
        raise FileFault("file.too_large")
    if archive.testzip() is not None:
        raise FileFault("file.not_workbook")


def _page_files(archive: zipfile.ZipFile, sheets: list[ET.Element]) -> dict[str, str]:
    """Sheet name → the path of its XML in the archive."""
    relations = _small_xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    names = set(archive.namelist())
    found = {}
    for entry in sheets:
        named = next((entry.get(relation) for relation in _RELATIONS if entry.get(relation)), None)
        target = targets.get(named, "").lstrip("/")
        page = target if target.startswith("xl/") else f"xl/{target}"
        if page in names:
            found[entry.get("name", "")] = page
    return found


def _padded_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """Number of a cell style → how many digits it shows, of those whose number format is zeros alone."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _small_xml(archive, "xl/styles.xml")
    widths = {
        one.get("numFmtId"): len(code)
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
        if _PADDED.fullmatch(code := one.get("formatCode", "").replace('"', "").replace("\\", ""))
    }
    cells = styles.iterfind("{*}cellXfs/{*}xf")
    return {
        number: widths[one.get("numFmtId")]
        for number, one in enumerate(cells)
        if one.get("numFmtId") in widths
    }


def _small_xml(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """A part that no spreadsheet program writes with a document type, which is how entities would come in."""
    content = archive.read(name)
    if b"<!DOCTYPE" in content:
        raise FileFault("file.not_workbook")
    return ET.fromstring(content)  # noqa: S314 - without a document type there is nothing to expand
