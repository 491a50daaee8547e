"""公文: formal papers of a matter — drafted, reviewed by a second person, issued under a number, delivered. Never edited."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.matters.choices import DeliveryWay, FormalPaperKind, FormalStepKind
from yixian.matters.models.matter import Matter
from yixian.registry.models import Organisation


class FormalPaper(models.Model):
    """文稿: what a paper says, as it was drafted about the event ``seq`` of a matter. It names nobody who raised the matter.

    ``receiver`` is the body to which it goes; None for the person. ``lang`` is the language in which it is written.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="formal_papers")
    kind = models.CharField(max_length=12, choices=FormalPaperKind)
    seq = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    lang = models.CharField(max_length=2)
    words = SealedTextField(purpose="matter.formal_paper")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="papers_of_organisation")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.matter_id}"


class FormalStep(models.Model):
    """经过: that a draft was reviewed, returned or issued, and that the paper was delivered, on which day and how."""

    paper = models.ForeignKey(FormalPaper, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=FormalStepKind)
    words = SealedTextField(purpose="matter.formal_step", blank=True)
    on = models.DateField(null=True)
    way = models.CharField(max_length=12, choices=DeliveryWay, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["paper", "-id"], name="steps_of_paper")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind}"


class PaperNumber(models.Model):
    """文号: ``code`` 〔``year``〕 ``number`` 号, counted by body and year from one, without a gap, and never given again."""

    paper = models.OneToOneField(FormalPaper, on_delete=models.PROTECT, related_name="numbered")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="paper_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.number}号"
