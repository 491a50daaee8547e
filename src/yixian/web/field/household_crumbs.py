"""所在: where one is in the cadre's day — my households or the register's, and the household."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.forms import Link, Submission


def above_household(asked: Submission) -> list[Link]:
    """The page above a household: one's own list, or the register."""
    if asked.request.may("field:mine"):  # type: ignore[attr-defined]
        return [(reverse("field:mine"), _("My households"))]
    return [(reverse("staff:households"), _("Households"))]


def household_link(household: Any) -> Link:
    """A household's page, under the name of its head."""
    return reverse("field:household", args=[household.pk]), household_crumb(household)[1]
