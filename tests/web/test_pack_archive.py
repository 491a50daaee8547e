"""政策包压缩档: a pack handed in as an archive is read as its folder is, and what nobody reads is named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from yixian.kernel.errors import Invalid
from yixian.web.revisions.pack_archive import read_archive

PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"


def _archive(**more: bytes) -> io.BytesIO:
    """The pack in a folder of an archive, with more files or others in the place of its own."""
    files = {
        path.relative_to(PACK).as_posix(): path.read_bytes() for path in PACK.rglob("*") if path.is_file()
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (files | more).items():
            archive.writestr(f"丹江口/{name}", content)
    return packed


def test_a_pack_is_read_wherever_it_lies_in_whatever_encoding_it_declares():
    items = (PACK / "items.csv").read_text(encoding="utf-8")
    assert read_archive(_archive(**{"items.csv": items.encode("utf-16")}))["items.csv"] == items


@pytest.mark.parametrize(
    ("name", "content", "key", "params"),
    [
        ("tests/MORE.YAML", b"x", "archive.stray", {"files": "tests/MORE.YAML"}),
        ("tables/prices.xlsx", b"x", "archive.stray", {"files": "tables/prices.xlsx"}),
        ("items.csv", "a\n土木\n".encode("gb18030"), "archive.not_utf8", {"file": "items.csv", "line": 2}),
        (
            "items.csv",
            "a\n⼟木\n".encode(),
            "archive.radical",
            {"file": "items.csv", "line": 2, "meant": "土"},
        ),
        (
            "vocabulary.yaml",
            "things: []\nsubjects:\n  - zh: [x]\n    en: [y]\n    title:\n      zh: 一 #1 二\n".encode(),
            "archive.comment",
            {"file": "vocabulary.yaml", "line": 6, "lost": "#1 二"},
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_named_with_its_place(name, content, key, params):
    with pytest.raises(Invalid) as caught:
        read_archive(_archive(**{name: content}))
    assert (caught.value.key, caught.value.params) == (key, params)
