"""收文件: a stranger's handful of files is sorted by what it holds, and taken whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.kernel.received.pictures import jpeg, made, placed_jpeg, png_bomb
from tests.kernel.received.voice_note_samples import film, recorded
from yixian.kernel.errors import Invalid
from yixian.kernel.received.limits import MAX_PHOTOGRAPHS, MAX_TOTAL_BYTES, MAX_VOICE_NOTES
from yixian.kernel.received.receiving import Received, received_of
from yixian.kernel.received.upload import Upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def zip_bomb() -> bytes:
    """A hundred megabytes in a hundred kilobytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letter.txt", b"\0" * 100_000_000)
    return buffer.getvalue()


def refusal(*uploads: Upload) -> Invalid:
    with pytest.raises(Invalid) as caught:
        received_of(uploads)
    return caught.value


def test_each_is_taken_for_what_it_holds_and_not_for_its_name() -> None:
    kept = received_of(
        [
            Upload("voice.ogg", jpeg(40, 30)),
            Upload("photo.jpg", recorded("ogg")),
            Upload("letter.pdf", made("PNG")),
            Upload("", recorded("webm")),
            Upload("page.html", made("WEBP")),
        ]
    )
    assert [(one.width, one.height) for one in kept.photographs] == [(40, 30)] * 3
    assert [one.seconds for one in kept.voice_notes] == [2, 2]


def test_no_files_are_nothing() -> None:
    assert received_of([]) == Received()


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("received.kind", b""),
        ("received.kind", SVG),
        ("received.kind", HTML),
        ("received.kind", PDF),
        ("received.kind", zip_bomb),
        ("received.kind", made("GIF")),
        ("received.kind", made("BMP")),
        ("received.kind", made("TIFF")),
        ("received.kind", b"\x02#!SILK_V3" + b"\0" * 99),
        ("received.kind", b"MZ" + b"\0" * 99),
        ("photo.pixels", png_bomb(31_623, 31_623)),
        ("photo.pixels", png_bomb(1, 1_000_000_000)),
        ("photo.damaged", jpeg(800, 600)[:2000]),
        ("photo.damaged", png_bomb(100, 100)),
        ("photo.kind", b"\xff\xd8\xff" + HTML),
        ("sound.kind", film()),
        ("received.kind", HEIC),
        ("sound.damaged", recorded("m4a")[:3000]),
        ("sound.damaged", b"OggS" + HTML),
    ],
)
def test_what_may_not_come_in_is_refused_by_name(key: str, content: bytes | Callable[[], bytes]) -> None:
    """Whatever its name, and whatever good files stand around it."""
    content = content() if callable(content) else content
    for name in ("a.jpg", "a.mp3", "a"):
        error = refusal(
            Upload("good.jpg", jpeg(40, 30)), Upload(name, content), Upload("good.png", made("PNG"))
        )
        assert error.key == key
        assert error.params["file"] == name
        assert error.sentence.startswith(f"{name}：")


@pytest.mark.parametrize(
    "content",
    [
        jpeg() + HTML,
        lambda: jpeg() + zip_bomb()[:5000],
        placed_jpeg(),
        made("PNG") + PDF,
        made("PNG", pnginfo=None) + SVG,
        recorded("ogg") + HTML,
        recorded("mp3") + PDF,
        recorded("wav") + SVG,
    ],
)
def test_two_files_in_one_are_kept_as_one(content: bytes | Callable[[], bytes]) -> None:
    kept = received_of([Upload("a", content() if callable(content) else content)])
    for one in (*kept.photographs, *kept.voice_notes):
        for trace in (b"script", b"JavaScript", b"PK\x03\x04", b"SPY-CAMERA", b"%PDF", b"<svg"):
            assert trace not in one.content


def test_a_page_inside_a_comment_of_a_photograph_is_gone() -> None:
    buffer = BytesIO()
    Image.new("RGB", (40, 30)).save(buffer, "JPEG", comment=HTML)
    assert HTML in buffer.getvalue()
    [kept] = received_of([Upload("a.html", buffer.getvalue())]).photographs
    assert b"script" not in kept.content + kept.small


def test_the_seventh_photograph_and_the_third_note_are_named() -> None:
    pictures = [Upload(f"{number}.jpg", jpeg(40, 30)) for number in range(MAX_PHOTOGRAPHS + 1)]
    notes = [Upload(f"{number}.ogg", recorded()) for number in range(MAX_VOICE_NOTES + 1)]
    kept = received_of([*pictures[1:], *notes[1:]])
    assert (len(kept.photographs), len(kept.voice_notes)) == (MAX_PHOTOGRAPHS, MAX_VOICE_NOTES)
    too_many = refusal(*pictures)
    assert (too_many.key, too_many.params["file"]) == ("received.photographs", "6.jpg")
    too_many = refusal(*pictures[1:], *notes)
    assert (too_many.key, too_many.params["file"]) == ("received.sounds", "2.ogg")


def test_fifty_megabytes_are_refused_before_a_file_is_opened() -> None:
    """Six photographs of nine megabytes, each of which could be taken alone."""
    heavy = jpeg(40, 30) + b"\0" * (9 * 1024 * 1024)
    assert len(received_of([Upload("a.jpg", heavy)]).photographs) == 1
    error = refusal(*(Upload(f"{number}.jpg", heavy) for number in range(MAX_PHOTOGRAPHS)))
    assert (error.key, error.params["file"]) == ("received.large", "5.jpg")
    assert 6 * len(heavy) > MAX_TOTAL_BYTES > 5 * len(heavy)
    assert (
        refusal(*(Upload(f"{number}.svg", b"\0" * 30_000_000) for number in range(2))).key == "received.large"
    )


def test_a_long_name_is_not_repeated_whole() -> None:
    assert refusal(Upload("x" * 5000, SVG)).params["file"] == "x" * 80
