"""没有人读的文件: files in a pack's folder that look like a part of it and that nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

_PAPERS = frozenset(
    {".md", ".rst", ".pdf", ".docx", ".doc", ".odt", ".html", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
)
"""What people read and no program: the decree itself, its scans, notes on it."""

_NOTES = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "makefile"})
_REPOSITORY = ".git"
_DATA = frozenset({".yaml", ".yml", ".csv", ".json"})


def stray_files(there: Iterable[str], read: Collection[str]) -> Iterator[str]:
    """Of the files in a pack's folder (paths below it), those that nobody reads, whatever their letters' case.

    If nobody reads them, somebody believes in vain that they count: an example in ``tests/more.YAML``, or prices in
    ``prices.csv.bak`` or ``tables/prices.xlsx``. Papers, notes and hidden files are passed over, unless they hold data.
    """
    return (name for name in there if name not in read and not _is_paper(PurePosixPath(name)))


def _is_paper(path: PurePosixPath) -> bool:
    suffix = path.suffix.lower()
    if suffix in _DATA:
        return _REPOSITORY in path.parts
    hidden = any(part.startswith(".") for part in path.parts)
    return hidden or suffix in _PAPERS or path.name.split(".")[0].lower() in _NOTES
