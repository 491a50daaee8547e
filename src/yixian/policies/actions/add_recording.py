"""添加录音: the bureau adds a recording of a public text, or withdraws one. It is recorded anew, as voice notes are."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.received.upload import Upload
from yixian.kernel.received.voice_notes import voice_note_of
from yixian.policies.access import RECORDERS
from yixian.policies.models import Recording, RecordingWithdrawal
from yixian.policies.public_texts import public_text
from yixian.registry.choices import Language


def add_recording(
    key: str, language: str, sound: Upload, *, words_sha256: str, spoken_by: str, actor: Actor, at: datetime
) -> Recording:
    """Add a recording of a text as it stands; an earlier one in the same language counts no more.

    ``words_sha256`` is the digest of the words that whoever adds it had before their eyes. The same sound sent again for the same
    words is the recording that is there. It is recorded anew before anything is locked. Raises `NotFound` for a text that is not
    public, `Refused` where it was changed meanwhile, `Invalid` without a name, `NoVoiceNote` for what is no recording.
    """
    person = require_person(actor, RECORDERS)
    _require_words(key, words_sha256, at)
    if language not in Language:
        raise Invalid("recording.language", _("Choose a language."), field="language")
    if not spoken_by.strip():
        raise Invalid("recording.speaker", _("Say who speaks."), field="spoken_by")
    note = voice_note_of(sound)
    with transaction.atomic():
        _require_words(key, words_sha256, at)
        newest = (
            Recording.objects.filter(text=key, language=language, withdrawal=None).order_by("-pk").first()
        )
        if newest and (newest.text_sha256, newest.sha256) == (words_sha256, note.sha256):
            return newest
        row = Recording.objects.create(
            text=key,
            text_sha256=words_sha256,
            language=language,
            spoken_by=spoken_by.strip(),
            file=ContentFile(note.content, name="recording.mp3"),
            sha256=note.sha256,
            seconds=note.seconds,
            added_by_id=person,
            added_at=at,
        )
        data = {"text": key, "words": words_sha256, "language": language, "recording": note.sha256}
        record(Entry("recording.added", "recording", row.pk, data=data), actor=actor, at=at)
    return row


def _require_words(key: str, words_sha256: str, at: datetime) -> None:
    if public_text(key, timezone.localdate(at)).sha256 != words_sha256:
        raise Refused("recording.changed", _("The text has been changed meanwhile. Read it again first."))


@transaction.atomic
def withdraw_recording(recording_id: int, reason: str, *, actor: Actor, at: datetime) -> RecordingWithdrawal:
    """Let a recording be played to nobody any more. Raises `NotFound`, also where it was withdrawn before."""
    person = require_person(actor, RECORDERS)
    row = Recording.objects.select_for_update(of=("self",)).filter(pk=recording_id, withdrawal=None).first()
    if row is None:
        raise NotFound("recording.not_found", _("There is no such recording."))
    if not reason.strip():
        raise Invalid("recording.reason", _("Say why it is withdrawn."), field="reason")
    withdrawal = RecordingWithdrawal.objects.create(
        recording=row, reason=reason.strip(), withdrawn_by_id=person, withdrawn_at=at
    )
    data = {"text": row.text, "language": row.language, "reason": reason.strip()}
    record(Entry("recording.withdrawn", "recording", row.pk, data=data), actor=actor, at=at)
    return withdrawal
