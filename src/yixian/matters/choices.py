"""Matters' closed lists. Stored values are stable codes; labels are what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatterKind(models.TextChoices):
    """事项种类: by which procedure it is dealt with (`yixian.matters.procedures`)."""

    GRIEVANCE = "grievance", _("A grievance, a proposal or a request")
    PROJECT = "project", _("A grievance under the project's own mechanism")
    DISCLOSURE = "disclosure", _("A request for government information")


class Topic(models.TextChoices):
    """事由: what it is about."""

    PRICE = "price", _("A compensation price or standard")
    INVENTORY = "inventory", _("What was measured or counted")
    PEOPLE = "people", _("Who counts as resettled; dividing a household")
    ACCOUNT = "account", _("How our account was calculated")
    PAYMENT = "payment", _("Money that has not come")
    HOUSE = "house", _("The new house or building plot")
    LAND = "land", _("Land, production and income")
    MOVE = "move", _("The move itself")
    PUBLIC_WORKS = "public_works", _("Water, roads, schools, doctors")
    CONDUCT = "conduct", _("How somebody behaved towards us")
    INFORMATION = "information", _("We want to know something")
    OTHER = "other", _("Anything else")
    UNSORTED = "unsorted", _("Not sorted yet")


class IntakeChannel(models.TextChoices):
    """渠道: by which door it came."""

    PORTAL = "portal", _("On the portal")
    CARD = "card", _("From the household's own pages")
    COUNTER = "counter", _("Spoken or handed in at the counter")
    PHONE = "phone", _("By telephone")
    LETTER = "letter", _("By letter")
    EMAIL = "email", _("By e-mail")
    HOTLINE = "hotline", _("From the hotline's list")
    VISIT = "visit", _("Found at a visit")


class FileKind(models.TextChoices):
    """附件种类."""

    PHOTO = "photo", _("Photograph")
    VOICE_NOTE = "sound", _("Voice note")


class NotificationChannel(models.TextChoices):
    """告知方式: how the person was told."""

    PORTAL = "portal", _("To read with the receipt number")
    SMS = "sms", _("By text message")
    EMAIL = "email", _("By e-mail")
    CALL = "call", _("By telephone, in person")
    VISIT = "visit", _("At their home, in person")
    LETTER = "letter", _("By letter")


class DecisionOutcome(models.TextChoices):
    """处理意见, after Article 32: supported, explained, or not supported."""

    SUPPORTED = "supported", _("Supported")
    EXPLAINED = "explained", _("Cannot be done now; explained and helped as far as possible")
    NOT_SUPPORTED = "not_supported", _("Not supported")


class ReviewStage(models.TextChoices):
    """意见层级: the first decision, the review, and the final review."""

    FIRST = "first", _("First decision")
    REVIEW = "review", _("Review")
    FINAL = "final", _("Final review")


class Verdict(models.TextChoices):
    """本人评价: what the person says became of it. Nobody else can."""

    RESOLVED = "resolved", _("Resolved")
    PARTLY = "partly", _("Partly resolved")
    NOT_RESOLVED = "not_resolved", _("Not resolved")


class LinkKind(models.TextChoices):
    """关联: how two matters belong together."""

    SAME = "same", _("The same matter, raised again or by another door")
    DIFFERENT = "different", _("Looks alike, and is not the same")
    RETALIATION = "retaliation", _("Retaliation for having raised it")


class MeetingKind(models.TextChoices):
    """会议种类: what was held about a matter."""

    MEDIATION = "mediation", _("Mediation")
    HEARING = "hearing", _("Hearing")
    INQUIRY = "inquiry", _("Inquiry on the spot")


class EscalationLevel(models.TextChoices):
    """升级对象: who is told when a clock was missed."""

    HEAD = "head", _("The head of the body that holds it")
    SUPERIOR = "superior", _("The body above it")
    COUNTY = "county", _("The county's leadership")


class MailOutcome(models.TextChoices):
    """邮件的去向: what became of a mail of the inbox."""

    MATTER = "matter", _("A matter")
    ADDED = "added", _("Added to a matter")
    REFUSED = "refused", _("Not a person's mail")


class SupervisionStepKind(models.TextChoices):
    """督办经过: what follows a leader's order."""

    REPLIED = "replied", _("Replied")
    SENT_BACK = "sent_back", _("Sent back with a new day")
    CLOSED = "closed", _("Closed by whoever ordered it")


class SupervisionStage(models.TextChoices):
    """督办到了哪一步."""

    ORDERED = "ordered", _("Waits for a reply")
    REPLIED = "replied", _("Replied, waits for whoever ordered it")
    CLOSED = "closed", _("Closed")


class FormalPaperKind(models.TextChoices):
    """公文种类."""

    ACCEPTANCE = "acceptance", _("Notice of acceptance")
    REFUSAL = "refusal", _("Notice of non-acceptance")
    FORWARDING = "forwarding", _("Letter of forwarding")
    ASSIGNMENT = "assignment", _("Letter of assignment")
    EXTENSION = "extension", _("Notice of extension")
    DECISION = "decision", _("Written decision")
    REVIEW = "review", _("Written decision of the review (formal)")
    FINAL = "final", _("Written decision of the final review (formal)")


class FormalStepKind(models.TextChoices):
    """公文到了哪一步."""

    REVIEWED = "reviewed", _("Reviewed, waits to be issued")
    RETURNED = "returned", _("Returned to be drafted anew")
    ISSUED = "issued", _("Issued, to be delivered")
    DELIVERED = "delivered", _("Delivered")


class DeliveryWay(models.TextChoices):
    """送达方式."""

    IN_PERSON = "in_person", _("Handed over in person")
    POST = "post", _("By post")
    LEFT = "left", _("Left at the home, with witnesses")
    PORTAL = "portal", _("Electronically")
    EXCHANGE = "exchange", _("Between offices")
