"""协议列表与协议页: agreements in reach — searched, limited, exported; and one of them with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET

from yixian.compensation.access import DRAWERS_UP, VOID_APPROVERS, VOID_PROPOSERS, acts_for
from yixian.compensation.agreement_read_models import AgreementRow
from yixian.compensation.choices import AgreementState
from yixian.compensation.paper.agreement import agreement_pdf
from yixian.compensation.queries import agreement_list, case_list, get_agreement, parties_to_record
from yixian.domain.areas import AreaLevel
from yixian.kernel.result_sets import ResultSet
from yixian.registry.access import get_household
from yixian.registry.actions.note_reading import note_reading, note_reading_many
from yixian.web.paper.single import asked_print, pdf
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, CODE, DATE, MONEY, NUMBER, Badge
from yixian.web.ui.file_names import file_name
from yixian.web.ui.filters import Choice, ListQuery, Place, Search
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where

_LIVING = (AgreementState.SIGNING, AgreementState.IN_FORCE)


def _rows(query: ListQuery) -> ResultSet[AgreementRow]:
    return agreement_list(query.actor, search=query["q"], state=query["state"], area_path=query["area"])


def _noted(query: ListQuery, rows: Sequence[AgreementRow]) -> None:
    ids = [row.household_id for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list of agreements"), at=query.at)


_TONES = {
    AgreementState.IN_FORCE: "good",
    AgreementState.DRAWN_UP: "warn",
    AgreementState.SIGNING: "warn",
}

AGREEMENTS = ListPage(
    url="agreements:list",
    export="agreements:export",
    title=_("Agreements"),
    lead=_(
        "What households, bureau and attesting bodies signed. No calculation changes an account under one."
    ),
    table=Table[AgreementRow](
        _("Agreements"),
        (
            Column(
                "head",
                _("Head of household"),
                lambda row: row.head,
                link=lambda row: address_of("agreements:agreement", row.pk),
                place="lead",
            ),
            Column("no", _("Agreement no."), lambda row: row.number, CODE),
            Column("household", _("Household number"), lambda row: row.household_no, CODE, where=Where.FILE),
            Column("place", _("Location"), lambda row: row.place),
            Column("version", _("Version"), lambda row: row.version, NUMBER, where=Where.FILE),
            Column("day", _("Drawn up on"), lambda row: row.drawn_up_on, DATE, where=Where.FILE),
            Column(
                "state",
                _("State"),
                lambda row: Badge(row.state_label, _TONES.get(AgreementState(row.state), "")),
                BADGE,
            ),
            Column("total", _("Total, yuan"), lambda row: row.total_fen, MONEY),
        ),
        Empty(
            _("No agreement fits"),
            _("An agreement is drawn up from a household's page, once its account is issued."),
        ),
    ),
    rows=_rows,
    counted=lambda n: ngettext("%(number)s agreement", "%(number)s agreements", n) % {"number": f"{n:,}"},
    search=Search(_("Search for an agreement"), _("Agreement or household number, or name")),
    filters=(
        Choice("state", _("State"), AgreementState.choices),
        Place(levels=(AreaLevel.COUNTY, AreaLevel.TOWNSHIP)),
    ),
    noted=_noted,
    template="agreements/list.html",
    context=lambda query: {"waiting": case_list(query.actor).count()},
)


@require_GET
def agreement_page(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agreement: parties, signatures, and what this reader may do about it. The reading is noted."""
    actor = actor_of(request)
    view = get_agreement(actor, agreement_id)
    household = get_household(actor, view.household_id)
    note_reading(actor, household, gettext_noop("agreement"), at=timezone.now())
    living = view.state in _LIVING
    context = {
        "agreement": view,
        "household": household,
        "to_record": parties_to_record(actor, agreement_id),
        "may_withdraw": view.state == AgreementState.DRAWN_UP and acts_for(actor, household, DRAWERS_UP),
        "may_propose_void": living and view.proposal is None and acts_for(actor, household, VOID_PROPOSERS),
        "may_declare_void": living
        and view.proposal is not None
        and view.proposed_by_id != actor.user_id
        and acts_for(actor, household, VOID_APPROVERS),
        "may_draw_up": acts_for(actor, household, DRAWERS_UP) and view.end is not None,
    }
    return render(request, "agreements/agreement.html", context)


@require_GET
def agreement_paper(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """The agreement as a PDF."""
    actor = actor_of(request)
    view = get_agreement(actor, agreement_id)
    lang, _large = asked_print(request)
    return pdf(
        agreement_pdf(actor, agreement_id, lang=lang, at=timezone.now()),
        f"{file_name(_('Agreement'), view.number)}.pdf",
    )
