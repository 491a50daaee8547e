"""每一页: on a phone and on a desk, in both languages, every page is whole, quiet and open to everybody."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from tests.browser.conftest import WIDTHS
from tests.browser.house import House
from tests.browser.readers import Readers
from tests.browser.visits import Visitor, confirm_password
from yixian.config.access_matrix import ENDPOINTS

Ids = dict[str, tuple[str, str]]

IDS: Ids = {
    "household_id": ("registry_household", "1 = 1"),
    "household_id:uncovered": (
        "registry_household",
        """valid_until IS NULL AND id NOT IN
        (SELECT household_id FROM duty_pairing WHERE role = 'member' AND valid_until IS NULL)""",
    ),
    "person_id": (
        "registry_person",
        "id = (SELECT head_id FROM registry_household ORDER BY id LIMIT 1)",
    ),
    "item_id": (
        "inventory_inventoryitem",
        "valid_until IS NULL AND household_id = (SELECT id FROM registry_household ORDER BY id LIMIT 1)",
    ),
    "area_id": ("registry_area", "level = 'village'"),
    "organisation_id": ("registry_organisation", "1 = 1"),
    "helper_id": ("registry_helper", "1 = 1"),
    "pack_version_id": ("policies_packversion", "1 = 1"),
    "user_id": ("kernel_user", "1 = 1"),
    "batch_id": ("workbook_importbatch", "1 = 1"),
    "revision_id": ("revisions_revision", "1 = 1"),
    "job_id": ("kernel_job", "1 = 1"),
    "question_id": (
        "policies_policyquestion",
        "id IN (SELECT question_id FROM policies_policyanswer WHERE is_public)",
    ),
    "version": ("compensation_statement", "version = 1"),
    "version_id": ("budget_budgetversion", "1 = 1"),
    "change_id": ("registry_proposedchange", "outcome = 'waiting'"),
    "place_id": ("registry_area", "level = 'county'"),
    "agreement_id": ("compensation_agreement", "1 = 1"),
    "attempt_id": ("quizzes_quizattempt", "1 = 1"),
    "absence_id": ("duty_absence", "1 = 1"),
    "shortage_id": ("duty_pairingshortage", "1 = 1"),
    "handover_id": ("duty_handover", "1 = 1"),
    "visit_id": ("visits_visit", "id NOT IN (SELECT visit_id FROM visits_visitacknowledgement)"),
    "promise_id": ("visits_promise", "document <> ''"),
    "posting_id": ("posting_posting", "id IN (SELECT posting_id FROM posting_objection)"),
    "session_id": ("outreach_onsitesession", "1 = 1"),
    "meeting_id": ("outreach_policymeeting", "1 = 1"),
    "campaign_id": ("survey_campaign", "1 = 1"),
    "team_id": ("survey_surveyteam", "1 = 1"),
    "device_id": ("survey_fielddevice", "1 = 1"),
    "sheet_id": ("survey_sheetsubmission", "1 = 1"),
    "decision_id": ("outreach_onsitedecision", "1 = 1"),
    "explanation_id": (
        "outreach_explanation",
        (
            "id NOT IN (SELECT explanation_id FROM outreach_explanationconfirmation) "
            "AND id NOT IN (SELECT explanation_id FROM outreach_explanationobjection)"
        ),
    ),
}
"""Where the ids in addresses come from; what stands behind a colon says which of them."""

NAMED = {
    "pack_id": "danjiangkou-2009",
    "document_id": "D2009-215",
    "number": 1,
    "role": "cadre",
    "measure": "held",
    "key": "page:portal:home",
    "step": "sort",
}
"""What stands in addresses by its own name."""

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "account_login": ("", ()),
    "account_logout": ("clerk", ()),
    "account_first_sign_in": ("", ()),
    "account_change_password": ("clerk", ()),
    "account_reauthenticate": ("clerk", ()),
    "account_inactive": ("", ()),
    "mfa_index": ("clerk", ()),
    "usersessions_list": ("clerk", ()),
    "mfa_activate_totp": ("clerk", ()),
    "portal:home": ("", ()),
    "portal:any_code": ("", ()),
    "portal:card": ("", ()),
    "portal:left": ("", ()),
    "portal:policy": ("", ()),
    "portal:prices": ("", ()),
    "portal:offices": ("", ()),
    "portal:genuine": ("", ()),
    "portal:budget": ("", ()),
    "portal:figures": ("", ()),
    "staff:matter_trends": ("lead", ()),
    "staff:matter_metrics": ("auditor", ()),
    "staff:matter_metrics_matters": ("auditor", ("organisation_id", "measure")),
    "portal:price_changes": ("", ()),
    "portal:library_document": ("", ("pack_id", "document_id")),
    "portal:ask": ("", ()),
    "portal:come_back": ("", ()),
    "portal:answers": ("", ()),
    "portal:answer": ("", ("question_id",)),
    "portal:changes": ("", ()),
    "portal:calculate": ("", ()),
    "portal:calculate_ours": ("card", ()),
    "portal:raise": ("", ()),
    "portal:status": ("", ()),
    "portal:procedure": ("", ()),
    "portal:our_matters": ("card", ()),
    "portal:account": ("card", ()),
    "portal:belongings": ("card", ()),
    "portal:record": ("card", ()),
    "portal:missing": ("card", ()),
    "portal:assigned_helpers": ("card", ()),
    "portal:another": ("card", ("role",)),
    "portal:versions": ("card", ()),
    "portal:agreement": ("card", ()),
    "portal:promises": ("card", ()),
    "portal:posted": ("", ()),
    "portal:posted_list": ("", ("posting_id",)),
    "portal:decided": ("", ()),
    "survey:campaigns": ("lead", ()),
    "survey:campaign_new": ("lead", ()),
    "survey:campaign": ("lead", ("campaign_id",)),
    "survey:campaign_close": ("lead", ("campaign_id",)),
    "survey:team_new": ("lead", ("campaign_id",)),
    "survey:progress": ("lead", ("campaign_id",)),
    "survey:day_new": ("lead", ("team_id",)),
    "survey:yard_visits": ("lead", ("campaign_id",)),
    "survey:yard_visit_new": ("lead", ("team_id",)),
    "survey:device_new": ("lead", ("team_id",)),
    "survey:device_revoke": ("lead", ("device_id",)),
    "survey:sheets": ("lead", ("campaign_id",)),
    "survey:sheet": ("lead", ("sheet_id",)),
    "outreach:meetings": ("lead", ()),
    "outreach:policy_reach": ("lead", ()),
    "outreach:meeting_new": ("lead", ()),
    "outreach:meeting": ("lead", ("meeting_id",)),
    "outreach:meeting_sheet": ("lead", ("meeting_id",)),
    "portal:sessions": ("card", ()),
    "posting:list": ("lead", ()),
    "posting:new": ("clerk", ()),
    "posting:posting": ("clerk", ("posting_id",)),
    "posting:object": ("clerk", ("posting_id",)),
    "posting:prove": ("clerk", ("posting_id",)),
    "posting:take-down": ("clerk", ("posting_id",)),
    "outreach:sessions": ("lead", ()),
    "outreach:session_new": ("lead", ()),
    "outreach:session": ("lead", ("session_id",)),
    "outreach:session_correct": ("lead", ("session_id",)),
    "outreach:decisions": ("lead", ()),
    "outreach:decision": ("lead", ("decision_id",)),
    "portal:explained": ("card", ()),
    "outreach:explanations": ("cadre", ()),
    "outreach:reading_ask": ("clerk", ("household_id",)),
    "outreach:explain": ("clerk", ("household_id",)),
    "outreach:explanation": ("clerk", ("explanation_id",)),
    "outreach:confirm": ("clerk", ("explanation_id",)),
    "field:mine": ("cadre", ()),
    "field:household": ("clerk", ("household_id",)),
    "field:record": ("clerk", ("household_id",)),
    "field:raise": ("clerk", ("household_id",)),
    "field:visit": ("clerk", ("visit_id",)),
    "field:acknowledge": ("clerk", ("visit_id",)),
    "field:correct": ("clerk", ("visit_id",)),
    "field:settle": ("clerk", ("promise_id",)),
    "staff:visits": ("lead", ()),
    "staff:visit_remind": ("lead", ("household_id",)),
    "agreements:list": ("clerk", ()),
    "agreements:agreement": ("clerk", ("agreement_id",)),
    "agreements:void": ("clerk", ("agreement_id",)),
    "agreements:draw_up": ("clerk", ("household_id",)),
    "agreements:correct": ("clerk", ("household_id",)),
    "agreements:versions": ("clerk", ("household_id",)),
    "agreements:version": ("clerk", ("household_id", "version")),
    "agreements:compare": ("clerk", ("household_id",)),
    "agreements:cases": ("clerk", ()),
    "paper:statements": ("clerk", ("area_id",)),
    "staff:home": ("clerk", ()),
    "staff:progress": ("lead", ()),
    "staff:search": ("clerk", ()),
    "staff:households": ("clerk", ()),
    "staff:household": ("clerk", ("household_id",)),
    "staff:household_facts": ("clerk", ("household_id",)),
    "staff:household_another": ("clerk", ("household_id",)),
    "staff:household_edit": ("clerk", ("household_id",)),
    "staff:member_new": ("clerk", ("household_id",)),
    "staff:member_edit": ("clerk", ("household_id", "person_id")),
    "staff:member_left": ("clerk", ("household_id", "person_id")),
    "staff:item_new": ("clerk", ("household_id",)),
    "staff:item_edit": ("clerk", ("household_id", "item_id")),
    "staff:household_split": ("clerk", ("household_id",)),
    "staff:household_merge": ("clerk", ("household_id",)),
    "staff:areas": ("clerk", ()),
    "staff:area": ("clerk", ("area_id",)),
    "staff:area_code": ("clerk", ("area_id",)),
    "staff:organisations": ("clerk", ()),
    "staff:organisation": ("clerk", ("organisation_id",)),
    "staff:helper": ("clerk", ("helper_id",)),
    "staff:organisation_edit": ("clerk", ("organisation_id",)),
    "staff:helper_edit": ("clerk", ("helper_id",)),
    "staff:accounts": ("clerk", ()),
    "staff:outdated": ("clerk", ()),
    "staff:withheld": ("clerk", ()),
    "staff:pairing": ("clerk", ()),
    "staff:duty": ("clerk", ()),
    "staff:duty_area": ("clerk", ("area_id",)),
    "staff:duty_organisation": ("clerk", ("organisation_id",)),
    "staff:duty_loads": ("clerk", ()),
    "staff:duty_weeks": ("clerk", ()),
    "staff:duty_uncovered": ("clerk", ()),
    "staff:duty_absences": ("clerk", ()),
    "staff:duty_absence": ("clerk", ("absence_id",)),
    "staff:duty_announce": ("clerk", ()),
    "staff:duty_shortage": ("clerk", ("shortage_id",)),
    "staff:duty_sudden": ("clerk", ()),
    "staff:duty_handovers": ("clerk", ()),
    "staff:duty_handover": ("clerk", ("handover_id",)),
    "staff:duty_handover_visited": ("clerk", ("handover_id",)),
    "staff:duty_handover_successor": ("clerk", ("handover_id",)),
    "staff:duty_handover_paper": ("clerk", ("absence_id",)),
    "staff:duty_leaders": ("clerk", ()),
    "staff:duty_leaders_area": ("clerk", ("area_id",)),
    "staff:duty_recusals": ("clerk", ("household_id",)),
    "staff:duty_recusals_helper": ("clerk", ("helper_id",)),
    "staff:duty_assign": ("clerk", ("household_id:uncovered",)),
    "staff:duty_why": ("clerk", ("household_id",)),
    "staff:duty_what_if": ("clerk", ()),
    "staff:duty_map": ("clerk", ()),
    "staff:policies": ("clerk", ()),
    "staff:policy": ("clerk", ("pack_version_id",)),
    "staff:policy_prices": ("clerk", ("pack_version_id",)),
    "staff:policy_propose": ("clerk", ("pack_version_id",)),
    "staff:revisions": ("clerk", ()),
    "staff:revision_new": ("clerk", ()),
    "staff:revision": ("clerk", ("revision_id",)),
    "staff:revision_prices": ("clerk", ("revision_id",)),
    "staff:revision_pack": ("clerk", ("revision_id",)),
    "staff:revision_effects": ("clerk", ("revision_id",)),
    "staff:revision_households": ("clerk", ("revision_id",)),
    "staff:revision_household": ("clerk", ("revision_id", "household_id")),
    "staff:revision_withdraw": ("clerk", ("revision_id",)),
    "staff:groups": ("clerk", ()),
    "staff:group_new": ("lead", ()),
    "staff:checks": ("cadre", ()),
    "staff:library": ("clerk", ()),
    "staff:library_document": ("clerk", ("pack_id", "document_id")),
    "staff:ask": ("clerk", ()),
    "staff:answers": ("clerk", ()),
    "staff:answer": ("clerk", ("question_id",)),
    "staff:recordings": ("clerk", ()),
    "staff:recording_new": ("clerk", ("key",)),
    "staff:helpdesk": ("clerk", ()),
    "staff:helpdesk_question": ("clerk", ("question_id",)),
    "staff:budget": ("clerk", ()),
    "staff:budget_version": ("clerk", ("version_id",)),
    "staff:budget_enter": ("clerk", ("place_id",)),
    "staff:budget_beyond": ("clerk", ("place_id",)),
    "staff:quizzes": ("clerk", ()),
    "staff:quiz": ("clerk", ("attempt_id",)),
    "staff:quiz_question": ("clerk", ("attempt_id", "number")),
    "staff:quiz_organisations": ("lead", ()),
    "staff:imports": ("clerk", ()),
    "staff:fact_sheets": ("clerk", ()),
    "staff:changes": ("lead", ()),
    "staff:change": ("lead", ("change_id",)),
    "staff:change_refuse": ("lead", ("change_id",)),
    "staff:change_withdraw": ("clerk", ("change_id",)),
    "staff:import": ("clerk", ("batch_id",)),
    "staff:jobs": ("clerk", ()),
    "staff:job": ("admin", ("job_id",)),
    "staff:users": ("admin", ()),
    "staff:user_new": ("admin", ()),
    "staff:user": ("admin", ("user_id",)),
    "staff:access_changes": ("admin", ()),
    "staff:access_waiting": ("lead", ()),
    "staff:system": ("admin", ()),
    "staff:matters": ("clerk", ()),
    "staff:matter": ("clerk", ("matter_no",)),
    "staff:matter_step": ("clerk", ("matter_no", "step")),
    "staff:matter_new": ("clerk", ()),
    "staff:supervision_orders": ("county", ()),
    "staff:supervision_new": ("county", ()),
    "staff:matter_receipt": ("clerk", ("matter_no",)),
    "staff:matter_list": ("clerk", ()),
    "staff:matter_mails": ("petition", ()),
}
"""Every page: who looks at it, and the ids in its address."""

LED_ON = {"staff:areas": "staff:area"}
"""Pages that lead on at once to another one: to one's own area, to the next question."""

ASKS_FOR_THE_PASSWORD_AGAIN = {"mfa_activate_totp"}
"""Pages before which the password is asked for once more, unless that was moments ago."""

NO_PAGES = {
    "portal:reading_ask",  # only posted to: tests/outreach/test_reading_requests.py
    "portal:reading_take_back",
    # looked at in tests/web/library/test_recordings.py: they need a recording
    "portal:recording",
    "staff:recording_withdraw",
    "staff:duty_remedy",  # looked at in tests/web/duty/test_remedying.py: needs a shortage that can be ended
    # looked at in tests/web/agreements: they need a case, an open place to sign, or a version's number
    "agreements:case",
    "agreements:sign",
    "agreements:withdraw",
    "portal:version",
    # looked at in test_matter.py, with something in it
    "portal:our_matter",
    "portal:matter_file",
    # looked at in tests/web/matters/test_formal_papers.py: they need a step that a paper tells of
    "staff:formal_draft",
    "staff:formal_paper",
    "staff:formal_print",
    "staff:formal_review",
    "staff:formal_return",
    "staff:formal_issue",
    "staff:formal_deliver",
    # looked at in tests/web/matters/test_supervision.py: they need an order
    "staff:supervision_order",
    "staff:supervision_reply",
    "staff:supervision_close",
    "staff:supervision_send_back",
    "staff:matters_several",  # nothing is done with nothing marked
    "mfa_authenticate",  # in the middle of signing in with a second factor
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    # looked at in tests/web/working_groups: they need a signal, a working group, a draw
    "portal:change",
    "staff:signal",
    "staff:group_open",
    "staff:group",
    "staff:group_sample",
    "staff:group_draft",
    "staff:group_report",
    "staff:group_reply",
    "staff:group_keep",
    "staff:group_link",
    "staff:check",
    # looked at in tests/web/duty: they need somebody of the place
    "staff:duty_leaders_relieve",
    "staff:duty_leaders_withdraw",
    "staff:duty_leaders_call_off_leader",
    "staff:duty_leaders_call_off_station",
    # what field devices fetch and send: tests/web/openrosa
    "openrosa:form_list",
    "openrosa:form",
    "openrosa:manifest",
    "openrosa:households",
    "openrosa:submission",
    "openrosa:day",
    # looked at in tests/browser/test_field_app.py: it needs a device
    "field_app:shell",
    "field_app:worker",
    "field_app:manifest",
    # posted to, or files
    "staff:duty_leaders_appoint",
    "staff:duty_absence_cover",
    "staff:duty_absence_end",
    "staff:duty_absence_call_off",
    "staff:duty_absence_export",
    "staff:duty_handover_told",
    "staff:duty_handover_accepted",
    "staff:duty_handover_acknowledged",
    "staff:duty_recusals_declare",
    "staff:duty_leaders_station",
    "staff:group_member",
    "staff:group_announce",
    "staff:group_freeze",
    "staff:group_draw",
    "staff:group_assign",
    "staff:group_sheet",
    "staff:group_sheet_in",
    "staff:group_checked",
    "staff:group_seen",
    "staff:group_report_file",
    "staff:group_send",
    "staff:group_replies",
    "staff:group_letter",
    "staff:group_keep_decide",
    "staff:group_keep_back",
    "staff:group_answer",
    "staff:group_close",
    "agreements:export",
    "agreements:cases_export",
    "agreements:paper",
    "agreements:version_paper",
    "agreements:void_decide",
    "portal:agreement_paper",
    "portal:version_paper",
    "portal:leave",
    "portal:promise_say",
    "portal:prices_export",
    "portal:offices_export",
    "portal:visit_object",
    "portal:visit_photo",
    # looked at in tests/web/outreach/test_on_site_pages.py: whose turn it is follows from the decision
    "outreach:decision_done",
    "outreach:decision_not_done",
    "outreach:decision_close",
    "outreach:decision_send_back",
    "outreach:meeting_reached",  # looked at in tests/web/outreach/test_meeting_pages.py: it needs an absent household
    "portal:meeting_object",
    "outreach:meetings_export",
    # looked at in tests/web/survey: they need two sheets of a household, and a picture
    "survey:compare",
    "survey:choose",
    "survey:picture",
    "survey:campaigns_export",
    "survey:sheets_export",
    "survey:yard_visits_export",
    "survey:paper",
    "outreach:policy_reach_export",
    "portal:session_object",
    "portal:decided_export",
    "outreach:sessions_export",
    "posting:list_export",
    "posting:lines",
    "posting:paper",
    "posting:proof",
    "posting:put-up",  # the same form as where it was taken down; asked in tests/access
    "posting:close",
    "posting:answer",
    "posting:propose-lock",
    "posting:agree-lock",
    "outreach:decisions_export",
    "portal:explained_confirm",
    "portal:explained_ask",
    "portal:explained_object",
    "outreach:explanations_export",
    "portal:known",
    "portal:take_back",
    "staff:request_withdraw",
    "field:photo",
    "staff:visits_export",
    "portal:hand_in",
    "staff:hand_in",
    "portal:reading",
    "portal:statement",
    "paper:statement",
    "paper:card",
    "paper:cards",
    "paper:file",
    "staff:household_card",
    "staff:household_export",
    "staff:organisations_export",
    "staff:outdated_export",
    "staff:withheld_export",
    "staff:policy_prices_export",
    "staff:calculate",
    "staff:resume",
    "staff:revisions_export",
    "staff:revision_download",
    "staff:revision_back",
    "staff:revision_compare",
    "staff:revision_evidence",
    "staff:revision_evidence_paper",
    "staff:revision_submit",
    "staff:revision_approve",
    "staff:revision_adopt",
    "staff:revision_differences",
    # a decided revision, and its approval: walked through in test_hero.py
    "staff:revision_decide",
    "staff:revision_return",
    "staff:revision_outcome",
    "staff:pairing_solve",
    "staff:duty_export",
    "staff:duty_loads_export",
    "staff:duty_uncovered_export",
    "staff:duty_handovers_export",
    "staff:duty_find",
    "staff:duty_shortage_export",
    # an answer to a what-if: walked through in tests/web/duty
    "staff:duty_what_if_result",
    "staff:adoption_approve",
    # what a proposal and a decided revision are called off by: tests/web/staff/test_changes.py
    "staff:adoption_call_off",
    "staff:revision_call_off",
    "staff:budget_export",
    "staff:matter_metrics_export",
    "staff:matters_export",
    "staff:matter_file",
    "staff:matter_find",
    "staff:matter_letter",
    "staff:matter_list_template",
    "staff:matter_opinion",
    "staff:matter_receipt_paper",
    "staff:budget_confirm",
    "staff:budget_take_back",
    "staff:quiz_begin",
    "staff:import_template",
    "staff:fact_sheet",
    "staff:import_report",
    "staff:import_commit",
    "staff:import_propose",  # asked for only with a workbook that decides what is paid: tests/web/staff/test_second_person.py
    "staff:change_agree",
    "staff:import_discard",
    "staff:export",
    "staff:export_file",
    "staff:job_cancel",
    "staff:sending_again",
    "staff:user_code",
    "staff:grant_confirm",
    "staff:code_confirm",
    "staff:user_active",
    "staff:grant_new",
    "staff:grant_end",
}

LATIN = frozenset("english yixian excel xlsx csv pdf qr pin sha totp cny id km chrome linux".split())  # noqa: SIM905
"""Words that a Chinese reader meets in Latin letters anyway."""

LOOKED_AT = {"": WIDTHS["phone"], "en": WIDTHS["desk"]}
"""The language chosen, if any, and the screen on which a page is loaded in it; then it is drawn on every other screen."""


def test_every_page_is_looked_at() -> None:
    routes = {name for name in ENDPOINTS if not name.startswith("api-")}
    unseen = routes - PAGES.keys() - NO_PAGES
    assert unseen == set(), "a page belongs among PAGES; a file, or what is only posted to, among NO_PAGES"


def view_of(guest: Visitor) -> str:
    """The name of the page that somebody has arrived at."""
    return resolve(urlsplit(guest.page.url).path).view_name


def value_of(key: str, house: House) -> object:
    """What stands in an address under a key."""
    if key == "matter_no":
        return house.latest_matter()
    return NAMED.get(key) or house.first_id(*IDS[key])


READ = sorted(PAGES, key=lambda name: (PAGES[name][0], name))
"""Every page, ordered by who reads it."""


@pytest.mark.parametrize("name", READ)
def test_a_page(name: str, worked: House, reader: Readers) -> None:
    in_chinese = loaded(name, "", worked, reader)
    assert in_chinese.barriers() == []
    assert in_chinese.latin_words(LATIN | {sign_in.username for sign_in in worked.note.sign_ins}) == []
    redrawn(in_chinese)
    assert in_chinese.barriers() == []
    in_english = loaded(name, "en", worked, reader)
    assert in_english.barriers() == []
    assert in_english.han_in_english(worked.names()) == []
    redrawn(in_english)


def loaded(name: str, language: str, house: House, reader: Readers) -> Visitor:
    """Somebody before the page, loaded in a language on that language's screen."""
    who, ids = PAGES[name]
    guest = reader.of(who, language, width=LOOKED_AT[language])
    response = guest.go(reverse(name, kwargs={key.partition(":")[0]: value_of(key, house) for key in ids}))
    assert response.status == 200
    if name in ASKS_FOR_THE_PASSWORD_AGAIN and view_of(guest) == "account_reauthenticate":
        confirm_password(guest.page)
    assert view_of(guest) == LED_ON.get(name, name)
    assert guest.language() == (language or "zh-hans")
    assert guest.too_wide() == [], guest.width
    return guest


def redrawn(guest: Visitor) -> None:
    """Draw the page on the other screen; from beginning to end, nothing was complained about."""
    guest.draw_at(next(width for width in WIDTHS.values() if width != guest.width))
    assert guest.too_wide() == [], guest.width
    assert guest.complaints == []
