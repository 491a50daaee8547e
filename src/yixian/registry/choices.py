"""The register's closed lists. Stored values are stable codes; labels are what people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """机构类型."""

    COUNTY_LEADERSHIP = "county_leadership", _("County leadership")
    TOWNSHIP_LEADERSHIP = "township_leadership", _("Township leadership")
    VILLAGE_COMMITTEE = "village_committee", _("Village committee")
    DEPARTMENT = "department", _("County department")
    RESETTLEMENT_BUREAU = "resettlement_bureau", _("Resettlement bureau")
    PETITION_OFFICE = "petition_office", _("Petition office")
    FINANCE_OFFICE = "finance_office", _("Finance office")
    AUDIT_OFFICE = "audit_office", _("Audit office")
    MONITOR = "monitor", _("Independent monitor")


class HelperKind(models.TextChoices):
    """帮扶人类型: an official, or a rural party member."""

    CADRE = "cadre", _("Cadre")
    PARTY_MEMBER = "member", _("Rural party member")


class Gender(models.TextChoices):
    """性别, GB/T 2261.1."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Relation(models.TextChoices):
    """与户主关系, after GB/T 4761."""

    HEAD = "head", _("Head of household")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    CHILD_IN_LAW = "child_in_law", _("Child-in-law")
    GRANDCHILD = "grandchild", _("Grandchild")
    PARENT = "parent", _("Parent")
    GRANDPARENT = "grandparent", _("Grandparent")
    SIBLING = "sibling", _("Sibling")
    OTHER = "other", _("Other relative")
    NON_RELATIVE = "non_relative", _("Not related")


class RegisterType(models.TextChoices):
    """户口性质."""

    AGRICULTURAL = "agricultural", _("Agricultural register")
    NON_AGRICULTURAL = "non_agricultural", _("Non-agricultural register")


class Eligibility(models.TextChoices):
    """移民人口界定: how a person counts, as determined."""

    ELIGIBLE = "eligible", _("Resettled person")
    ACCOMPANYING = "accompanying", _("Accompanying person")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    UNDETERMINED = "undetermined", _("Not yet determined")


class Zone(models.TextChoices):
    """补偿区类: which price column applies."""

    RURAL = "rural", _("Rural")
    TOWN = "town", _("Town")


class Language(models.TextChoices):
    """语言, ISO 639-3."""

    MANDARIN = "cmn", _("Mandarin (local speech)")
    YI = "iii", _("Yi")
    MIAO = "hmd", _("Miao")


class HouseholdEnd(models.TextChoices):
    """户的终止."""

    MERGED = "merged", _("Merged into another household")
    DIED_OUT = "died_out", _("No member is left")
    ENTERED_IN_ERROR = "entered_in_error", _("Entered in error")


class LeftAs(models.TextChoices):
    """减员原因: why a member belongs to a household no more."""

    DIED = "died", _("Died")
    MARRIED = "married", _("Married into another family")
    MOVED = "moved", _("Moved away, register transferred")
    IN_ERROR = "in_error", _("Entered in error")


class ChangeKind(models.TextChoices):
    """变更种类: by what a change of what money hangs on came in."""

    WORKBOOK = "workbook", _("A workbook")
    FACTS = "facts", _("What the policy asks")
    ITEM = "item", _("A line of the survey")
    SPLIT = "split", _("A household divided")
    MERGE = "merge", _("Households joined")
    ROW = "row", _("An entry of the register")
    LEAVING = "leaving", _("A member who left")


class ChangeOutcome(models.TextChoices):
    """变更结果: what became of a proposed change."""

    WAITING = "waiting", _("Waits for a second person")
    AGREED = "agreed", _("Agreed, in force")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    OUTDATED = "outdated", _("No longer held when it was agreed")
