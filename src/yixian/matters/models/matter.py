"""诉求: a matter as it was raised. What was said, who said it and whom it is about stand in tables of their own."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.kernel.sealed_files import SealedStorage
from yixian.matters.choices import FileKind, IntakeChannel, LinkKind, MatterKind, Topic
from yixian.matters.models.procedure import ProcedureVersion
from yixian.registry.models import Area, Helper, Organisation


class Matter(models.Model):
    """One matter, never edited. Its state, its holder and its deadlines follow from its events.

    ``number`` is random, so that nobody can tell from numbers that a matter exists which they do not see. ``code`` is the
    receipt's sixteen digits, sealed; ``code_index`` finds it. ``key`` is made by the form: the same form sent again is the
    same matter. ``shared`` says that those beside the household may know of it. ``about_official`` says that it is about
    somebody in office, whether or not it is known yet who (`MatterSubject`). ``joint`` is how many raise it together.
    """

    number = models.CharField(max_length=10, unique=True)
    code = SealedTextField(purpose="matter.code")
    code_index = models.CharField(max_length=32, unique=True)
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12, choices=MatterKind)
    procedure_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=IntakeChannel)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=64)
    anonymous = models.BooleanField()
    shared = models.BooleanField()
    about_official = models.BooleanField()
    joint = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["area_path", "-received_at"], name="matter_area"),
            models.Index(fields=["-received_at"], name="matter_received"),
        ]

    def __str__(self) -> str:
        return f"matter {self.number}"


class MatterSorting(models.Model):
    """归类: what a matter is about, as somebody sorted it. The latest counts; the first is the person's own."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="sortings")
    topic = models.CharField(max_length=16, choices=Topic)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.topic}"


class MatterText(models.Model):
    """诉求内容: what was said, and what would help, in the person's own words. ``read_back``: it was read back to them."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="text")
    words = SealedTextField(purpose="matter.words")
    wanted = SealedTextField(purpose="matter.wanted", blank=True)
    item_line = SealedTextField(purpose="matter.item_line", blank=True)
    payment = SealedTextField(purpose="matter.payment", blank=True)
    subject_words = SealedTextField(purpose="matter.subject_words", blank=True)
    source_no = SealedTextField(purpose="matter.source_no", blank=True)
    read_back = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"text of {self.matter_id}"


class MatterPerson(models.Model):
    """诉求人: who raises it, sealed and apart; of a joint matter at most five who speak for the others.

    ``household_index`` is a keyed digest of the household's id: it finds a household's own matters, and counts how many
    different households say the same, without naming any. Nothing else searches by it.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="people")
    position = models.PositiveSmallIntegerField()
    name = SealedTextField(purpose="matter.person.name", blank=True)
    phone = SealedTextField(purpose="matter.person.phone", blank=True)
    email = SealedTextField(purpose="matter.person.email", blank=True)
    household = SealedTextField(purpose="matter.person.household", blank=True)
    household_index = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "position"], name="one_person_per_position"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=5), name="at_most_five_representatives"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.position} of {self.matter_id}"


class MatterSubject(models.Model):
    """被反映对象: the official or the body a matter is about. They and all who report to them never learn of it.

    ``organisation`` is the body itself, or the one that the helper belonged to when named.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="subjects")
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["helper"], name="subject_helper"),
            models.Index(fields=["organisation"], name="subject_organisation"),
        ]

    def __str__(self) -> str:
        return f"subject of {self.matter_id}"


class MatterClause(models.Model):
    """所涉条款: a clause of a policy that a matter is about, by its ids, so that many matters can be seen to point at one."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="clauses")
    pack_id = models.CharField(max_length=64)
    document = models.CharField(max_length=120)
    clause = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "pack_id", "document", "clause"], name="clause_once_per_matter"
            )
        ]
        indexes = [models.Index(fields=["document", "clause", "at"], name="matters_of_clause")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.document} {self.clause}"


class MatterFile(models.Model):
    """附件: a photograph or a voice note, made anew from what was sent, without place, device or anything hidden in it.

    ``by_person`` says which side gave it. A photograph has its size in pixels, a voice note its length in seconds.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=FileKind)
    file = models.FileField(upload_to="matters/%Y/%m/", storage=SealedStorage("matter.file"))
    small = models.FileField(upload_to="matters/%Y/%m/", storage=SealedStorage("matter.file"), blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    by_person = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "position"], name="one_file_per_position")]

    def __str__(self) -> str:
        return f"file {self.position} of {self.matter_id}"


class MatterLink(models.Model):
    """关联: that two matters are the same, are not, or that one tells of retaliation for the other. Said by a person."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=LinkKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(matter=models.F("other")), name="linked_to_another")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.other_id}"
