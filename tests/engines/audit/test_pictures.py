"""Copies of a photograph are known again; photographs of other things, and of nothing, are not taken for one."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.engines.audit.pictures import cropped, save, scene
from yixian.engines.audit.photograph_files import read_photographs
from yixian.engines.audit.picture_hash import PictureHash, near_pairs, picture_hash
from yixian.engines.audit.surveyed import SurveyedItem, SurveyedSheet, SurveyTables


def looks(picture: Image.Image) -> PictureHash:
    found = picture_hash(np.asarray(picture.convert("L"), dtype=np.float32))
    assert found is not None
    return found


def compressed(picture: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer)


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda picture: compressed(picture.resize((160, 120)), 60),
    "larger": lambda picture: picture.resize((1000, 750)),
    "poor": lambda picture: compressed(picture, 15),
    "cropped all round": lambda picture: cropped(picture, left=0.04, top=0.05, right=0.05, bottom=0.04),
    "cropped above": lambda picture: compressed(cropped(picture, top=0.08), 50),
    "brighter": lambda picture: picture.point(lambda level: min(255, level * 1.2 + 5)),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_is_known_again_and_no_other(how: str) -> None:
    scenes = [scene(n) for n in range(100, 110)]
    copies = [COPIES[how](one) for one in scenes]
    pairs = near_pairs([looks(one) for one in (*scenes, *copies)])
    assert pairs == [(n, n + len(scenes)) for n in range(len(scenes))]


def test_skies_above_grounds_are_not_one_picture() -> None:
    """What is alike in all of them is broad; what differs is small."""
    pictures = []
    for n in range(8):
        picture = Image.linear_gradient("L").resize((320, 240)).convert("RGB")
        x, width = 20 + 33 * n, 20 + 37 * n % 60
        ImageDraw.Draw(picture).rectangle((x, 150, x + width, 200), fill=(120, 60, 40))
        ImageDraw.Draw(picture).ellipse((280 - x, 60 + 9 * n, 310 - x, 100 + 9 * n), fill=(30, 90, 30))
        pictures.append(picture)
    assert near_pairs([looks(one) for one in pictures]) == []


def test_nothing_is_seen_on_a_plain_picture() -> None:
    assert picture_hash(np.full((240, 320), 90, dtype=np.float32)) is None


def test_files_are_given_to_their_lines_and_sheets(tmp_path: Path) -> None:
    sheet = SurveyedSheet("a1", "H1", "M", "N", date(2024, 5, 1), None, is_exact=False, parcel_mu=None)
    items = (
        SurveyedItem("H1-tree-1", "H1", "tree.fruit", None),
        SurveyedItem("H1-tree-12", "H1", "tree.fruit", None, photographs=("IMG_7.jpg",)),
    )
    tables = SurveyTables(items, (sheet,), photographs={"a1/x.jpg": "H1-tree-1"})
    for n, name in enumerate(
        (
            "H1-tree-1-2.jpg",
            "H1-tree-12.png",
            "IMG_7.jpg",
            "a1/x.jpg",
            "uuid:a1/y.jpg",
            "a1_z.jpg",
            "H1.jpg",
            "b.jpg",
        )
    ):
        save(scene(n), tmp_path / name, date(2024, 5, n + 1))
    save(scene(20), tmp_path / "a1" / "signature.png")
    (tmp_path / "a1" / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    folder = read_photographs(tmp_path, tables)
    assert {one.name: (one.line_id, one.instance) for one in folder.photographs} == {
        "H1-tree-1-2.jpg": ("H1-tree-1", "a1"),
        "H1-tree-12.png": ("H1-tree-12", "a1"),
        "IMG_7.jpg": ("H1-tree-12", "a1"),
        "a1/x.jpg": ("H1-tree-1", "a1"),
        "uuid:a1/y.jpg": ("", "a1"),
        "a1_z.jpg": ("", "a1"),
        "H1.jpg": ("", ""),
        "b.jpg": ("", ""),
    }
    assert folder.unreadable == ("a1/torn.jpg",)
    assert folder.of_nobody == ("b.jpg",)
    assert {one.name: one.taken_on for one in folder.photographs}["IMG_7.jpg"] == date(2024, 5, 3)
