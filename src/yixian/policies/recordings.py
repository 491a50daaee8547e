"""录音查询: which recordings of public texts there are, in which languages, and whether a text has been changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.memo import memoised
from yixian.kernel.permission import require
from yixian.policies.access import RECORDERS
from yixian.policies.models import Recording, RecordingWithdrawal
from yixian.policies.public_texts import PublicText, public_texts
from yixian.registry.choices import Language

SPOKEN_AT_HOME = tuple(Language)
"""The languages in which a text can be recorded: those that the register knows people speak."""


@dataclass(frozen=True, slots=True)
class RecordingView:
    """录音: one recording that counts. ``text_sha256`` is the digest of the words that were spoken."""

    recording_id: int
    text: str
    text_sha256: str
    language: str
    spoken_by: str
    seconds: int
    added_at: datetime

    @property
    def language_label(self) -> str:
        """The language in words."""
        return str(Language(self.language).label)

    @property
    def minutes(self) -> str:
        """How long it lasts: 2:05."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"

    def is_stale(self, text: PublicText) -> bool:
        """Whether the text has been changed since."""
        return self.text_sha256 != text.sha256


@dataclass(frozen=True, slots=True)
class RecordedText:
    """有录音的文本: a public text with the recordings of it that count, by language."""

    text: PublicText
    recordings: Mapping[str, RecordingView]

    @property
    def title(self) -> str:
        """The text's title."""
        return self.text.title

    @property
    def stale(self) -> list[RecordingView]:
        """Those that speak words that have been changed since."""
        return [row for row in self.recordings.values() if row.is_stale(self.text)]


def recorded_texts(actor: Actor, on: date, *, search: str = "") -> list[RecordedText]:
    """Every public text with its recordings, those with a stale one first, for those who add recordings."""
    require(actor, RECORDERS)
    found = [recorded(text) for text in public_texts(on) if search in text.title]
    return sorted(found, key=lambda row: not row.stale)


def recorded(text: PublicText) -> RecordedText:
    """A text with its recordings."""
    return RecordedText(text, _by_text().get(text.key, {}))


def recording_content(recording_id: int) -> bytes:
    """The sound of a recording, for everybody. Raises `NotFound`, also where it was withdrawn."""
    row = Recording.objects.filter(pk=recording_id, withdrawal=None).first()
    if row is None:
        raise NotFound("recording.not_found", _("There is no such recording."))
    with row.file.open("rb") as file:
        content: bytes = file.read()
    return content


def get_recording(actor: Actor, recording_id: int) -> RecordingView:
    """One recording that was not withdrawn, for those who add recordings. Raises `NotFound`."""
    require(actor, RECORDERS)
    row = Recording.objects.filter(pk=recording_id, withdrawal=None).first()
    if row is None:
        raise NotFound("recording.not_found", _("There is no such recording."))
    return _view(row)


@memoised(Recording, RecordingWithdrawal)
def _by_text() -> Mapping[str, Mapping[str, RecordingView]]:
    """The recordings that count, by text and language: of each the newest that was not withdrawn."""
    found: dict[str, dict[str, RecordingView]] = {}
    for row in Recording.objects.filter(withdrawal=None).order_by("pk"):
        found.setdefault(row.text, {})[row.language] = _view(row)
    return found


def _view(row: Recording) -> RecordingView:
    return RecordingView(
        row.pk, row.text, row.text_sha256, row.language, row.spoken_by, row.seconds, row.added_at
    )
