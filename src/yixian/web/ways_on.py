"""下一步: where the thing can be done that a refusal asks for first, or who can do it.

A refusal names its rule; these name the page that leads on. Whoever may not do it there is told whose work it is. Whatever is
mended on the page that somebody came from needs no entry: the page of a refusal always leads back there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from yixian.budget import access as budget
from yixian.compensation import access as accounts
from yixian.duty import access as duty
from yixian.kernel.languages import language
from yixian.kernel.roles import Role
from yixian.policies import access as policies


@dataclass(frozen=True, slots=True)
class WayOn:
    """A page, what its link says, the address of what is done there, and the roles whose work it is."""

    page: str
    label: Promise | str
    does: str
    roles: frozenset[Role]

    @property
    def url(self) -> str:
        """Where the link leads."""
        return reverse(self.page)

    @property
    def role_names(self) -> str:
        """The roles by name, in the language being spoken and the order of the roles."""
        between = ", " if language() == "en" else "、"
        return between.join(str(role.label) for role in Role if role in self.roles and role != Role.SYSTEM)


_RECALCULATE = WayOn(
    "staff:accounts", _("Recalculate under “Accounts”"), "staff:calculate", accounts.CALCULATORS
)
_LEADERS = WayOn("staff:duty_leaders", _("Appoint leaders"), "staff:duty_leaders_appoint", duty.PLANNERS)

WAYS_ON: Mapping[str, WayOn] = {
    **dict.fromkeys(
        (
            "account.outdated",
            "account.register_changed",
            "account.run_differs",
            "account.run_ended",
            "account.run_open",
            "case.replaced",
        ),
        _RECALCULATE,
    ),
    "budget.none": WayOn("staff:budget", _("Enter the budget"), "staff:budget_enter", budget.PROPOSERS),
    "budget.beyond": WayOn(
        "staff:budget", _("Enter a decision beyond the budget"), "staff:budget_beyond", budget.PROPOSERS
    ),
    "quiz.no_pack": WayOn(
        "staff:policies", _("Propose a policy pack"), "staff:policy_propose", policies.PROPOSERS
    ),
    "reminder.nobody": WayOn(
        "staff:duty_uncovered", _("Choose a helper for a household"), "staff:duty_assign", duty.COVERERS
    ),
    "absence.leads": _LEADERS,
    "station.last": _LEADERS,
    "station.beside": WayOn(
        "staff:duty_absences", _("Hand households over"), "staff:duty_announce", duty.PLANNERS
    ),
}
"""Key of a refusal → the way on."""


def came_from(request: HttpRequest) -> str:
    """The page of ours on which a form was sent, or a link followed; "" where that is this very address."""
    told = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(told)
    if parts.path == request.path and request.method != "POST":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
