"""信号: that many households ask the same under one clause. It holds numbers and a place, and nobody."""

from django.conf import settings
from django.db import models

from yixian.matters.choices import Topic
from yixian.registry.models import Area, Organisation


class Signal(models.Model):
    """``households`` different households in ``villages`` villages asked the same from week ``since_week`` to ``week``.

    A week is the number of weeks since the first Monday of the calendar (`yixian.working_groups.weeks`). ``area`` is the
    township, or the county where more than one is concerned; ``townships`` are the paths of those with ten households or
    more. ``others`` are matters that name no household, in whole tens. ``expected`` is how many households would have been
    usual, in tenths. ``owner`` is the body that answers for the clause. There is no key of a person or a matter here, and
    no way back to one.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=64)
    county_path = models.CharField(max_length=64)
    townships = models.JSONField(default=list)
    topic = models.CharField(max_length=16, choices=Topic)
    pack_id = models.CharField(max_length=64)
    document = models.CharField(max_length=120)
    clause = models.CharField(max_length=120)
    since_week = models.PositiveIntegerField()
    week = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    villages = models.PositiveIntegerField()
    others = models.PositiveIntegerField(default=0)
    expected_tenths = models.PositiveIntegerField()
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    detected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county_path", "topic", "pack_id", "document", "clause", "week"],
                name="one_signal_a_week",
            ),
            models.CheckConstraint(condition=models.Q(households__gte=10), name="no_signal_of_a_few"),
            models.CheckConstraint(
                condition=models.Q(since_week__lte=models.F("week")), name="a_rise_begins_before_it_ends"
            ),
        ]
        indexes = [models.Index(fields=["area_path", "-detected_at"], name="signal_area")]

    def __str__(self) -> str:
        return f"signal {self.pk}: {self.document} {self.clause}, week {self.week}"


class SignalAnswer(models.Model):
    """公开答复: what the owner of the clause answers everybody. ``group`` is the working group that was opened for it."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="answers")
    group = models.ForeignKey(
        "working_groups.WorkingGroup", null=True, on_delete=models.PROTECT, related_name="answered_signals"
    )
    words_zh = models.TextField(max_length=2000)
    words_en = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to signal {self.signal_id}"
