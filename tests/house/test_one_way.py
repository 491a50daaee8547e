"""一事一法: what every room needs is done in one way, and said in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yixian

SOURCE = Path(yixian.__file__).parent

CLOCK_READERS = {"web", "api", "cli", "demo", "config"}
"""Where a moment comes from; every room below is handed it."""

CLOCK_READERS_OF_THE_KERNEL = {
    "kernel/jobs.py",
    "kernel/management/commands/work.py",
}
"""What runs by itself asks for the moment when it begins, and hands it on."""


def sources() -> Iterator[tuple[str, str]]:
    for path in SOURCE.rglob("*.py"):
        yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")


def places(pattern: str) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{name}:{number}"
        for name, text in sources()
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


def test_a_role_is_asked_for_in_one_place() -> None:
    assert [place.split(":")[0] for place in places(r'NotPermitted\("access.role"')] == [
        "kernel/permission.py"
    ]
    assert places(r"\.roles\.isdisjoint\(|if .*\.roles \.roles\.isdisjoint\(|\.roles &  ") == places(
        r"not self\.roles\.isdisjoint\("
    )


def test_the_local_day_of_a_moment_is_told_in_one_way() -> None:
    """`django.utils.timezone.localdate` of the moment."""
    assert places(r"localtime\(.*\)\.date\(\)") == []


def test_rooms_are_handed_the_moment_and_read_no_clock() -> None:
    readers = {
        place.split(":")[0]
        for place in places(r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(\)|localtime\(\)")
    }
    assert {
        name for name in readers if name.split("/")[0] not in CLOCK_READERS
    } == CLOCK_READERS_OF_THE_KERNEL


def test_fen_become_yuan_in_one_place() -> None:
    assert places(r"fen\w*\)? ?/ ?100\b|fen\)\.scaleb\(") == places(r"Decimal\(fen\)\.scaleb\(-CNY\.digits\)")


def test_a_day_is_printed_in_one_way() -> None:
    assert [place.split(":")[0] for place in places(r'"month": \w+\.month')] == ["kernel/pdf_rendering.py"]
    assert places(r'date_format\(.*"DATE_FORMAT"\)') == []
