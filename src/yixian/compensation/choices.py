"""Compensation's closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementStatus(models.TextChoices):
    """账目状态."""

    ISSUED = "issued", _("Issued")
    WITHHELD = "withheld", _("Withheld")


class StatementCause(models.TextChoices):
    """何以重算: why a version exists."""

    FIRST = "first", _("First account")
    NEW_FACTS = "new_facts", _("New facts")
    NEW_POLICY = "new_policy", _("New policy")
    BOTH = "both", _("New facts and new policy")
    CORRECTION = "correction", _("Correction")


class Party(models.TextChoices):
    """协议一方: who signs an agreement, and in which order they stand on it."""

    HOUSEHOLD = "household", _("Household")
    BUREAU = "bureau", _("The resettlement bureau")
    ATTESTING = "attesting", _("The attesting body")


class SignedBy(models.TextChoices):
    """签署方式: how a signature came about."""

    PAPER = "paper", _("By hand on paper")
    CARD = "card", _("With the household card and its PIN, in presence")


class PaymentMethod(models.TextChoices):
    """兑付方式: how the household is to be paid, as it chose itself."""

    BANK = "bank", _("To the bank account named here")
    CASH = "cash", _("In cash, on receipt")


class AgreementState(models.TextChoices):
    """协议状态: worked out from the signatures and the end, never stored."""

    DRAWN_UP = "drawn_up", _("Drawn up, not signed")
    SIGNING = "signing", _("Being signed")
    IN_FORCE = "in_force", _("Signed by all")
    SUPERSEDED = "superseded", _("Superseded")
    VOID = "void", _("Void")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AgreementEnding(models.TextChoices):
    """协议终止: why an agreement holds no longer."""

    SUPERSEDED = "superseded", _("Superseded")
    VOID = "void", _("Void")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RunOutcome(models.TextChoices):
    """一次核算如何了结."""

    FINISHED = "finished", _("Finished")
    OVERTAKEN = "overtaken", _("Overtaken by a later calculation")


class CaseOutcome(models.TextChoices):
    """个案的结果."""

    APPLY = "apply", _("The new account is put in force")
    KEEP = "keep", _("The account in force stays")
    OVERTAKEN = "overtaken", _("Overtaken by a later calculation")


class PaymentFrequency(models.TextChoices):
    """付款周期: how often a line is paid; a count is no money."""

    ONCE = "once", _("Once")
    MONTHLY = "monthly", _("Monthly")
    YEARLY = "yearly", _("Yearly")
    COUNTED = "counted", _("A count, not paid")
