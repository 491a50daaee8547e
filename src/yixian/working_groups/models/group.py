"""工作组: who looks into which clause where, and the steps taken. Where it stands follows from the steps."""

from django.conf import settings
from django.db import models

from yixian.kernel.languages import language
from yixian.policies.models import PackVersion
from yixian.registry.models import Area, Helper, Organisation
from yixian.revisions.models import Revision, RevisionComparison
from yixian.working_groups.choices import GroupStepKind
from yixian.working_groups.models.signal import Signal


class WorkingGroup(models.Model):
    """A working group as it was opened, never edited.

    ``base`` is the pack in force then, ``prices`` the [item code, zone] pairs priced by the clause that it looks into.
    ``since`` is the day from which matters that cite the clause are its own. ``basis`` says why it was opened where no
    signal says so. ``key`` makes the keys of what it writes to people.
    """

    key = models.UUIDField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="working_groups")
    area_path = models.CharField(max_length=64)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    question_zh = models.TextField(max_length=2000)
    question_en = models.TextField(max_length=2000, blank=True)
    pack_id = models.CharField(max_length=64)
    document = models.CharField(max_length=120)
    clause = models.CharField(max_length=120)
    base = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    prices = models.JSONField(default=list)
    since = models.DateField()
    signal = models.ForeignKey(Signal, null=True, on_delete=models.PROTECT, related_name="groups")
    basis = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signal__isnull=False) | ~models.Q(basis=""),
                name="opened_by_a_signal_or_a_decision",
            )
        ]
        indexes = [models.Index(fields=["area_path", "-opened_at"], name="group_area")]

    def __str__(self) -> str:
        return f"group {self.pk}: {self.title_zh}"

    @property
    def title(self) -> str:
        """What it is called, in the language being spoken."""
        return self.title_zh if language() == "zh" else self.title_en or self.title_zh

    @property
    def question(self) -> str:
        """What it is to find out, in the language being spoken."""
        return self.question_zh if language() == "zh" else self.question_en or self.question_zh


class GroupMember(models.Model):
    """成员: a user, somebody of the register of helpers, or a whole body, and what they are there for."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    task = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, helper=None, organisation=None)
                | models.Q(user=None, helper__isnull=False, organisation=None)
                | models.Q(user=None, helper=None, organisation__isnull=False),
                name="a_member_is_one_of_three",
            )
        ]

    def __str__(self) -> str:
        return f"member of {self.group_id}"


class GroupStep(models.Model):
    """步骤: one step of a working group. ``number`` is the document of a decision to keep the standard, ``count`` how many
    matters were answered, ``evidence`` the checksums of the comparison that was looked at.
    """

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=GroupStepKind)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    comparison = models.ForeignKey(RevisionComparison, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(max_length=2000, blank=True)
    number = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind"],
                condition=models.Q(kind__in=("opened", "sampled", "checked", "kept", "answered", "closed")),
                name="a_group_step_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.kind}"
