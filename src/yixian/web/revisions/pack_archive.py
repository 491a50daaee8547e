"""政策包的压缩包: the files of a pack from a .zip, without trusting anything about it."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from yixian.engines.entitlements.pack_files import FILES, OPTIONAL
from yixian.kernel.errors import Invalid

_MAX_FILES = 200
_MAX_BYTES = 20_000_000
"""Unpacked, all files together: a hundred times the largest pack shipped."""


def read_archive(file: BinaryIO) -> dict[str, str]:
    """File name → text with plain line ends, wherever in the archive the pack's folder lies.

    Raises `Invalid` for what is no such archive, is too large, lacks a file of a pack, or is not UTF-8.
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
    try:
        return {name: text.decode("utf-8-sig").replace("\r\n", "\n") for name, text in texts.items()}
    except UnicodeDecodeError as error:
        raise Invalid("archive.not_utf8", _("The files must be UTF-8 text."), field="file") from error


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
