"""照片: what was photographed at a visit."""

from django.db import models

from yixian.visits.models.visit import Visit
from yixian.visits.visit_photo_storage import photo_storage


class VisitPhoto(models.Model):
    """A photograph made anew from what was sent, without place or camera in it; file and small picture stand sealed."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="visits/%Y/%m/", storage=photo_storage)
    small = models.FileField(upload_to="visits/%Y/%m/", storage=photo_storage)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="one_photo_per_position")]

    def __str__(self) -> str:
        return f"photo {self.position} of {self.visit_id}"
