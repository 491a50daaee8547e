"""待讲解的户: every household in reach with whether its account was explained, understood and confirmed; as a file, too."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from yixian.outreach.choices import ExplanationState
from yixian.outreach.outreach_read_models import ExplanationRow
from yixian.outreach.queries import explanation_list
from yixian.outreach.queries.explanation_list import DENIED, REQUESTED, WAITING
from yixian.registry.actions.note_reading import note_reading_many
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, CODE, DATE, NAMES, Badge, soft
from yixian.web.ui.filters import Choice, ListQuery, Place, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

TONES = {
    ExplanationState.NO_ACCOUNT: "",
    ExplanationState.UNEXPLAINED: "bad",
    ExplanationState.OUTDATED: "bad",
    ExplanationState.OPEN: "warn",
    ExplanationState.EXPLAINED: "river",
    ExplanationState.CONFIRMED: "good",
}
_STATES = (
    (WAITING, _("Still to be explained")),
    (REQUESTED, _("Asked for somebody to come and read it")),
    *ExplanationState.choices,
    (DENIED, _("The household says it never took place")),
)


def _name(row: ExplanationRow) -> str:
    return str(row.household.head.name if row.household.head else row.household.household_no)


def _denied(row: ExplanationRow) -> str:
    return soft(_("The household says it never took place")) if row.is_denied else ""


def _noted(query: ListQuery, rows: Sequence[ExplanationRow]) -> None:
    ids = [row.household.pk for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list export"), at=query.at)


EXPLANATIONS = ListPage(
    url="outreach:explanations",
    export="outreach:explanations_export",
    title=_("Accounts to explain"),
    lead=_("Every household hears its account line by line, asks, is answered, and confirms."),
    table=Table[ExplanationRow](
        _("Accounts to explain"),
        (
            Column(
                "name",
                _("Head of household"),
                _name,
                link=lambda row: address_of("staff:household", row.household.pk),
                place="lead",
            ),
            Column("no", _("Household number"), lambda row: row.household.household_no, CODE),
            Column("place", _("Location"), lambda row: row.household.area.label),
            Column(
                "helpers",
                _("Beside them"),
                lambda row: list(row.helpers) or Badge(_("Nobody yet"), "warn"),
                NAMES,
                unsorted="several people stand in one cell",
            ),
            Column(
                "explained",
                _("Last explained"),
                lambda row: row.explained_on,
                DATE,
                under=lambda row: soft(row.explained_by) if row.explained_by else "",
                place="labelled",
            ),
            Column(
                "state",
                _("State"),
                lambda row: Badge(row.state.label, TONES[row.state]),
                BADGE,
                under=_denied,
                place="corner",
                unsorted="the filter does it",
            ),
        ),
        Empty(
            _("No household stands here"),
            _("As soon as accounts are calculated and households are paired, they stand here."),
            filtered=_("Try another state, or take a limit away."),
        ),
    ),
    rows=lambda query: explanation_list(
        query.actor, on=query.on, search=query["q"], area_path=query["area"], state=query["state"]
    ),
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    search=Search(
        _("Search for a household or a helper"), _("Name of a household or of whoever stands beside it")
    ),
    filters=(Place(), Choice("state", _("State"), _STATES)),
    noted=_noted,
)
