"""语音: whatever is sent, what is kept can be heard everywhere, and is sound and nothing else."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.received.voice_note_samples import (
    PITCH,
    RECORDERS,
    encoded,
    film,
    heard,
    loudest_pitch,
    recorded,
    tone,
    wav,
)
from tests.proofs import examples
from yixian.kernel.received import voice_notes
from yixian.kernel.received.upload import Upload
from yixian.kernel.received.voice_notes import (
    MAX_BYTES,
    MAX_SECONDS,
    NoVoiceNote,
    audio_format,
    voice_note_of,
)

HTML = b"<html><script>alert(1)</script></html>"
_SAMPLES = {kind: recorded(kind, 0.5) for kind in RECORDERS}


def key_of(content: bytes, name: str = "note.ogg") -> str:
    with pytest.raises(NoVoiceNote) as caught:
        voice_note_of(Upload(name, content))
    assert caught.value.params["file"] == name
    assert caught.value.field == "sounds"
    return caught.value.key


@pytest.mark.parametrize("kind", RECORDERS)
def test_what_phones_record_is_heard_as_it_was(kind: str) -> None:
    kept = voice_note_of(Upload("note", recorded(kind, 2.0)))
    samples, rate, channels = heard(kept.content)
    assert channels == 1
    assert abs(len(samples) / rate - 2.0) < 0.2
    assert kept.seconds in {2, 3}
    assert abs(loudest_pitch(kept.content) - PITCH) < 5
    assert audio_format(kept.content) == "mp3"
    assert len(kept.sha256) == 64


def test_the_same_recording_is_kept_as_the_same_bytes() -> None:
    upload = Upload("note", recorded())
    assert voice_note_of(upload).content == voice_note_of(upload).content


@pytest.mark.parametrize("kind", ["ogg", "webm", "m4a", "mp3", "wav"])
def test_nothing_of_device_and_place_is_kept(kind: str) -> None:
    sent = recorded(kind, tags={"title": "SPY-PHONE", "artist": "SPY-PHONE", "comment": "SPY-PHONE"})
    assert b"SPY-PHONE" in sent
    kept = voice_note_of(Upload("note", sent)).content
    assert b"SPY-PHONE" not in kept
    assert b"ID3" not in kept
    assert b"TAG" not in kept[-128:]


@pytest.mark.parametrize("kind", ["ogg", "mp3", "wav", "amr", "aac"])
def test_what_stands_behind_the_sound_is_not_kept(kind: str) -> None:
    kept = voice_note_of(Upload("note", recorded(kind) + HTML + b"PK\x03\x04" + HTML)).content
    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


def test_a_page_dressed_as_an_mp3_is_not_kept() -> None:
    content = b"ID3\x04\x00\x00\x00\x00\x00\x00" + HTML * 50
    assert key_of(content) in {"sound.damaged", "sound.kind"}


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("nothing", b""),
        ("html", HTML),
        ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("pdf", b"%PDF-1.7\n1 0 obj"),
        ("zip", b"PK\x03\x04" + b"\0" * 60),
        ("midi", b"MThd\0\0\0\x06"),
        ("a film", film()),
        ("a film without end", film("matroska")),
        ("a form that no phone records", encoded("matroska", "ac3", 44_100, tone(PITCH, 1, 44_100))),
    ],
)
def test_only_recordings_are_voice_notes(what: str, content: bytes) -> None:
    assert key_of(content) == "sound.kind", what


def test_a_playlist_opens_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(recorded("wav"))
    for playlist in (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{secret}'\n",
        f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\na=control:file://{secret}\n",
    ):
        assert key_of(playlist.encode()) == "sound.kind"
        assert key_of(b"ID3\x04\x00\x00\x00\x00\x00\x00" + playlist.encode()) == "sound.damaged"


def test_an_mp4_that_points_at_another_file_plays_nothing_of_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.m4a"
    secret.write_bytes(recorded("m4a"))
    sent = pointing_elsewhere(secret)
    with av.open(str(_written(tmp_path / "sent.m4a", sent)), options={"enable_drefs": "1"}) as followed:
        assert sum(frame.samples for frame in followed.decode(audio=0)) > 10_000, "the attack works as such"
    assert key_of(sent) == "sound.damaged"


def pointing_elsewhere(secret: Path) -> bytes:
    """An MP4 whose sound stands in another file: its data reference names that file, and its own data is blank."""
    content = recorded("m4a")
    at = content.index(b"dref") - 4
    size = struct.unpack(">I", content[at : at + 4])[0]
    alias = _alias(secret)
    reference = struct.pack(">I", 12 + len(alias)) + b"alis" + b"\0\0\0\0" + alias
    dref = struct.pack(">I", 16 + len(reference)) + b"dref" + b"\0\0\0\0" + struct.pack(">I", 1) + reference
    grown = len(dref) - size
    changed = bytearray(content[:at] + dref + content[at + size :])
    for box in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        place = changed.index(box) - 4
        struct.pack_into(">I", changed, place, struct.unpack_from(">I", changed, place)[0] + grown)
    place = changed.index(b"mdat")
    length = struct.unpack_from(">I", changed, place - 4)[0]
    changed[place + 4 : place - 4 + length] = b"\0" * (length - 8)
    return bytes(changed)


def _alias(target: Path) -> bytes:
    """A Macintosh alias record that names a file beside the one it stands in."""
    name = target.name.encode()
    head = b"\0" * 10 + b"\x01v".ljust(28, b"\0") + b"\0" * 12 + bytes([len(name)]) + name.ljust(63, b"\0")
    head += b"\0" * 16 + struct.pack(">hh", 1, 1) + b"\0" * 16
    whole = str(target).encode()
    path = struct.pack(">hh", 2, len(whole)) + whole + (b"\0" if len(whole) % 2 else b"")
    return head + path + struct.pack(">hh", -1, 0)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_more_than_ten_megabytes_are_refused_unopened() -> None:
    assert key_of(b"OggS" + b"\0" * MAX_BYTES) == "sound.large"


def test_ten_minutes_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """At eight thousand bytes a second both are well under ten megabytes; here at twenty seconds, to listen to less."""
    assert MAX_SECONDS == 10 * 60
    rate, most = 8_000, 20
    monkeypatch.setattr(voice_notes, "MAX_SECONDS", most)
    longest = voice_note_of(Upload("note", wav(b"\x80" * rate * most, rate=rate)))
    assert longest.seconds == most
    assert key_of(wav(b"\x80" * rate * (most + 1), rate=rate)) == "sound.long"


def test_a_long_silence_in_a_few_bytes_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six times what is kept, in a ninetieth of what may be sent: it is listened to no further than the limit."""
    monkeypatch.setattr(voice_notes, "MAX_SECONDS", 60)
    silence = encoded("matroska", "flac", 8_000, tone(0, 360, 8_000))
    assert len(silence) < MAX_BYTES / 90
    assert key_of(silence) == "sound.long"


@pytest.mark.parametrize("rate", [0, 1, 3_999, 400_000, 2**31 - 1, 2**32 - 1])
def test_absurd_rates_do_not_make_the_converter_run_away(rate: int) -> None:
    assert key_of(wav(b"\x80" * 9_000, rate=rate)) in {"sound.damaged", "sound.kind", "sound.long"}


@pytest.mark.parametrize("channels", [0, 300, 65_535])
def test_absurd_channels_are_refused(channels: int) -> None:
    assert key_of(wav(b"\x80" * 70_000, rate=8_000, channels=channels)) in {"sound.damaged", "sound.kind"}


@pytest.mark.parametrize("kind", ["ogg", "webm", "mp3", "wav", "amr", "aac"])
def test_a_recording_that_breaks_off_is_kept_as_far_as_it_goes(kind: str) -> None:
    sent = recorded(kind, 4.0)
    kept = voice_note_of(Upload("note", sent[: len(sent) // 2]))
    assert kept.seconds in {2, 3}
    assert abs(loudest_pitch(kept.content) - PITCH) < 5


@pytest.mark.parametrize("kind", ["m4a", "3gp"])
def test_a_recording_without_its_index_is_damaged(kind: str) -> None:
    sent = recorded(kind)
    assert key_of(sent[: len(sent) // 2]) == "sound.damaged"


@pytest.mark.parametrize("kind", RECORDERS)
def test_a_beginning_alone_is_damaged(kind: str) -> None:
    assert key_of(_SAMPLES[kind][:12]) in {"sound.damaged", "sound.kind"}


@examples(400, gate=150)
@given(
    kind=st.sampled_from(sorted(RECORDERS)),
    scratches=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=6),
    kept=st.floats(0.05, 1),
)  # fmt: skip
def test_a_scratched_recording_is_heard_or_refused_and_nothing_else(
    kind: str, scratches: list[tuple[float, bytes]], kept: float
) -> None:
    content = bytearray(_SAMPLES[kind])
    for place, scratch in scratches:
        start = int(place * len(content))
        content[start : start + len(scratch)] = scratch
    try:
        sound = voice_note_of(Upload("note", bytes(content[: int(kept * len(content))])))
    except NoVoiceNote:
        return
    assert 1 <= sound.seconds <= MAX_SECONDS
    assert audio_format(sound.content) == "mp3"
