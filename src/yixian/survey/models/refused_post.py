"""拒收记录: what a device sent and the server did not take, so that somebody sees it while the phone still keeps it."""

from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.survey.models.field_device import FieldDevice


class RefusedPost(models.Model):
    """A post of a device that was not taken, once however often it is sent. ``key`` is the error's; ``zh`` and ``en`` say it.

    ``sha256`` is of what was refused; ``content`` is the form in it in base64, sealed, or "" where none could be found.
    """

    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="refused_posts")
    key = models.CharField(max_length=60)
    zh = models.TextField()
    en = models.TextField()
    sha256 = models.CharField(max_length=64)
    content = SealedTextField(purpose="survey.refused_post", blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "sha256", "key"], name="one_refusal_of_a_post")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.device_id}"
