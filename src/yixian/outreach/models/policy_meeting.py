"""政策宣讲会: a meeting that explains policy — topics, languages, who was invited, who was absent and reached afterwards."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.policies.models import PolicyQuestion
from yixian.registry.choices import Language
from yixian.registry.models import Area, Helper, Household
from yixian.visits.models import Visit


class PolicyMeeting(models.Model):
    """宣讲会: where and when policy was explained. Never edited; ``key`` is made by the form."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=64)
    on = models.DateField()
    place = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["area_path", "-on"], name="policy_meeting_area")]

    def __str__(self) -> str:
        return f"meeting {self.pk} at {self.area_id}"


class MeetingTopic(models.Model):
    """宣讲内容: a document of the policy library that was explained."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="topics")
    pack_id = models.CharField(max_length=64)
    document = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "pack_id", "document"], name="explained_once_per_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} at {self.meeting_id}"


class MeetingLanguage(models.Model):
    """宣讲用语: a language that was spoken."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="languages")
    language = models.CharField(max_length=3, choices=Language)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "language"], name="spoken_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.language} at {self.meeting_id}"


class MeetingQuestion(models.Model):
    """会上提问: what was asked there and answered, or handed to the policy desk; and a show of hands on it, as counts."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    words = SealedTextField(purpose="meeting.question")
    answer = models.CharField(max_length=500, blank=True)
    policy_question = models.OneToOneField(
        PolicyQuestion, null=True, on_delete=models.PROTECT, related_name="asked_at_meeting"
    )
    understood = models.PositiveIntegerField()
    not_understood = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"question {self.position} at {self.meeting_id}"


class MeetingInvitation(models.Model):
    """应到户: a household of the place on that day."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="invitations")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="meeting_invitations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "household"], name="invited_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.household_id} to {self.meeting_id}"


class MeetingAttendance(models.Model):
    """到会登记: the sheet as it was entered; a later one corrects it with a reason. The latest counts."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="attendances")
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attendance of {self.meeting_id}"


class MeetingAbsence(models.Model):
    """缺席: an invited household of which nobody came."""

    attendance = models.ForeignKey(MeetingAttendance, on_delete=models.PROTECT, related_name="absences")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attendance", "household"], name="absent_once_per_sheet")
        ]

    def __str__(self) -> str:
        return f"{self.household_id} absent from {self.attendance_id}"


class ReachedAfterwards(models.Model):
    """会后补讲: that an absent household was told afterwards, by whom, on which day, at which visit if there was one."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="reached")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="reached_afterwards")
    on = models.DateField()
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "household"], name="reached_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.household_id} reached after {self.meeting_id}"


class MeetingObjection(models.Model):
    """异议（宣讲会）: a household says that it was not so; ``never_reached``: it was neither there nor told afterwards."""

    meeting = models.ForeignKey(PolicyMeeting, on_delete=models.PROTECT, related_name="objections")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    never_reached = models.BooleanField()
    words = SealedTextField(purpose="meeting.objection", blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"objection to meeting {self.meeting_id}"
