"""照片的处理: a photograph is taken apart and made anew, so that nothing is kept of it but what can be seen.

Whatever the file says of itself counts for nothing: it is opened as a JPEG, PNG or WebP or not at all, measured before a
single pixel is decoded, turned as its camera says, and written as a plain JPEG without place, camera, comments or
anything that stood before or behind the picture.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid
from yixian.kernel.received.upload import Upload
from yixian.lazy_imports import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
SMALL_SIDE = 320
_QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP")


class NoPhotograph(Invalid):
    """A file is no photograph that can be kept; ``params["file"]`` is its name, the key says the rule (``photo.*``)."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph made anew: the picture and its small one as JPEG, with the size of the picture in pixels."""

    content: bytes
    small: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The digest of the picture."""
        return hashlib.sha256(self.content).hexdigest()


def photograph_of(upload: Upload) -> Photograph:
    """The photograph that a file holds.

    Raises `NoPhotograph` with the file's name: ``photo.large`` beyond ten megabytes, ``photo.kind`` for
    what is no JPEG, PNG or WebP, ``photo.pixels`` beyond forty million pixels, ``photo.damaged`` where it cannot be read.
    """
    if len(upload.content) > MAX_BYTES:
        raise _refused(
            upload, "photo.large", _("%(file)s: larger than ten megabytes. Take it again at a lower quality.")
        )
    image = _opened(upload)
    if image.width * image.height > MAX_PIXELS:
        raise _refused(upload, "photo.pixels", _("%(file)s: more than forty million pixels."))
    try:
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture = _flat(ImageOps.exif_transpose(image))
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        small = picture.copy()
        small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError, TypeError) as error:
        raise _refused(
            upload, "photo.damaged", _("%(file)s: the photograph is damaged and cannot be read.")
        ) from error
    return Photograph(_jpeg(picture), _jpeg(small), picture.width, picture.height)


def is_photograph(content: bytes) -> bool:
    """Whether something begins as a JPEG, a PNG or a WebP does; whether it is one shows when it is opened."""
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    )


def _opened(upload: Upload) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        return Image.open(BytesIO(upload.content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused(upload, "photo.pixels", _("%(file)s: more than forty million pixels.")) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise _refused(
            upload, "photo.kind", _("%(file)s: this is no JPEG, PNG or WebP, whatever its name says.")
        ) from error


def _flat(image: Image.Image) -> Image.Image:
    """The picture in plain colours, on white where it was transparent."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    """The pixels alone, as a JPEG."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    buffer = BytesIO()
    bare.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def _refused(upload: Upload, key: str, sentence: str | Promise) -> NoPhotograph:
    return NoPhotograph(key, sentence, field="photos", file=upload.shown)
