"""事件: the append-only events of a matter, and its projection (read index) as of the last of them."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.matters.choices import EscalationLevel
from yixian.matters.models.matter import Matter
from yixian.matters.models.procedure import CalendarVersion
from yixian.registry.models import Organisation


class MatterEvent(models.Model):
    """One event of a matter, in the words of its procedure. Never changed; everything else is worked out from these.

    ``actor_organisation`` is empty where the person themself acted. ``assignee`` is who deals with it inside the body.
    ``calendar`` is the edition that was known when it was recorded; None before editions were kept.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=32)
    actor_organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField(purpose="matter.event.reason", blank=True)
    clause = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    calendar = models.ForeignKey(
        CalendarVersion,
        to_field="sha256",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_event_per_seq")]
        indexes = [
            models.Index(fields=["actor_organisation", "matter"], name="events_by_organisation"),
            models.Index(fields=["to_organisation", "matter"], name="events_to_organisation"),
            models.Index(fields=["assignee", "matter"], name="events_assigned"),
            models.Index(fields=["kind", "at"], name="events_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.seq} {self.kind}"


class MatterProjection(models.Model):
    """现状索引: projection (read index) of a matter's events as of the last, so that lists need not replay every matter.

    Worked out anew after every event and never the truth itself: it holds moments, and whether one of them is past is asked
    when it is read. ``holder`` holds it unless ``offered_to`` has kept silent until ``answer_due_at``. ``next_due_at`` is
    the earliest last moment of a clock that an office must keep, ``next_escalation_at`` when somebody above is told next.
    ``rules`` is the hash of procedure and calendar that it was worked out by; ``unknown_year`` the year that the calendar
    lacks, 0 if none. ``sort_at`` is ``next_due_at``, or the end of time, so that every database puts what has none last.
    ``guarded``: it is about somebody in office, so that it is asked for every reader whether they may know. ``fault`` is why
    its events cannot be followed to the end (a rule of the procedure), "" if they can; the rest then stands as before.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, related_name="projection", primary_key=True
    )
    number = models.CharField(max_length=10)
    area_path = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    guarded = models.BooleanField()
    topic = models.CharField(max_length=16)
    state = models.CharField(max_length=24)
    is_closed = models.BooleanField()
    holder = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    answer_due_at = models.DateTimeField(null=True)
    with_superior = models.BooleanField(default=False)
    assignee_id = models.BigIntegerField(null=True)
    next_due_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()
    next_clock = models.CharField(max_length=32, blank=True)
    next_escalation_at = models.DateTimeField(null=True)
    last_seq = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    rules = models.CharField(max_length=64)
    unknown_year = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_closed", "sort_at", "area_path", "guarded"], name="standing_due"),
            models.Index(fields=["is_closed", "area_path", "guarded"], name="standing_area"),
            models.Index(fields=["is_closed", "topic", "area_path", "guarded"], name="standing_topic"),
            models.Index(fields=["is_closed", "-received_at"], name="standing_received"),
            models.Index(fields=["holder", "is_closed", "sort_at"], name="standing_holder"),
            models.Index(fields=["offered_to", "is_closed"], name="standing_offered"),
            models.Index(fields=["assignee_id", "is_closed"], name="standing_assignee"),
            models.Index(fields=["next_escalation_at"], name="standing_rung"),
            models.Index(fields=["rules"], name="standing_rules"),
            models.Index(fields=["fault"], name="standing_fault", condition=~models.Q(fault="")),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.state}"


class MatterParty(models.Model):
    """经手机构索引: a body that a matter ever came to, that acted in it, or that was told of a missed limit.

    Such a body may see it. Worked out from events and escalations.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "matter"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} had {self.matter_id}"


class MatterEscalation(models.Model):
    """升级: that somebody above was told of a missed clock, each rung of its ladder once."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="escalations")
    clock = models.CharField(max_length=32)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    after = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=12, choices=EscalationLevel)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "clock", "started_at", "after"], name="each_rung_once")
        ]
        indexes = [models.Index(fields=["organisation", "-at"], name="escalated_to")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.clock} +{self.after}"
