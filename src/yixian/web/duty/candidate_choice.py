"""人选: how somebody who might stand beside a household is shown where one is chosen — name, body, way, load and places."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.duty.queries.candidates import Candidate
from yixian.web.templatetags.yixian import km
from yixian.web.ui.filters import Search

MAX_CANDIDATES = 12
"""So many are offered at once, the nearest; anybody else is asked about by name."""

ABOUT = Search(_("Ask about somebody"), _("Name, pinyin, number or body"))


def candidate_choice(one: Candidate) -> SafeString:
    """A candidate as the words beside a button; of one whose places are all taken it says so."""
    way = gettext("%(km)s km · %(load)s of %(places)s households") % {
        "km": km(one.metres),
        "load": one.load,
        "places": one.helper.places,
    }
    full = (
        format_html(' <span class="tag tag-warn">{}</span>', gettext("all places taken"))
        if one.is_full
        else ""
    )
    return format_html(
        '<span><strong>{}</strong> <span class="soft small">{}</span> <span class="num small">{}</span>{}</span>',
        one.helper.person.name,
        one.helper.organisation.label,
        way,
        full,
    )
