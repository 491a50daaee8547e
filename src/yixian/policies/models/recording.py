"""录音: public texts as they are spoken, in the languages that people speak at home."""

from django.conf import settings
from django.db import models

from yixian.kernel.sealed_files import SealedStorage
from yixian.registry.choices import Language


class Recording(models.Model):
    """录音: a public text spoken in a language, with the digest of the words that were spoken.

    ``text`` is the key of a `yixian.policies.public_texts.PublicText`. Whether the text has been changed since is not stored:
    it is, where its words have another digest. The newest recording of a text and a language that was not withdrawn counts.
    """

    text = models.CharField(max_length=200, db_index=True)
    text_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=8, choices=Language)
    spoken_by = models.CharField(max_length=80)
    file = models.FileField(upload_to="recordings/%Y/", storage=SealedStorage("recording.sound"))
    sha256 = models.CharField(max_length=64)
    seconds = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recording {self.pk} of {self.text} in {self.language}"


class RecordingWithdrawal(models.Model):
    """撤下录音: a recording is played to nobody any more, with the reason."""

    recording = models.OneToOneField(Recording, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recording {self.recording_id} withdrawn"
