"""公示: a list of a village in one round, as it was on a day, and what happened to it."""

from django.conf import settings
from django.db import models

from yixian.domain.procedure.posting import EVENTS
from yixian.kernel.fields import ScaledDecimalField
from yixian.kernel.sealed_files import SealedStorage
from yixian.policies.models import PackVersion
from yixian.posting.choices import PostedList
from yixian.registry.models import Area


class Posting(models.Model):
    """A village's list in one round: immutable, with the SHA-256 of its lines (`yixian.posting.register_lines`).

    How long it hangs, by when one may object and is answered, and by which clause, is what held on the day on which it was
    prepared; a later rule changes nothing about it. Where it stands is worked out from its events and never stored.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="postings")
    area_path = models.CharField(max_length=64)
    list = models.CharField(max_length=12, choices=PostedList)
    round = models.PositiveSmallIntegerField()
    rounds = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16)
    objection_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    proofs_needed = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=80)
    clause = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "list", "round"], name="one_posting_of_a_round"),
            models.CheckConstraint(
                condition=models.Q(round__gte=1, round__lte=models.F("rounds")),
                name="posting_within_its_rounds",
            ),
        ]
        indexes = [models.Index(fields=["area_path", "list", "round"], name="posting_area")]

    def __str__(self) -> str:
        return f"{self.list} {self.round} of {self.area_id}"


class PostedLine(models.Model):
    """公示行: one line as it hangs. ``detail`` (names of members) is for the wall of the village, never for the open net.

    ``is_gone``: that a line of an earlier round stands no longer. Of people, ``line_no`` is "" and the quantity their number.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    household_no = models.CharField(max_length=24)
    head_name = models.CharField(max_length=60, blank=True)
    line_no = models.CharField(max_length=32, blank=True)
    item_code = models.CharField(max_length=64, blank=True)
    quantity = ScaledDecimalField(scale=4)
    detail = models.CharField(max_length=400, blank=True)
    is_gone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "position"], name="one_posted_line_at_a_place"),
            models.UniqueConstraint(
                fields=["posting", "household_no", "line_no"], name="one_posted_line_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_no} {self.line_no}"


class PostingEvent(models.Model):
    """公示事件: what happened to a posting, in the order of ``seq``; a proof has a photograph of the list where it hangs."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in EVENTS])
    at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    photograph = models.FileField(
        upload_to="posting/%Y/%m/", storage=SealedStorage("posting.proof"), blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "seq"], name="one_posting_event_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.posting_id}"
