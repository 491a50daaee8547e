"""抽样核查: what was announced, what was drawn, who checked what, and what they found."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import ScaledDecimalField, SealedTextField
from yixian.kernel.sealed_files import SealedStorage
from yixian.registry.models import Household
from yixian.working_groups.choices import Basis, CheckOutcome
from yixian.working_groups.models.group import WorkingGroup


class Sample(models.Model):
    """抽样公告: the frame is frozen and counted, and it is said where the seed will come from, before there is a seed.

    ``frame`` are household ids in the order of their numbers 1 to ``size``; ``frame_sha256`` with ``salt`` proves that it was
    not changed, and tells nobody anything without the salt. ``wanted`` is how many are drawn for ``margin``.
    """

    group = models.OneToOneField(WorkingGroup, on_delete=models.PROTECT, related_name="sample")
    basis = models.CharField(max_length=12, choices=Basis)
    frame = models.JSONField()
    size = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    frame_sha256 = models.CharField(max_length=64)
    margin = ScaledDecimalField(scale=4)
    wanted = models.PositiveIntegerField()
    seed_source = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sample of {self.group_id}"


class SampleDraw(models.Model):
    """抽签: what came out as the seed, and when the draw was taken with it."""

    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="draw")
    seed = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draw of {self.sample_id}"


class SampledHousehold(models.Model):
    """抽中户: a household that was drawn, by its ``number`` in the frame, in the ``order`` of the draw."""

    draw = models.ForeignKey(SampleDraw, on_delete=models.PROTECT, related_name="households")
    order = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="drawn_once"),
            models.UniqueConstraint(fields=["draw", "order"], name="one_drawn_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} no. {self.number}"


class CheckAssignment(models.Model):
    """派单: who is to check a drawn household. The latest counts."""

    sampled = models.ForeignKey(SampledHousehold, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "sampled"], name="check_of_user")]

    def __str__(self) -> str:
        return f"{self.sampled_id} by {self.user_id}"


class CheckResult(models.Model):
    """核查记录: what somebody found at a drawn household, once. Prices are what people there say they pay, in yuan."""

    sampled = models.OneToOneField(SampledHousehold, on_delete=models.PROTECT, related_name="result")
    key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=8, choices=CheckOutcome)
    checked_on = models.DateField()
    timber_yuan = ScaledDecimalField(scale=2, null=True)
    wage_yuan = ScaledDecimalField(scale=2, null=True)
    rebuild_yuan = ScaledDecimalField(scale=2, null=True)
    words = SealedTextField(purpose="check.words", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"check of {self.sampled_id}: {self.outcome}"


class CheckMeasure(models.Model):
    """复量: one thing measured again, beside what stood recorded on that day and was not shown to whoever measured."""

    result = models.ForeignKey(CheckResult, on_delete=models.PROTECT, related_name="measures")
    line_no = models.CharField(max_length=32)
    item_code = models.CharField(max_length=64)
    quantity = ScaledDecimalField(scale=4)
    recorded = ScaledDecimalField(scale=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "line_no"], name="one_measure_per_line")]

    def __str__(self) -> str:
        return f"{self.line_no} in {self.result_id}"


class CheckPhoto(models.Model):
    """照片: a photograph of a check, made anew and sealed."""

    result = models.ForeignKey(CheckResult, on_delete=models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="checks/%Y/%m/", storage=SealedStorage("check.photo"))
    small = models.FileField(upload_to="checks/%Y/%m/", storage=SealedStorage("check.photo"))
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result", "position"], name="one_check_photo_per_position")
        ]

    def __str__(self) -> str:
        return f"photo {self.position} of {self.result_id}"
