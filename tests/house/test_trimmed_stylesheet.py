"""裁过的样式: the stylesheet that pages load holds every class that their templates name, and stays small."""

from __future__ import annotations

import re

from scripts.trim_stylesheet import SOURCE, TARGET, classes_of_templates


def classes_in(text: str) -> set[str]:
    return set(re.findall(r"\.([A-Za-z_][\w-]*)", text))


def test_it_holds_every_class_of_tabler_that_a_template_names() -> None:
    """After an upgrade, or with a class that no page used before: `python -m scripts.trim_stylesheet`."""
    named = classes_of_templates() & classes_in(SOURCE.read_text())
    assert named - classes_in(TARGET.read_text()) == set()


def test_it_stays_light() -> None:
    assert len(TARGET.read_bytes()) < 80_000
