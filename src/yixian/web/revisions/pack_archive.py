"""政策包的压缩包: the files of a pack from a .zip, without trusting anything about it."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from yixian.domain.lookalikes import lookalikes_in, meant_characters
from yixian.domain.text_files import TextFileError, decoded
from yixian.engines.entitlements.lost_text import lost_texts
from yixian.engines.entitlements.pack_files import FILES, OPTIONAL
from yixian.engines.entitlements.stray_files import stray_files
from yixian.kernel.errors import Invalid

_MAX_FILES = 200
_MAX_BYTES = 20_000_000
_MAX_NAMED = 10
"""Unpacked, all files together: a hundred times the largest pack shipped."""


def read_archive(file: BinaryIO) -> dict[str, str]:
    """File name → text with plain line ends, wherever in the archive the pack's folder lies.

    Raises `Invalid` for what is no such archive, is too large, lacks a file of a pack, holds one that nobody reads, or text
    that is not UTF-8 or holds radicals in place of characters.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > _MAX_FILES or sum(entry.file_size for entry in entries) > _MAX_BYTES:
                raise Invalid(
                    "archive.too_large", _("The archive is too large for a policy pack."), field="file"
                )
            folder = _folder(entries)
            wanted = {_within(entry.filename, folder): entry for entry in entries}
            strays = sorted(stray_files(wanted, [name for name in wanted if not name or _is_of_pack(name)]))
            texts = {
                name: archive.open(entry).read(_MAX_BYTES + 1)
                for name, entry in wanted.items()
                if _is_of_pack(name)
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Invalid(
            "archive.unreadable", _("This is no archive that can be read."), field="file"
        ) from error
    missing = [name for name in FILES if name not in texts]
    if missing:
        raise Invalid(
            "archive.missing", _("A file of the pack is missing."), field="file", files=", ".join(missing)
        )
    if strays:
        raise Invalid(
            "archive.stray",
            _(
                "Nobody reads these files: %(files)s. Take them away; examples stand in tests/ and end in .yaml."
            ),
            field="file",
            files=", ".join(strays[:_MAX_NAMED]),
        )
    return {name: _text(name, content) for name, content in texts.items()}


def _text(name: str, content: bytes) -> str:
    try:
        text = decoded(content).replace("\r\n", "\n")
    except TextFileError as error:
        raise Invalid(
            "archive.not_utf8",
            _("%(file)s, line %(line)s: this is not UTF-8 text. Save the file as UTF-8."),
            field="file",
            file=name,
            line=error.line,
        ) from error
    for found in lookalikes_in(text):
        raise Invalid(
            "archive.radical",
            _("%(file)s, line %(line)s: a radical stands in place of a character. Write “%(meant)s”."),
            field="file",
            file=name,
            line=text.count("\n", 0, found.start()) + 1,
            meant=meant_characters(found.group()),
        )
    for place, lost in lost_texts(name, text):
        raise Invalid(
            "archive.comment",
            _(
                "%(file)s, line %(line)s: “%(lost)s” behind “ #” is a comment, and lost. Put the whole text in quotes."
            ),
            field="file",
            file=name,
            line=place.line,
            lost=lost,
        )
    return text


def _folder(entries: list[zipfile.ZipInfo]) -> PurePosixPath:
    """Where ``pack.yaml`` lies, nearest to the top."""
    found = [
        PurePosixPath(entry.filename)
        for entry in entries
        if PurePosixPath(entry.filename).name == "pack.yaml"
    ]
    if not found:
        raise Invalid("archive.missing", _("A file of the pack is missing."), field="file", files="pack.yaml")
    return min(found, key=lambda path: len(path.parts)).parent


def _within(name: str, folder: PurePosixPath) -> str:
    path = PurePosixPath(name)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else ""


def _is_of_pack(name: str) -> bool:
    path = PurePosixPath(name)
    return name in (*FILES, *OPTIONAL) or (path.parent.as_posix() == "tests" and path.suffix == ".yaml")
