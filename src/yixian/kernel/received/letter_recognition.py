"""来信识别: what the writing on a photographed letter may say. The machine proposes; a person reads it over and confirms.

Nothing is stored here, nothing leaves this machine: the models stand beside the library that runs them. The library
takes seconds to load and some hundred megabytes once it is loaded, and a house without it takes letters all the same, typed
by hand. So it is no part of starting up: it is called by its address, as jobs are, when the first letter is read, and kept.
A page takes some seconds, so read it in a job.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import threading
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from yixian.domain.text import plain_text
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.received.photographs import MAX_PIXELS
from yixian.lazy_imports import Image

_ENGINE: Final = "rapidocr"
_SETTINGS: Final = {
    "Global.log_level": "critical",
    "Global.text_score": 0.0,  # a line that is hard to read is proposed as such, not left out
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
}
_UNREADABLE = (EOFError, IndexError, MemoryError, OSError, SyntaxError, TypeError, ValueError)
_one_at_a_time = threading.Lock()


class LetterUnread(Refused):
    """No text can be proposed: ``letter.engine`` where the recognition is not installed or does not start."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of writing: what it may say, how sure that is (0 to 1), and where it stands in pixels of the picture."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a letter may say: its lines from top to bottom, and the whole. Without any writing both are empty."""

    text: str
    lines: tuple[Line, ...]


def can_read_letters() -> bool:
    """Whether the recognition is installed here; it is not loaded by asking."""
    return importlib.util.find_spec(_ENGINE) is not None


def propose_text(photograph: bytes) -> Proposal:
    """The text that a photograph (a JPEG as `photograph_of` makes it) may show.

    Raises `Invalid` (``letter.picture``) for what is no such photograph, `LetterUnread` where nothing can be read here.
    """
    picture = _picture(photograph)
    with _one_at_a_time:
        engine = _engine()
        try:
            found = engine(picture)
        except Exception as error:
            raise LetterUnread("letter.engine", _("Letters cannot be recognised here.")) from error
    if found.boxes is None:
        return Proposal("", ())
    lines = tuple(
        _line(box, text, score)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    )
    lines = tuple(line for line in lines if line.text)
    return Proposal("\n".join(line.text for line in lines), lines)


@functools.cache
def _engine() -> Any:
    try:
        return importlib.import_module(_ENGINE).RapidOCR(params=_SETTINGS)
    except Exception as error:
        raise LetterUnread("letter.engine", _("Letters cannot be recognised here.")) from error


def _picture(photograph: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        image = Image.open(BytesIO(photograph), formats=("JPEG",))
        return image.convert("RGB") if image.width * image.height <= MAX_PIXELS else _refuse()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *_UNREADABLE) as error:
        raise Invalid("letter.picture", _("This is no photograph as the house keeps it.")) from error


def _refuse() -> Image.Image:
    raise ValueError("more pixels than a photograph may have")


def _line(box: Any, text: str, score: float) -> Line:
    across, down = [int(point[0]) for point in box], [int(point[1]) for point in box]
    said = plain_text(text).strip()
    return Line(said, float(score), min(across), min(down), max(across), max(down))
