"""照片: what was photographed at a visit."""

from django.db import models

from yixian.kernel.sealed_files import SealedStorage
from yixian.visits.models.visit import Visit


class VisitPhoto(models.Model):
    """A photograph made anew from what was sent, without place or camera in it; file and small picture stand sealed."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="visits/%Y/%m/", storage=SealedStorage("visit.photo"))
    small = models.FileField(upload_to="visits/%Y/%m/", storage=SealedStorage("visit.photo"))
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="one_photo_per_position")]

    def __str__(self) -> str:
        return f"photo {self.position} of {self.visit_id}"
