"""语音: a voice note is decoded and recorded anew, so that nothing is kept of it but what can be heard.

Phones and browsers record in half a dozen forms, some of which other phones cannot play. What is kept is one plain form
that everything plays: MP3, one channel, without tags, name, place or device, and without anything that stood before,
behind or inside the sound.

FFmpeg, which does the decoding, can do far more than play a voice note: read playlists, open other files, decode hundreds
of forms. None of that is within reach of a stranger's file: the form is settled from its first bytes, never guessed;
only the decoders of voice notes may be opened; no more is decoded than the longest note may hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid
from yixian.kernel.received.upload import Upload
from yixian.lazy_imports import av

MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 10 * 60
CONTENT_TYPE = "audio/mpeg"

_RATE = 24_000
_BITS_A_SECOND = 40_000
"""Speech is clear at this; ten minutes are three megabytes."""

_RATES = range(4_000, 192_001)
"""Samples a second that a microphone makes; outside them somebody wants the converter to run away."""

_DECODERS = frozenset(
    {
        "aac", "alac", "amrnb", "amrwb", "flac", "libopencore_amrnb", "libopencore_amrwb", "libopus", "mp3", "mp3float",
        "opus", "pcm_alaw", "pcm_f32le", "pcm_mulaw", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_u8", "vorbis",
    }
)  # fmt: skip
_GUARD = {
    "codec_whitelist": ",".join(sorted(_DECODERS)),
    "protocol_whitelist": "pipe",  # bytes in memory need no protocol, and nothing else is to be opened
    "enable_drefs": "0",  # an MP4 file may point at other files
}
_PICTURES = frozenset({b"avif", b"heic", b"heif", b"heix", b"hevc", b"mif1", b"msf1"})
"""Brands of MP4 files that are photographs."""

_MPEG_LAYERS = 0b110
"""The bits of an MPEG audio frame's second byte that say its layer; none set is AAC."""

_ABSURD = (ArithmeticError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError, MemoryError)
"""What decoding a damaged file ends in on the decoder's Python side, beside FFmpeg's own errors: a value is absurd."""


class NoVoiceNote(Invalid):
    """A file is no voice note that can be kept; ``params["file"]`` is its name, the key says the rule (``sound.*``)."""


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A voice note recorded anew: the MP3, and how many seconds it lasts, rounded up."""

    content: bytes
    seconds: int

    @property
    def sha256(self) -> str:
        """The digest of the recording."""
        return hashlib.sha256(self.content).hexdigest()


class _TooLong(Exception):
    """More sound than a note may hold."""


class _Unplayable(Exception):
    """There is no sound in it, or something else than sound."""


def voice_note_of(upload: Upload) -> VoiceNote:
    """The voice note that a file holds: OGG, WebM, MP4 (also 3GP), MP3, AAC, WAV or AMR.

    A recording that breaks off is kept as far as it can be heard. Raises `NoVoiceNote` with the file's name: ``sound.large``
    beyond ten megabytes, ``sound.kind`` for what is no recording of sound alone, ``sound.long`` beyond ten minutes,
    ``sound.damaged`` where nothing can be heard.
    """
    if len(upload.content) > MAX_BYTES:
        raise _refused(upload, "sound.large", _("%(file)s: larger than ten megabytes. Record a shorter one."))
    form = audio_format(upload.content)
    if form is None:
        raise _refused(
            upload, "sound.kind", _("%(file)s: this is no recording of sound alone, whatever its name says.")
        )
    try:
        return _recorded_anew(upload.content, form)
    except _TooLong as error:
        raise _refused(
            upload, "sound.long", _("%(file)s: longer than ten minutes. Record it in two parts.")
        ) from error
    except _Unplayable as error:
        raise _refused(
            upload, "sound.kind", _("%(file)s: this is no recording of sound alone, whatever its name says.")
        ) from error
    except (av.FFmpegError, *_ABSURD) as error:
        raise _refused(
            upload, "sound.damaged", _("%(file)s: the recording is damaged; nothing can be heard.")
        ) from error


def audio_format(content: bytes) -> str | None:
    """FFmpeg's name of the form in which a recording comes, by its first bytes; None for what is none."""
    if content.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "amr"
    if content.startswith(b"OggS"):
        return "ogg"
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if content[4:8] == b"ftyp":
        return None if content[8:12] in _PICTURES else "mov"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "wav"
    if content.startswith(b"ID3"):
        return "mp3"
    if len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0:
        return "mp3" if content[1] & _MPEG_LAYERS else "aac"
    return None


def _recorded_anew(content: bytes, form: str) -> VoiceNote:
    """The sound, decoded piece by piece and written as it comes, so that ten minutes never stand in memory."""
    written = BytesIO()
    heard = Fraction(0)
    with (
        av.open(BytesIO(content), "r", format=form, options=_guard(form)) as source,
        av.open(written, "w", format="mp3", options={"id3v2_version": "0", "write_xing": "0"}) as target,
    ):
        note = _only_audio_stream(source)
        recorder = target.add_stream("libmp3lame", rate=_RATE, layout="mono", bit_rate=_BITS_A_SECOND)
        for piece in _resampled(_decoded(source, note)):
            heard += Fraction(piece.samples, _RATE)
            target.mux(recorder.encode(piece))
        if not heard:
            raise EOFError
        target.mux(recorder.encode(None))
    return VoiceNote(written.getvalue(), -int(-heard // 1))


def _guard(form: str) -> dict[str, str]:
    """The options that keep FFmpeg to the file in hand; one of them is known to MP4 only."""
    return {name: value for name, value in _GUARD.items() if form == "mov" or name != "enable_drefs"}


def _only_audio_stream(source: av.container.InputContainer) -> av.AudioStream:
    """The one stream of sound. Raises `_Unplayable` for films, and for what none of the decoders plays."""
    films = [one for one in source.streams.video if not one.disposition & av.stream.Disposition.attached_pic]
    notes = source.streams.audio
    if films or len(notes) != 1:
        raise _Unplayable
    if notes[0].codec_context is None or notes[0].codec_context.name not in _DECODERS:
        raise _Unplayable
    return notes[0]


def _decoded(source: av.container.InputContainer, note: av.AudioStream) -> Iterator[av.AudioFrame]:
    """The sound as it stands. A piece that cannot be decoded is passed over, as a player does it.

    Raises `_TooLong` before anything beyond the longest note is worked on.
    """
    heard = Fraction(0)
    for packet in source.demux(note):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            continue
        for frame in frames:
            if frame.sample_rate not in _RATES:
                raise ValueError(frame.sample_rate)
            heard += Fraction(frame.samples, frame.sample_rate)
            if heard > MAX_SECONDS:
                raise _TooLong
            yield frame


def _resampled(frames: Iterator[av.AudioFrame]) -> Iterator[av.AudioFrame]:
    """One channel at one rate, gap after gap closed up; a recording may change both in the middle."""
    told = None
    resampler: av.AudioResampler | None = None
    for frame in frames:
        frame.pts = None
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or shape != told:
            if resampler is not None:
                yield from resampler.resample(None)
            resampler, told = av.AudioResampler(format="s16p", layout="mono", rate=_RATE), shape
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


def _refused(upload: Upload, key: str, sentence: str | Promise) -> NoVoiceNote:
    return NoVoiceNote(key, sentence, field="sounds", file=upload.shown)
