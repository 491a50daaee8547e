"""Voice notes to send, sound ones and others, as phones and browsers record them."""

from __future__ import annotations

from io import BytesIO

import av
import numpy as np

RECORDERS = {
    "ogg": ("ogg", "libopus", 48_000),
    "webm": ("webm", "libopus", 48_000),
    "m4a": ("ipod", "aac", 44_100),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "wav": ("wav", "pcm_s16le", 16_000),
    "amr": ("amr", "libopencore_amrnb", 8_000),
    "3gp": ("3gp", "libopencore_amrnb", 8_000),
    "aac": ("adts", "aac", 44_100),
    "flac in matroska": ("matroska", "flac", 44_100),
}
"""What is recorded → the container, the encoder, and the samples a second."""

PITCH = 440


def recorded(
    kind: str = "ogg", seconds: float = 2.0, *, pitch: float = PITCH, tags: dict[str, str] | None = None
) -> bytes:
    """A tone of one pitch, in hertz, with tags that say who recorded it and where."""
    container, encoder, rate = RECORDERS[kind]
    return encoded(container, encoder, rate, tone(pitch, seconds, rate), tags=tags)


def tone(pitch: float, seconds: float, rate: int) -> np.ndarray:
    """The samples of a tone."""
    moments = np.arange(int(rate * seconds)) / rate
    return (np.sin(2 * np.pi * pitch * moments) * 12_000).astype(np.int16)


def encoded(
    container: str, encoder: str, rate: int, samples: np.ndarray, *, tags: dict[str, str] | None = None
) -> bytes:
    """Samples of one channel, in a container."""
    buffer = BytesIO()
    with av.open(buffer, "w", format=container) as target:
        target.metadata.update(tags or {})
        stream = target.add_stream(encoder, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        frame.pts = 0
        target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return buffer.getvalue()


def film(container: str = "mp4", encoder: str = "mpeg4") -> bytes:
    """A second of film with sound."""
    buffer = BytesIO()
    with av.open(buffer, "w", format=container) as target:
        picture = target.add_stream(encoder, rate=10, width=64, height=48, pix_fmt="yuv420p")
        sound = target.add_stream("aac", rate=44_100, layout="mono")
        for _number in range(10):
            target.mux(
                picture.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24"))
            )
        frame = av.AudioFrame.from_ndarray(tone(PITCH, 1, 44_100).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 44_100
        target.mux(sound.encode(frame))
        target.mux(picture.encode(None))
        target.mux(sound.encode(None))
    return buffer.getvalue()


def wav(samples: bytes, *, rate: int, channels: int = 1, bits: int = 8, form: int = 1) -> bytes:
    """A WAV whose head says what one likes."""
    step = channels * bits // 8
    head = b"fmt " + (16).to_bytes(4, "little") + form.to_bytes(2, "little")
    head += channels.to_bytes(2, "little") + rate.to_bytes(4, "little")
    head += (rate * step % 2**32).to_bytes(4, "little") + (step % 2**16).to_bytes(2, "little")
    head += bits.to_bytes(2, "little")
    body = b"WAVE" + head + b"data" + len(samples).to_bytes(4, "little") + samples
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def heard(content: bytes) -> tuple[np.ndarray, int, int]:
    """What one hears: the samples as a player decodes them, their rate, and how many channels there are."""
    pieces = []
    rate = channels = 0
    with av.open(BytesIO(content), "r") as source:
        for frame in source.decode(audio=0):
            pieces.append(frame.to_ndarray().reshape(-1).astype(float))
            rate, channels = frame.sample_rate, frame.layout.nb_channels
    return np.concatenate(pieces), rate, channels


def loudest_pitch(content: bytes) -> float:
    """The pitch that stands out of a recording, in hertz."""
    samples, rate, _channels = heard(content)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * rate / len(samples)
