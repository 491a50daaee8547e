"""收文件: a handful of files from a stranger, sorted by what they hold, counted, and each made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid
from yixian.kernel.received.limits import MAX_PHOTOGRAPHS, MAX_TOTAL_BYTES, MAX_VOICE_NOTES
from yixian.kernel.received.photographs import Photograph, is_photograph, photograph_of
from yixian.kernel.received.upload import Upload
from yixian.kernel.received.voice_notes import VoiceNote, audio_format, voice_note_of


class NotReceived(Invalid):
    """A file is not taken; ``params["file"]`` is its name, the key says the rule (``received.*``)."""


@dataclass(frozen=True, slots=True)
class Received:
    """What is kept of a handful of files, each kind in the order in which it was sent."""

    photographs: tuple[Photograph, ...] = ()
    voice_notes: tuple[VoiceNote, ...] = ()


def received_of(uploads: Sequence[Upload]) -> Received:
    """The photographs and voice notes that files hold, by their content and never by their names.

    All are looked at before the first is opened. Raises `NotReceived` naming the first file that is too much:
    ``received.large`` beyond fifty megabytes in all, ``received.photographs`` after six, ``received.sounds`` after two,
    ``received.kind`` for what is neither; `NoPhotograph` and `NoSound` for a file that cannot be kept. Of a handful with
    one such file nothing is taken.
    """
    _require_bytes(uploads)
    photographs: list[Upload] = []
    voice_notes: list[Upload] = []
    for upload in uploads:
        if is_photograph(upload.content):
            photographs.append(upload)
        elif audio_format(upload.content) is not None:
            voice_notes.append(upload)
        else:
            raise _refused(
                upload,
                "received.kind",
                _(
                    "%(file)s: neither a photograph (JPEG, PNG, WebP) nor a voice note, whatever its name says."
                ),
            )
    if len(photographs) > MAX_PHOTOGRAPHS:
        raise _refused(
            photographs[MAX_PHOTOGRAPHS],
            "received.photographs",
            _("%(file)s: one photograph too many. Six are taken at once."),
        )
    if len(voice_notes) > MAX_VOICE_NOTES:
        raise _refused(
            voice_notes[MAX_VOICE_NOTES],
            "received.sounds",
            _("%(file)s: one voice note too many. Two are taken at once."),
        )
    return Received(tuple(map(photograph_of, photographs)), tuple(map(voice_note_of, voice_notes)))


def _require_bytes(uploads: Sequence[Upload]) -> None:
    together = 0
    for upload in uploads:
        together += len(upload.content)
        if together > MAX_TOTAL_BYTES:
            raise _refused(
                upload,
                "received.large",
                _("%(file)s: with this one the files are larger than fifty megabytes. Send fewer at once."),
            )


def _refused(upload: Upload, key: str, sentence: str | Promise) -> NotReceived:
    return NotReceived(key, sentence, field="files", file=upload.shown)
