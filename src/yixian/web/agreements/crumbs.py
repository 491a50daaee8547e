"""协议的路径导航: links to the list of agreements and to one of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.compensation.agreement_read_models import AgreementView
from yixian.web.ui.forms import Link


def list_crumb() -> Link:
    """To the list."""
    return reverse("agreements:list"), _("Agreements")


def agreement_crumb(view: AgreementView) -> Link:
    """To one agreement, by its number."""
    return reverse("agreements:agreement", args=[view.pk]), view.number
