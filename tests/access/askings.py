"""如何问: for every declared address, the request that asks for something of one valley."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.world import Side, World
from yixian.compensation.access import RECORDERS
from yixian.compensation.choices import Party
from yixian.duty.handover_steps import STEPS as HANDOVER_STEPS
from yixian.inventory.models import InventoryItem
from yixian.kernel.roles import Role
from yixian.matters.steps import IDENTITY, STEPS

Values = Callable[[World, Side, Role], Mapping[str, Any]]


def _nothing(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Asking:
    """A request: its method, and what stands in its path and in its query or form.

    ``names_something`` says that the request names an object of a side: asked of the far side it must be answered 404.
    """

    method: str = "get"
    path: Values = _nothing
    data: Values = _nothing
    names_something: bool = False

    @property
    def names_a_side(self) -> bool:
        """Whether the request is another one for the other side."""
        return self.path is not _nothing or self.data is not _nothing

    def send(self, name: str, client: Client, world: World, side: Side, role: Role) -> HttpResponse:
        """Send it."""
        url = reverse(name, kwargs=dict(self.path(world, side, role)))
        send = client.get if self.method == "get" else client.post
        return send(url, dict(self.data(world, side, role)))  # type: ignore[return-value]


def _get(path: Values = _nothing, data: Values = _nothing, *, names: bool = False) -> Asking:
    return Asking("get", path, data, names)


def _post(path: Values = _nothing, data: Values = _nothing, *, names: bool = False) -> Asking:
    return Asking("post", path, data, names)


def _form(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"form_id": f"{world.pack.pack_id}-facility"}


def _household(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"household_id": side.households[0].pk}


def _head(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    household = side.households[0]
    return {"household_id": household.pk, "person_id": household.head_id}


def _item(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    household = side.households[0]
    item = InventoryItem.objects.filter(household=household, valid_until=None).order_by("line_no")[0]
    return {"household_id": household.pk, "item_id": item.pk}


def _village(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area_id": side.village.pk}


def _leader(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area_id": side.township.pk, "leadership_id": 1}


def _stationing(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area_id": side.village.pk, "stationing_id": 1}


def _in_village(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area": side.village.pk, "seed": "7"}


def _in_list(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area": side.village.pk}


def _searched(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"q": side.households[0].head.name}


def _organisation(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"organisation_id": side.organisation.pk}


def _helper(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"helper_id": side.cadre.pk}


def _job(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"job_id": side.jobs[role].pk if role in side.jobs else next(iter(side.jobs.values())).pk}


def _pack(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"pack_version_id": world.pack.pk}


def _proposal(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"adoption_id": side.proposal and side.proposal.pk}


def _change(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"change_id": side.change and side.change.pk}


def _batch(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"batch_id": side.batch and side.batch.pk}


def _user(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"user_id": world.stranger.pk}


def _grant(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"user_id": world.stranger.pk, "grant_id": world.stranger.role_grants.get().pk}


def _waiting_grant(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"grant_id": 1}


def _waiting_code(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"code_id": 1}


def _document(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"pack_id": world.pack.pack_id, "document_id": "D2009-215"}


def _question(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"question_id": world.question.pk}


def _recording(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"recording_id": world.recording.pk}


def _recorded_text(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"key": world.recording.text}


def _question_in_words(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"text": "围墙怎么赔"}


def _handed_in(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"text": f"{side.households[0].head.name}家的围墙怎么赔", "once": "1" * 32}


def _quiz(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {
        "attempt_id": side.quizzes[role].pk if role in side.quizzes else next(iter(side.quizzes.values())).pk
    }


def _quiz_question(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_quiz(world, side, role), "number": 1}


def _spreadsheet(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"file_format": "xlsx"}


def _price_sheet(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_pack(world, side, role), **_spreadsheet(world, side, role)}


def _calculated(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"do": "surveyed", "household_id": side.households[0].pk}


def _open_run(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"run": side.open_run and side.open_run.pk}


def _revision(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"revision_id": side.revision and side.revision.pk}


def _decided(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"revision_id": side.decided and side.decided.pk}


def _decided_file(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_decided(world, side, role), "file_format": "xlsx"}


def _first_draft(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"number": 1}


def _compared_household(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"revision_id": side.revision and side.revision.pk, "household_id": side.households[0].pk}


def _agreement(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"agreement_id": side.agreement and side.agreement.pk}


def _budget(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"version_id": side.budget and side.budget.pk}


def _valley(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"place_id": side.township.pk}


def _visit(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"visit_id": side.visit and side.visit.pk}


def _explanation(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"explanation_id": side.explanation and side.explanation.pk}


def _asked_of_account(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    key = "0b6c3f1e-8a53-4f5e-9d61-0c1f7a2b9e34"
    return {"key": key, "words": "果树怎么算", "route": "helpdesk"}


def _session(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"session_id": side.on_site and side.on_site.pk}


def _posting(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"posting_id": side.posting and side.posting.pk}


def _posted_lines(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"posting_id": side.posting and side.posting.pk, "file_format": "csv"}


def _posting_proof(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"posting_id": side.posting and side.posting.pk, "seq": 2}


def _objection(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"posting_id": side.posting and side.posting.pk, "objection_id": side.objection_id}


def _policy_meeting(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"meeting_id": side.meeting and side.meeting.pk}


def _campaign(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"campaign_id": side.survey.campaign_id}


def _campaign_sheets(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"campaign_id": side.survey.campaign_id, "file_format": "xlsx"}


def _team(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"team_id": side.survey.team_id}


def _device(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"device_id": side.survey.device_id}


def _sheet(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"sheet_id": side.survey.sheet_id}


def _compared(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"sheet_id": side.survey.sheet_id, "other_id": side.survey.rival_id}


def _yard_paper(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"visit_id": side.survey and side.survey.visit_id}


def _picture(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"picture_id": side.survey.picture_id}


def _absent_household(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"meeting_id": side.meeting and side.meeting.pk, "household_id": side.households[0].pk}


def _decision(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"decision_id": side.decision_id}


def _explainable(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"household_id": side.households[1].pk}


def _promise(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"promise_id": side.promise and side.promise.pk}


def _photo(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"photo_id": side.photo and side.photo.pk}


def _signature(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    parties = [party for party, roles in RECORDERS.items() if role in roles]
    return {**_agreement(world, side, role), "party": parties[0] if parties else Party.HOUSEHOLD}


def _version(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_household(world, side, role), "version": 1}


def _first(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"version": 1}


def _case(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"case_id": side.case_id}


def _as_cadre(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"role": "cadre"}


def _no_more(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"reason": "", "confirmed": "1"}


def _helper_request(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"request_id": side.request_id}


def _handover(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"handover_id": side.handover_id}


def _absence(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"absence_id": side.absence and side.absence.pk}


def _absence_file(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_absence(world, side, role), **_spreadsheet(world, side, role)}


def _announced(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"handover_id": side.absence and side.absence.handovers.get().pk}


def _shortage(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"shortage_id": side.shortage and side.shortage.pk}


def _remedied(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_shortage(world, side, role), "number": 0}


def _shortage_file(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_shortage(world, side, role), "file_format": "csv"}


def _tried(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"job_id": side.tries[role].pk if role in side.tries else next(iter(side.tries.values())).pk}


def _helpdesk_figure(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"organisation_id": side.organisation.pk, "measure": "held"}


def _matter(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"matter_no": side.matter_for(role).number}


def _formal(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"paper_id": side.paper_id}


def _formal_draft(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_matter(world, side, role), "kind": "acceptance"}


def _supervision(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"order_id": side.supervision_id}


def _take_over(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"action": "take_over"}


def _marked_matter(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"row": side.matter_for(role).number}


def _opinion(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_matter(world, side, role), "position": 1}


def _step(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    """To open who raised it; for those who never may, the first step that some matter may offer them."""
    found = (step.name for step in (IDENTITY, *STEPS) if role in step.roles)
    return {**_matter(world, side, role), "step": next(found, IDENTITY.name)}


def _matter_file(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"file_id": side.matter_for(role).files.get().pk}


def _because(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"reason": "要回访"}


def _found_home(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"household": side.households[0].household_no}


def _words_of_matter(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"q": f"{side.group.name}的诉求", "tab": "open"}


def _found(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"find": side.cadre.helper_no}


def _signal(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"signal_id": side.signal and side.signal.pk}


def _group(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"group_id": side.group_at_work and side.group_at_work.pk}


def _report_file(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_group(world, side, role), "number": 1, "file_format": "xlsx"}


def _reply(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_group(world, side, role), "dispatch_id": side.dispatch_id}


def _letter(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_group(world, side, role), "reply_id": side.reply_id}


def _check(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"sampled_id": side.checks.get(role) or next(iter(side.checks.values()), 0)}


def _raised(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    """A matter raised without a name, about the side's village and its office."""
    return {
        "do": "send",
        "key": "7a0cf1e2-6a43-4a9c-9d06-6f3c6e7d4b10",
        "words": "路没有修通",
        "who": "unnamed",
        "area": side.village.pk,
        "office": f"organisation-{side.organisation.pk}",
    }


def _receipt(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    """Digits that nobody was given."""
    return {"code": "0000111122223333", "household_id": side.households[0].pk}


def _file_token(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"token": "1:nobody:signed"}


def _own_matter(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"number": side.own_matter and side.own_matter.number}


def _written(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"do": "write", "key": "5bd3b0a4-6d0e-4ed5-8f6d-30b0a0d2b4a1", "words": "再说一句"}


ASKINGS: dict[str, Asking] = {
    "portal:home": _get(),
    "portal:any_code": _get(),
    "portal:card": _get(),
    "portal:leave": _post(),
    "portal:left": _get(),
    "portal:reading": _post(),
    "portal:policy": _get(),
    "portal:prices": _get(data=_searched),
    "portal:price_changes": _get(),
    "portal:prices_export": _get(_spreadsheet),
    "portal:offices": _get(data=_searched),
    "portal:offices_export": _get(_spreadsheet),
    "portal:genuine": _get(),
    "portal:recording": _get(_recording),
    "portal:budget": _get(),
    "portal:library_document": _get(_document),
    "portal:ask": _post(data=_question_in_words),
    "portal:hand_in": _post(data=_handed_in),
    "portal:come_back": _get(),
    "portal:answers": _get(data=_searched),
    "portal:answer": _get(_question),
    "portal:changes": _get(data=_searched),
    "portal:change": _get(_group),
    "portal:calculate": _post(data=_calculated),
    "portal:raise": _post(data=_raised),
    "portal:status": _post(data=_receipt),
    "portal:matter_file": _get(_file_token),
    "portal:procedure": _get(),
    "portal:our_matters": _get(data=_household),
    "portal:our_matter": _post(_own_matter, _written, names=True),
    "portal:account": _get(data=_household),
    "portal:belongings": _get(data=_household),
    "portal:assigned_helpers": _get(data=_household),
    "portal:another": _post(_as_cadre, data=_no_more),
    "portal:take_back": _post(_helper_request, names=True),
    "portal:known": _post(_handover, names=True),
    "portal:record": _get(data=_household),
    "portal:missing": _get(data=_household),
    "portal:calculate_ours": _post(data=_calculated),
    "portal:statement": _get(data=_household),
    "portal:versions": _get(data=_household),
    "portal:version": _get(_first),
    "portal:version_paper": _get(_first),
    "portal:agreement": _get(data=_household),
    "portal:agreement_paper": _get(data=_household),
    "portal:promises": _get(data=_household),
    "portal:promise_say": _post(_promise, lambda _world, _side, _role: {"outcome": "kept"}, names=True),
    "portal:visit_object": _post(_visit, lambda _world, _side, _role: {"words": "不是这样"}, names=True),
    "portal:visit_photo": _get(_photo, names=True),
    "portal:meeting_object": _post(
        _policy_meeting, lambda _world, _side, _role: {"words": "不是这样"}, names=True
    ),
    "survey:campaigns": _get(),
    "survey:campaigns_export": _get(_spreadsheet),
    "survey:campaign_new": _get(),
    "survey:campaign": _get(_campaign, names=True),
    "survey:campaign_close": _get(_campaign, names=True),
    "survey:team_new": _get(_campaign, names=True),
    "survey:progress": _get(_campaign, names=True),
    "survey:day_new": _get(_team, names=True),
    "survey:yard_visits": _get(_campaign, names=True),
    "survey:yard_visits_export": _get(_campaign_sheets, names=True),
    "survey:yard_visit_new": _get(_team, names=True),
    "survey:paper": _get(_yard_paper, names=True),
    "survey:device_new": _get(_team, names=True),
    "survey:device_revoke": _get(_device, names=True),
    "survey:sheets": _get(_campaign, names=True),
    "survey:sheets_export": _get(_campaign_sheets, names=True),
    "survey:sheet": _get(_sheet, names=True),
    "survey:compare": _get(_compared, names=True),
    "survey:choose": _get(_sheet, names=True),
    "survey:picture": _get(_picture, names=True),
    "outreach:meetings": _get(),
    "outreach:meetings_export": _get(_spreadsheet),
    "outreach:policy_reach": _get(),
    "outreach:policy_reach_export": _get(_spreadsheet),
    "outreach:meeting_new": _get(),
    "outreach:meeting": _get(_policy_meeting, names=True),
    "outreach:meeting_sheet": _get(_policy_meeting, names=True),
    "outreach:meeting_reached": _get(_absent_household, names=True),
    "portal:posted": _get(data=_searched),
    "portal:posted_list": _get(_posting),
    "portal:decided": _get(data=_searched),
    "portal:decided_export": _get(_spreadsheet),
    "portal:sessions": _get(data=_household),
    "portal:session_object": _post(_session, lambda _world, _side, _role: {"words": "不是这样"}, names=True),
    "posting:list": _get(),
    "posting:list_export": _get(_spreadsheet),
    "posting:new": _get(),
    "posting:posting": _get(_posting, names=True),
    "posting:lines": _get(_posted_lines, names=True),
    "posting:paper": _get(_posting, names=True),
    "posting:proof": _get(_posting_proof, names=True),
    "posting:put-up": _get(_posting, names=True),
    "posting:prove": _get(_posting, names=True),
    "posting:take-down": _get(_posting, names=True),
    "posting:close": _post(_posting, names=True),
    "posting:object": _get(_posting, names=True),
    "posting:answer": _get(_objection, names=True),
    "posting:propose-lock": _get(_posting, names=True),
    "posting:agree-lock": _post(_posting, names=True),
    "outreach:sessions": _get(),
    "outreach:sessions_export": _get(_spreadsheet),
    "outreach:session_new": _get(),
    "outreach:session": _get(_session, names=True),
    "outreach:session_correct": _get(_session, names=True),
    "outreach:decisions": _get(),
    "outreach:decisions_export": _get(_spreadsheet),
    "outreach:decision": _get(_decision, names=True),
    "outreach:decision_done": _get(_decision, names=True),
    "outreach:decision_not_done": _get(_decision, names=True),
    "outreach:decision_close": _get(_decision, names=True),
    "outreach:decision_send_back": _get(_decision, names=True),
    "portal:reading_ask": _post(),
    "portal:reading_take_back": _post(),
    "portal:explained": _get(data=_household),
    "portal:explained_confirm": _post(_explanation, names=True),
    "portal:explained_ask": _post(_explanation, _asked_of_account, names=True),
    "portal:explained_object": _post(
        _explanation, lambda _world, _side, _role: {"words": "不是这样"}, names=True
    ),
    "outreach:explanations": _get(data=_searched),
    "outreach:explanations_export": _get(_spreadsheet),
    "outreach:reading_ask": _get(_household, names=True),
    "outreach:explain": _get(_explainable, names=True),
    "outreach:explanation": _get(_explanation, names=True),
    "outreach:confirm": _get(_explanation, names=True),
    "field:mine": _get(data=_searched),
    "field:household": _get(_household, names=True),
    "field:record": _get(_household, names=True),
    "field:raise": _get(_household, names=True),
    "field:visit": _get(_visit, names=True),
    "field:acknowledge": _get(_visit, names=True),
    "field:correct": _get(_visit, names=True),
    "field:settle": _get(_promise, names=True),
    "field:photo": _get(_photo, names=True),
    "staff:visits": _get(),
    "staff:visit_remind": _get(_household, names=True),
    "staff:visits_export": _get(_spreadsheet),
    "agreements:list": _get(data=_searched),
    "agreements:export": _get(_spreadsheet),
    "agreements:agreement": _get(_agreement, names=True),
    "agreements:paper": _get(_agreement, names=True),
    "agreements:sign": _get(_signature, names=True),
    "agreements:withdraw": _post(_agreement, names=True),
    "agreements:void": _post(_agreement, names=True),
    "agreements:void_decide": _post(_agreement, names=True),
    "agreements:draw_up": _get(_household, names=True),
    "agreements:correct": _get(_household, names=True),
    "agreements:versions": _get(_household, names=True),
    "agreements:version": _get(_version, names=True),
    "agreements:version_paper": _get(_version, names=True),
    "agreements:compare": _get(_household, names=True),
    "agreements:cases": _get(),
    "agreements:cases_export": _get(_spreadsheet),
    "agreements:case": _get(_case, names=True),
    "paper:statement": _get(_household, names=True),
    "paper:card": _post(_household, names=True),
    "paper:statements": _get(_village, names=True),
    "paper:cards": _post(_village, names=True),
    "paper:file": _get(_job, names=True),
    "staff:home": _get(),
    "staff:progress": _get(),
    "staff:search": _get(),
    "staff:households": _get(data=_searched),
    "staff:household_export": _get(_spreadsheet),
    "staff:household": _get(_household, names=True),
    "staff:household_card": _post(_household, names=True),
    "staff:household_facts": _get(_household, names=True),
    "staff:household_another": _get(_household, names=True),
    "staff:request_withdraw": _post(_helper_request, names=True),
    "staff:household_edit": _get(_household, names=True),
    "staff:member_new": _get(_household, names=True),
    "staff:member_edit": _get(_head, names=True),
    "staff:member_left": _get(_head, names=True),
    "staff:item_new": _get(_household, names=True),
    "staff:item_edit": _get(_item, names=True),
    "staff:household_split": _get(_household, names=True),
    "staff:household_merge": _get(_household, names=True),
    "staff:areas": _get(),
    "staff:area": _get(_village, names=True),
    "staff:area_code": _get(_village, names=True),
    "staff:organisations": _get(data=_searched),
    "staff:organisations_export": _get(_spreadsheet),
    "staff:organisation": _get(_organisation),
    "staff:helper": _get(_helper),
    "staff:organisation_edit": _get(_organisation, names=True),
    "staff:helper_edit": _get(_helper, names=True),
    "staff:accounts": _get(),
    "staff:outdated": _get(),
    "staff:outdated_export": _get(_spreadsheet),
    "staff:withheld": _get(),
    "staff:withheld_export": _get(_spreadsheet),
    "staff:calculate": _post(data=_in_village, names=True),
    "staff:resume": _post(data=_open_run, names=True),
    "staff:pairing": _get(),
    "staff:pairing_solve": _post(data=_in_village, names=True),
    "staff:duty": _get(),
    "staff:duty_area": _get(_village, names=True),
    "staff:duty_organisation": _get(_organisation),
    "staff:duty_loads": _get(data=_in_list, names=True),
    "staff:duty_loads_export": _get(_spreadsheet, _in_list, names=True),
    "staff:duty_weeks": _get(data=_in_list, names=True),
    "staff:duty_uncovered": _get(data=_in_list, names=True),
    "staff:duty_uncovered_export": _get(_spreadsheet, _in_list, names=True),
    "staff:duty_export": _get(_spreadsheet, _in_list, names=True),
    "staff:duty_absences": _get(data=_in_list, names=True),
    "staff:duty_absence": _get(_absence, names=True),
    "staff:duty_absence_export": _get(_absence_file, names=True),
    "staff:duty_absence_cover": _post(_absence, names=True),
    "staff:duty_absence_end": _post(_absence, names=True),
    "staff:duty_absence_call_off": _post(_absence, names=True),
    "staff:duty_announce": _get(),
    "staff:duty_sudden": _get(),
    "staff:duty_find": _get(data=_found),
    "staff:duty_handovers": _get(),
    "staff:duty_handovers_export": _get(_spreadsheet),
    "staff:duty_handover": _get(_announced, names=True),
    **{f"staff:duty_handover_{step.name}": _get(_announced, names=True) for step in HANDOVER_STEPS},
    "staff:duty_handover_paper": _get(_absence, names=True),
    "staff:duty_leaders": _get(data=_in_list, names=True),
    "staff:duty_leaders_area": _get(_village, names=True),
    "staff:duty_leaders_appoint": _post(_village, names=True),
    "staff:duty_leaders_relieve": _post(_leader, names=True),
    "staff:duty_leaders_station": _post(_village, names=True),
    "staff:duty_leaders_withdraw": _post(_stationing, names=True),
    "staff:duty_leaders_call_off_leader": _post(_leader, names=True),
    "staff:duty_leaders_call_off_station": _post(_stationing, names=True),
    "staff:duty_recusals": _get(_household, names=True),
    "staff:duty_recusals_declare": _post(_household, names=True),
    "staff:duty_recusals_helper": _get(_helper),
    "staff:duty_assign": _get(_household, names=True),
    "staff:duty_why": _get(_household, names=True),
    "staff:duty_shortage": _get(_shortage, names=True),
    "staff:duty_remedy": _get(_remedied, names=True),
    "staff:duty_shortage_export": _get(_shortage_file, names=True),
    "staff:duty_what_if": _get(),
    "staff:duty_what_if_result": _get(_tried, names=True),
    "staff:duty_map": _get(data=_in_list, names=True),
    "staff:policies": _get(),
    "staff:policy": _get(_pack),
    "staff:policy_prices": _get(_pack),
    "staff:policy_prices_export": _get(_price_sheet),
    "staff:policy_propose": _get(_pack),
    "staff:adoption_approve": _post(_proposal, names=True),
    "staff:adoption_call_off": _get(_proposal, names=True),
    "staff:revisions": _get(),
    "staff:revisions_export": _get(_spreadsheet),
    "staff:revision_new": _get(),
    "staff:revision": _get(_revision, names=True),
    "staff:revision_prices": _get(_revision, names=True),
    "staff:revision_pack": _get(_revision, names=True),
    "staff:revision_download": _get(_revision, names=True),
    "staff:revision_back": _post(_revision, _first_draft, names=True),
    "staff:revision_compare": _post(_revision, names=True),
    "staff:revision_effects": _get(_revision, names=True),
    "staff:revision_households": _get(_revision, names=True),
    "staff:revision_household": _get(_compared_household, names=True),
    "staff:revision_evidence": _get(_revision, names=True),
    "staff:revision_evidence_paper": _get(_revision, names=True),
    "staff:revision_submit": _post(_revision, names=True),
    "staff:revision_approve": _post(_revision, names=True),
    "staff:revision_decide": _get(_revision, names=True),
    "staff:revision_return": _get(_revision, names=True),
    "staff:revision_withdraw": _get(_revision, names=True),
    "staff:revision_call_off": _get(_revision, names=True),
    "staff:revision_adopt": _post(_decided, names=True),
    "staff:revision_outcome": _get(_decided, names=True),
    "staff:revision_differences": _get(_decided_file, names=True),
    "staff:groups": _get(),
    "staff:signal": _get(_signal, names=True),
    "staff:group_open": _get(_signal, names=True),
    "staff:group_new": _get(),
    "staff:checks": _get(),
    "staff:check": _get(_check, names=True),
    "staff:group": _get(_group, names=True),
    "staff:group_member": _post(_group, names=True),
    "staff:group_sample": _get(_group, names=True),
    "staff:group_announce": _post(_group, names=True),
    "staff:group_draw": _post(_group, names=True),
    "staff:group_assign": _post(_group, names=True),
    "staff:group_sheet": _get(_group, names=True),
    "staff:group_sheet_in": _post(_group, names=True),
    "staff:group_checked": _post(_group, names=True),
    "staff:group_draft": _get(_group, names=True),
    "staff:group_link": _post(_group, names=True),
    "staff:group_seen": _post(_group, names=True),
    "staff:group_report": _get(_group, names=True),
    "staff:group_freeze": _post(_group, names=True),
    "staff:group_report_file": _get(_report_file, names=True),
    "staff:group_send": _post(_group, names=True),
    "staff:group_replies": _post(_group, names=True),
    "staff:group_reply": _get(_reply, names=True),
    "staff:group_letter": _get(_letter, names=True),
    "staff:group_keep": _get(_group, names=True),
    "staff:group_keep_decide": _post(_group, names=True),
    "staff:group_keep_back": _post(_group, names=True),
    "staff:group_answer": _post(_group, names=True),
    "staff:group_close": _post(_group, names=True),
    "staff:library": _get(data=_searched),
    "staff:library_document": _get(_document),
    "staff:ask": _post(data=_question_in_words),
    "staff:hand_in": _post(data=_handed_in),
    "staff:answers": _get(data=_searched),
    "staff:answer": _get(_question),
    "staff:recordings": _get(data=_searched),
    "staff:recording_new": _get(_recorded_text),
    "staff:recording_withdraw": _get(_recording),
    "staff:helpdesk": _get(data=_searched),
    "staff:helpdesk_question": _get(_question),
    "staff:matter_trends": _get(),
    "staff:matter_metrics": _get(),
    "staff:matter_metrics_export": _get(_spreadsheet),
    "staff:matter_metrics_matters": _get(_helpdesk_figure),
    "portal:figures": _get(),
    "staff:matters": _get(data=_words_of_matter),
    "staff:matters_export": _get(_spreadsheet, _words_of_matter),
    "staff:formal_draft": _get(_formal_draft, names=True),
    "staff:formal_paper": _get(_formal, names=True),
    "staff:formal_print": _get(_formal, names=True),
    "staff:formal_review": _get(_formal, names=True),
    "staff:formal_return": _get(_formal, names=True),
    "staff:formal_issue": _get(_formal, names=True),
    "staff:formal_deliver": _get(_formal, names=True),
    "staff:supervision_orders": _get(),
    "staff:supervision_new": _get(),
    "staff:supervision_order": _get(_supervision, names=True),
    "staff:supervision_reply": _get(_supervision, names=True),
    "staff:supervision_close": _get(_supervision, names=True),
    "staff:supervision_send_back": _get(_supervision, names=True),
    "staff:matters_several": _get(_take_over, _marked_matter, names=True),
    "staff:matter": _get(_matter, names=True),
    "staff:matter_file": _get(_matter_file, names=True),
    "staff:matter_opinion": _get(_opinion, names=True),
    "staff:matter_step": _post(_step, _because, names=True),
    "staff:matter_new": _get(),
    "staff:matter_letter": _post(data=_handed_in),
    "staff:matter_list": _get(),
    "staff:matter_list_template": _get(),
    "staff:matter_mails": _get(),
    "staff:matter_find": _get(data=_found_home),
    "staff:matter_receipt": _get(_matter, names=True),
    "staff:matter_receipt_paper": _get(_matter, names=True),
    "staff:budget": _get(),
    "staff:budget_export": _get(_spreadsheet),
    "staff:budget_version": _get(_budget, names=True),
    "staff:budget_enter": _get(_valley, names=True),
    "staff:budget_beyond": _get(_valley, names=True),
    "staff:budget_confirm": _post(_budget, names=True),
    "staff:budget_take_back": _post(_budget, names=True),
    "staff:quizzes": _get(),
    "staff:quiz_begin": _post(),
    "staff:quiz": _get(_quiz, names=True),
    "staff:quiz_question": _get(_quiz_question, names=True),
    "staff:quiz_organisations": _get(),
    "staff:imports": _get(),
    "staff:fact_sheets": _get(),
    "staff:fact_sheet": _get(_village, names=True),
    "staff:import_template": _get(),
    "staff:import": _get(_batch, names=True),
    "staff:import_report": _get(_batch, names=True),
    "staff:import_commit": _post(_batch, names=True),
    "staff:import_discard": _post(_batch, names=True),
    "staff:import_propose": _get(_batch, names=True),
    "staff:changes": _get(),
    "staff:change": _get(_change, names=True),
    "staff:change_agree": _post(_change, names=True),
    "staff:change_refuse": _get(_change, names=True),
    "staff:change_withdraw": _get(_change, names=True),
    "staff:export": _post(),
    "staff:export_file": _get(_job, names=True),
    "staff:jobs": _get(),
    "staff:job": _get(_job, names=True),
    "staff:job_cancel": _post(_job, names=True),
    "staff:users": _get(data=_searched),
    "staff:user_new": _get(),
    "staff:user": _get(_user),
    "staff:user_code": _post(_user),
    "staff:user_active": _post(_user),
    "staff:grant_new": _post(_user),
    "staff:grant_end": _post(_grant),
    "staff:access_changes": _get(),
    "staff:access_waiting": _get(),
    "staff:grant_confirm": _post(_waiting_grant),
    "staff:code_confirm": _post(_waiting_code),
    "staff:system": _get(),
    "staff:sending_again": _post(lambda _world, _side, _role: {"channel": "sms"}),
    "account_login": _get(),
    "account_logout": _get(),
    "account_first_sign_in": _get(),
    "account_inactive": _get(),
    "account_change_password": _get(),
    "account_reauthenticate": _get(),
    "mfa_authenticate": _get(),
    "mfa_reauthenticate": _get(),
    "mfa_index": _get(),
    "usersessions_list": _get(),
    "mfa_activate_totp": _get(),
    "mfa_deactivate_totp": _get(),
    "mfa_view_recovery_codes": _get(),
    "mfa_generate_recovery_codes": _get(),
    "mfa_download_recovery_codes": _get(),
    "openrosa:form_list": _get(),
    "openrosa:form": _get(_form),
    "openrosa:manifest": _get(_form),
    "openrosa:households": _get(),
    "openrosa:day": _get(),
    "openrosa:submission": _post(),
    "field_app:shell": _get(),
    "field_app:worker": _get(),
    "field_app:manifest": _get(),
    "api-1:openapi-json": _get(),
    "api-1:me": _get(),
    "api-1:areas": _get(data=lambda _world, side, _role: {"parent": side.township.pk}, names=True),
    "api-1:households": _get(data=lambda _world, side, _role: {"search": side.households[0].head.name}),
    "api-1:household": _get(_household, names=True),
    "api-1:household_visits": _get(_household, names=True),
    "api-1:household_promises": _get(_household, names=True),
}
"""One for each address of the access matrix; a test fails where one is missing."""
