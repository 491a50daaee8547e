"""照片: whatever is sent, what is kept is a picture and nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.kernel.received.pictures import jpeg, made, placed_jpeg, png_bomb
from yixian.kernel.received.photographs import MAX_BYTES, MAX_SIDE, SMALL_SIDE, NoPhotograph, photograph_of
from yixian.kernel.received.upload import Upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"


def key_of(content: bytes, name: str = "a.jpg") -> str:
    with pytest.raises(NoPhotograph) as caught:
        photograph_of(Upload(name, content))
    assert caught.value.params["file"] == name
    assert caught.value.field == "photos"
    return caught.value.key


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("svg", SVG),
        ("html", HTML),
        ("nothing", b""),
        ("gif", made("GIF")),
        ("bmp", made("BMP")),
        ("tiff", made("TIFF")),
        ("pdf", b"%PDF-1.7\n1 0 obj"),
        ("zip", b"PK\x03\x04" + b"\0" * 60),
        ("eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
        ("a jpeg's beginning", b"\xff\xd8\xff\xe0"),
    ],
)
def test_only_the_three_kinds_are_photographs(what: str, content: bytes) -> None:
    assert key_of(content) == "photo.kind", what


def test_a_name_makes_no_photograph() -> None:
    assert key_of(SVG, "photo.png") == "photo.kind"


def test_more_than_ten_megabytes_are_refused_unopened() -> None:
    assert key_of(b"\xff\xd8" + b"\0" * MAX_BYTES) == "photo.large"


@pytest.mark.parametrize("size", [(8000, 5001), (20_000, 20_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(size: tuple[int, int]) -> None:
    assert key_of(png_bomb(*size)) == "photo.pixels"


def test_a_damaged_photograph_is_refused() -> None:
    assert key_of(jpeg(800, 600)[:400]) in {"photo.damaged", "photo.kind"}
    assert key_of(png_bomb(100, 100)) == "photo.damaged"


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    sent = placed_jpeg()
    assert b"SPY-CAMERA" in sent
    kept = photograph_of(Upload("a.jpg", sent))
    for content in (kept.content, kept.small):
        picture = Image.open(BytesIO(content))
        assert dict(picture.getexif()) == {}
        assert "exif" not in picture.info
        assert "comment" not in picture.info
        for secret in (b"SPY-CAMERA", b"secret", b"GPS", b"Exif"):
            assert secret not in content
    picture = Image.open(BytesIO(kept.content)).convert("RGB")
    assert picture.size == (kept.width, kept.height) == (200, 400)
    red, _green, blue = picture.getpixel((190, 10))
    assert blue > 200 > red


def test_what_stands_behind_the_picture_is_not_kept() -> None:
    kept = photograph_of(Upload("a.jpg", jpeg() + HTML + b"PK\x03\x04" + SVG))
    assert b"script" not in kept.content
    assert kept.content.startswith(b"\xff\xd8")
    assert kept.content.endswith(b"\xff\xd9")


def test_a_large_photograph_is_made_smaller() -> None:
    kept = photograph_of(Upload("a.jpg", jpeg(4000, 3000)))
    assert (kept.width, kept.height) == (MAX_SIDE, 1200)
    assert max(Image.open(BytesIO(kept.small)).size) == SMALL_SIDE


@pytest.mark.parametrize("content", [made("PNG"), made("WEBP"), jpeg()])
def test_all_three_kinds_become_jpegs(content: bytes) -> None:
    kept = photograph_of(Upload("a", content))
    assert Image.open(BytesIO(kept.content)).format == "JPEG"
    assert len(kept.sha256) == 64
