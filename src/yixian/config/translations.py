"""译文: compiles the translations that changed. Needs no program beside Python: ``python -m yixian.config.translations``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def catalogues() -> Iterator[Path]:
    """Every ``django.po`` of the product."""
    yield from sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/django.po"))


def compile_changed() -> int:
    """Compile each catalogue that is newer than what it was compiled to; how many were."""
    changed = [source for source in catalogues() if _is_newer(source)]
    for source in changed:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
        unfinished = source.with_suffix(".mo.part")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.replace(source.with_suffix(".mo"))
    return len(changed)


def _is_newer(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    compile_changed()
