"""领导现场办公: a leader's session on the spot — place, day, who was there, what was raised, what was decided, and its end."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.matters.models import Matter
from yixian.outreach.choices import DecisionStepKind
from yixian.registry.models import Area, Helper, Household, Organisation


class OnSiteSession(models.Model):
    """现场办公: where leaders were on which day, and how many people came. Never edited; ``key`` is made by the form."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=64)
    on = models.DateField()
    place = models.CharField(max_length=120)
    households = models.PositiveIntegerField()
    villagers = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["area_path", "-on"], name="on_site_area")]

    def __str__(self) -> str:
        return f"session {self.pk} at {self.area_id}"


class OnSiteCorrection(models.Model):
    """更正（现场办公）: a later version of a session that puts another right, and why. Both stay; the decisions go on."""

    old = models.OneToOneField(OnSiteSession, on_delete=models.PROTECT, related_name="corrected_by")
    new = models.OneToOneField(OnSiteSession, on_delete=models.PROTECT, related_name="corrects")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session {self.new_id} for {self.old_id}"


class SessionLeader(models.Model):
    """到场领导: a leader who held the session, by their appointment on that day."""

    session = models.ForeignKey(OnSiteSession, on_delete=models.PROTECT, related_name="leaders")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="on_site_sessions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "helper"], name="leads_once_per_session")]

    def __str__(self) -> str:
        return f"{self.helper_id} at {self.session_id}"


class SessionParticipant(models.Model):
    """参加单位: an organisation that took part, and with how many people."""

    session = models.ForeignKey(OnSiteSession, on_delete=models.PROTECT, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.session_id}"


class SessionSpeaker(models.Model):
    """发言人: a villager who spoke and agreed to be named. Whoever did not agree is nowhere."""

    session = models.ForeignKey(OnSiteSession, on_delete=models.PROTECT, related_name="speakers")
    name = SealedTextField(purpose="on_site.speaker")
    agreed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(agreed=True), name="only_who_agreed_is_named")
        ]

    def __str__(self) -> str:
        return f"speaker at {self.session_id}"


class RaisedPoint(models.Model):
    """提出的事: something that was raised there; ``settled`` on the spot or not, with the matter that it belongs to, if any."""

    session = models.ForeignKey(OnSiteSession, on_delete=models.PROTECT, related_name="raised")
    position = models.PositiveSmallIntegerField()
    words = SealedTextField(purpose="on_site.raised")
    settled = models.BooleanField()
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="raised_on_site")

    def __str__(self) -> str:
        return f"point {self.position} of {self.session_id}"


class OnSiteDecision(models.Model):
    """现场决定: what was decided there, whose it is, and by when. Everybody may read it, so it names no villager."""

    session = models.ForeignKey(OnSiteSession, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    area_path = models.CharField(max_length=64)
    words = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="on_site_decision_of"),
            models.Index(fields=["area_path", "due_on"], name="on_site_decision_area"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class OnSiteDecisionStep(models.Model):
    """落实经过: that a decision was carried out or not, that a leader closed it, or sent it back with a new day."""

    decision = models.ForeignKey(OnSiteDecision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=DecisionStepKind)
    words = SealedTextField(purpose="on_site.step", blank=True)
    due_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["decision", "-id"], name="on_site_steps_of")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.kind}"


class OnSiteObjection(models.Model):
    """异议（现场办公）: a household of the place says that it was not so, or (``never_held``) that nobody ever came."""

    session = models.ForeignKey(OnSiteSession, on_delete=models.PROTECT, related_name="objections")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    never_held = models.BooleanField()
    words = SealedTextField(purpose="on_site.objection", blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"objection to session {self.session_id}"
