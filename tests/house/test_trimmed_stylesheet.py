"""裁过的样式: the stylesheet that pages load holds every rule that they use, and is as small as it can be."""

from __future__ import annotations

from scripts.trim_stylesheet import TARGET, trimmed


def test_it_is_what_the_pages_use_today() -> None:
    """After an upgrade, or with a class that no page used before: `python -m scripts.trim_stylesheet`."""
    assert TARGET.read_text() == trimmed()


def test_it_stays_light() -> None:
    assert len(TARGET.read_bytes()) < 80_000
