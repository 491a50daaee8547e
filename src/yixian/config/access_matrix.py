"""准入表: every address of the product, and who may reach it. An address that is not declared here does not exist.

Three questions decide every request:

1. *role* — may somebody of this role ask at all? (``roles``; otherwise 403, or sign-in first)
2. *relation* — does the thing asked for lie within the actor's reach? (``relation``; otherwise 404, by the query layer)
3. *part* — which parts of a household may the role see? (`yixian.registry.access.PARTS`)

The gate (`yixian.config.gate`) asks the first for every request; the tests ask all three for every role, address and
relation. A system check fails the start when an address is missing here, or stands here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yixian.budget.access import APPROVERS as BUDGET_APPROVERS
from yixian.budget.access import PROPOSERS as BUDGET_PROPOSERS
from yixian.budget.access import READERS as BUDGET_READERS
from yixian.compensation.access import DRAWERS_UP, RECORDERS, VOID_APPROVERS, VOID_PROPOSERS
from yixian.duty.permission import OVERSEERS as DUTY_OVERSEERS
from yixian.duty.permission import TRIERS as DUTY_TRIERS
from yixian.kernel.roles import HELPER_ROLES, STAFF_ROLES, Role
from yixian.matters.access import HANDLERS as MATTER_HANDLERS
from yixian.matters.access import READERS as MATTER_READERS
from yixian.matters.access import RECORDERS as MATTER_RECORDERS
from yixian.matters.actions.say_verdict import CALLERS as MATTER_CALLERS
from yixian.matters.figures.views import FIGURE_READERS as DESK_READERS
from yixian.matters.hotline import LISTERS as MATTER_LISTERS
from yixian.quizzes.access import FIGURE_READERS
from yixian.registry.access import HOUSEHOLD_READERS, PARTS, Part
from yixian.revisions.access import APPROVERS, DRAFTERS, HOUSEHOLDS_READERS, READERS
from yixian.visits.access import FIGURE_READERS as VISIT_FIGURE_READERS
from yixian.visits.access import RECORDERS as VISIT_RECORDERS
from yixian.working_groups.access import CHECKERS
from yixian.working_groups.access import DECIDERS as GROUP_DECIDERS
from yixian.working_groups.access import OPENERS as GROUP_OPENERS
from yixian.working_groups.access import READERS as GROUP_READERS


class Relation(StrEnum):
    """What a request's object must be to the actor; the query layer answers 404 where it is not."""

    NONE = "none"  # no object, or one that is open to everybody who may ask
    HOUSEHOLD = "household"  # a household in the actor's reach
    MATTER = (
        "matter"  # a matter that is the actor's to see, and neither about them nor about whom they report to
    )
    AREA = "area"  # an area in the actor's reach: figures cover only that
    OWN = "own"  # the actor's own: its sign-in, its household card, its job


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who may ask. ``public`` addresses need no sign-in at all."""

    roles: frozenset[Role]
    relation: Relation = Relation.NONE
    public: bool = False


def _with(part: Part) -> frozenset[Role]:
    """Staff roles that see a part of a household."""
    return frozenset(role for role in HOUSEHOLD_READERS if part in PARTS[role])


_STAFF = frozenset(STAFF_ROLES)
_BUREAU = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
_LEAD = frozenset({Role.BUREAU_LEAD})
OVERSEERS = DUTY_OVERSEERS - {Role.SYSTEM}

_PLACES = HOUSEHOLD_READERS - HELPER_ROLES  # those who reach places as a whole, not single households
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

_RECORDERS = frozenset[Role]().union(*RECORDERS.values())  # those who record a signature of some party

_PUBLIC = Endpoint(frozenset(Role), public=True)
_CARD_HOLDER = Endpoint(frozenset({Role.HOUSEHOLD}), Relation.OWN)
_SIGNED_IN = Endpoint(_STAFF, Relation.OWN)

ENDPOINTS: dict[str, Endpoint] = {
    # signing in
    "account_login": _PUBLIC,
    "account_logout": _PUBLIC,
    # the portal: the card is the only key
    "portal:home": _PUBLIC,
    "portal:card": _PUBLIC,
    "portal:leave": _PUBLIC,
    "portal:left": _PUBLIC,
    "portal:reading": _PUBLIC,
    "portal:policy": _PUBLIC,
    "portal:prices": _PUBLIC,
    "portal:budget": _PUBLIC,
    "portal:figures": _PUBLIC,
    "portal:changes": _PUBLIC,
    "portal:change": _PUBLIC,
    "portal:reckon": _PUBLIC,
    "portal:library_document": _PUBLIC,
    "portal:ask": _PUBLIC,
    "portal:hand_in": _PUBLIC,
    "portal:come_back": _PUBLIC,
    "portal:answers": _PUBLIC,
    "portal:answer": _PUBLIC,
    "portal:raise": _PUBLIC,
    "portal:status": _PUBLIC,
    "portal:matter_file": _PUBLIC,  # whoever was shown the matter: signed, for one file, good for ten minutes
    "portal:procedure": _PUBLIC,
    "portal:our_matters": _CARD_HOLDER,
    "portal:our_matter": _CARD_HOLDER,
    "portal:account": _CARD_HOLDER,
    "portal:belongings": _CARD_HOLDER,
    "portal:beside": _CARD_HOLDER,
    "portal:another": _CARD_HOLDER,
    "portal:take_back": _CARD_HOLDER,
    "portal:known": _CARD_HOLDER,
    "portal:record": _CARD_HOLDER,
    "portal:reckon_ours": _CARD_HOLDER,
    "portal:statement": _CARD_HOLDER,
    "portal:versions": _CARD_HOLDER,
    "portal:version": _CARD_HOLDER,
    "portal:version_paper": _CARD_HOLDER,
    "portal:agreement": _CARD_HOLDER,
    "portal:agreement_paper": _CARD_HOLDER,
    "portal:promises": _CARD_HOLDER,
    "portal:promise_say": _CARD_HOLDER,
    "portal:visit_object": _CARD_HOLDER,
    "portal:visit_photo": _CARD_HOLDER,
    # the cadre's day: visits and promises
    "field:mine": Endpoint(HELPER_ROLES, Relation.HOUSEHOLD),
    "field:household": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "field:record": Endpoint(VISIT_RECORDERS, Relation.HOUSEHOLD),
    "field:raise": Endpoint(VISIT_RECORDERS, Relation.HOUSEHOLD),
    "field:visit": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "field:acknowledge": Endpoint(VISIT_RECORDERS, Relation.HOUSEHOLD),
    "field:correct": Endpoint(VISIT_RECORDERS, Relation.HOUSEHOLD),
    "field:settle": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "field:photo": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "staff:visits": Endpoint(VISIT_FIGURE_READERS, Relation.AREA),
    "staff:visits_export": Endpoint(VISIT_FIGURE_READERS, Relation.AREA),
    # versions of accounts, agreements, and cases that wait for a decision
    "agreements:list": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:export": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:agreement": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:paper": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:sign": Endpoint(_RECORDERS, Relation.HOUSEHOLD),
    "agreements:withdraw": Endpoint(DRAWERS_UP, Relation.HOUSEHOLD),
    "agreements:void": Endpoint(VOID_PROPOSERS, Relation.HOUSEHOLD),
    "agreements:void_decide": Endpoint(VOID_APPROVERS, Relation.HOUSEHOLD),
    "agreements:draw_up": Endpoint(DRAWERS_UP, Relation.HOUSEHOLD),
    "agreements:correct": Endpoint(_BUREAU, Relation.HOUSEHOLD),
    "agreements:versions": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:version": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:version_paper": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:compare": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:cases": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:case": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    # papers
    "paper:statement": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "paper:card": Endpoint(_with(Part.CARD), Relation.HOUSEHOLD),
    "paper:statements": Endpoint(_with(Part.ACCOUNT) & _PLACES, Relation.AREA),
    "paper:cards": Endpoint(_with(Part.CARD) & _PLACES, Relation.AREA),
    "paper:file": Endpoint(_with(Part.ACCOUNT) | _with(Part.CARD), Relation.OWN),
    "account_inactive": _PUBLIC,
    "account_change_password": _SIGNED_IN,
    "account_reauthenticate": _SIGNED_IN,
    "mfa_authenticate": _PUBLIC,
    "mfa_reauthenticate": _SIGNED_IN,
    "mfa_index": _SIGNED_IN,
    "mfa_activate_totp": _SIGNED_IN,
    "mfa_deactivate_totp": _SIGNED_IN,
    "mfa_view_recovery_codes": _SIGNED_IN,
    "mfa_generate_recovery_codes": _SIGNED_IN,
    "mfa_download_recovery_codes": _SIGNED_IN,
    # staff pages
    "staff:home": _SIGNED_IN,
    "staff:households": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "staff:household_export": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "staff:household": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "staff:household_card": Endpoint(_with(Part.CARD), Relation.HOUSEHOLD),
    "staff:household_facts": Endpoint(_BUREAU, Relation.HOUSEHOLD),
    "staff:fact_sheets": Endpoint(_BUREAU, Relation.AREA),
    "staff:fact_sheet": Endpoint(_BUREAU, Relation.AREA),
    "staff:household_another": Endpoint(_BUREAU | {Role.TOWNSHIP_LEAD}, Relation.HOUSEHOLD),
    "staff:request_withdraw": Endpoint(_BUREAU | {Role.TOWNSHIP_LEAD}, Relation.HOUSEHOLD),
    "staff:household_split": Endpoint(_BUREAU, Relation.HOUSEHOLD),
    "staff:household_merge": Endpoint(_BUREAU, Relation.HOUSEHOLD),
    "staff:areas": Endpoint(_PLACES, Relation.AREA),
    "staff:area": Endpoint(_PLACES, Relation.AREA),
    "staff:area_code": Endpoint(_BUREAU, Relation.AREA),
    "staff:bodies": Endpoint(HOUSEHOLD_READERS),
    "staff:body": Endpoint(HOUSEHOLD_READERS),
    "staff:helper": Endpoint(HOUSEHOLD_READERS),
    "staff:accounts": Endpoint(_with(Part.ACCOUNT) & _PLACES, Relation.AREA),
    "staff:withheld": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "staff:reckon": Endpoint(_BUREAU, Relation.AREA),
    "staff:resume": Endpoint(_BUREAU, Relation.AREA),
    "staff:pairing": Endpoint(_with(Part.DUTY) & _PLACES, Relation.AREA),
    "staff:pairing_solve": Endpoint(_BUREAU, Relation.AREA),
    # the room of people beside households: boards, leavings, hand-overs, leaders, recusals, the map, what if
    "staff:duty": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_area": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_body": Endpoint(OVERSEERS),
    "staff:duty_loads": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_weeks": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_uncovered": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_export": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_absences": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_absence": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_announce": Endpoint(_BUREAU, Relation.HOUSEHOLD),
    "staff:duty_sudden": Endpoint(_BUREAU | {Role.TOWNSHIP_LEAD}, Relation.HOUSEHOLD),
    "staff:duty_find": Endpoint(_BUREAU | {Role.TOWNSHIP_LEAD}),
    "staff:duty_handovers": Endpoint(OVERSEERS | HELPER_ROLES, Relation.HOUSEHOLD),
    "staff:duty_handover": Endpoint(OVERSEERS | HELPER_ROLES, Relation.HOUSEHOLD),
    "staff:duty_handover_paper": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_leaders": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_leaders_area": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_recusals": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_recusals_helper": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_why": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_shortage": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_shortage_export": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_try": Endpoint(DUTY_TRIERS - {Role.SYSTEM}, Relation.AREA),
    "staff:duty_tried": Endpoint(DUTY_TRIERS - {Role.SYSTEM}, Relation.OWN),
    "staff:duty_map": Endpoint(OVERSEERS, Relation.AREA),
    "staff:duty_map_features": Endpoint(OVERSEERS, Relation.HOUSEHOLD),
    "staff:policies": Endpoint(HOUSEHOLD_READERS),
    "staff:policy": Endpoint(HOUSEHOLD_READERS),
    "staff:policy_prices": Endpoint(HOUSEHOLD_READERS),
    "staff:policy_propose": Endpoint(_BUREAU),
    "staff:adoption_approve": Endpoint(_LEAD | {Role.COUNTY_LEADER}),
    "staff:revisions": Endpoint(READERS, Relation.AREA),
    "staff:revision_new": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision": Endpoint(READERS, Relation.AREA),
    "staff:revision_prices": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision_pack": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision_download": Endpoint(READERS, Relation.AREA),
    "staff:revision_back": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision_compare": Endpoint(DRAFTERS | APPROVERS, Relation.AREA),
    "staff:revision_effects": Endpoint(READERS, Relation.AREA),
    "staff:revision_households": Endpoint(HOUSEHOLDS_READERS, Relation.AREA),
    "staff:matter_desks": Endpoint(DESK_READERS),
    "staff:matter_desks_export": Endpoint(DESK_READERS),
    "staff:matter_desk": Endpoint(DESK_READERS),
    "staff:revision_household": Endpoint(HOUSEHOLDS_READERS, Relation.HOUSEHOLD),
    "staff:revision_evidence": Endpoint(HOUSEHOLDS_READERS, Relation.AREA),
    "staff:revision_evidence_paper": Endpoint(HOUSEHOLDS_READERS, Relation.AREA),
    "staff:revision_submit": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision_approve": Endpoint(APPROVERS, Relation.AREA),
    "staff:revision_decide": Endpoint(APPROVERS, Relation.AREA),
    "staff:revision_return": Endpoint(APPROVERS, Relation.AREA),
    "staff:revision_withdraw": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision_adopt": Endpoint(DRAFTERS, Relation.AREA),
    "staff:revision_outcome": Endpoint(HOUSEHOLDS_READERS, Relation.AREA),
    "staff:revision_differences": Endpoint(HOUSEHOLDS_READERS, Relation.AREA),
    # signals and working groups; checkers see their own forms and nothing else
    "staff:groups": Endpoint(GROUP_READERS, Relation.AREA),
    "staff:signal": Endpoint(GROUP_READERS, Relation.AREA),
    "staff:group_open": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_new": Endpoint(_LEAD, Relation.AREA),
    "staff:checks": Endpoint(CHECKERS, Relation.OWN),
    "staff:check": Endpoint(CHECKERS, Relation.OWN),
    "staff:group": Endpoint(GROUP_READERS, Relation.AREA),
    "staff:group_member": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_sample": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_draw": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_assign": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_sheet": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_sheet_in": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_checked": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_draft": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_link": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_seen": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_report": Endpoint(GROUP_READERS, Relation.AREA),
    "staff:group_report_file": Endpoint(GROUP_READERS, Relation.AREA),
    "staff:group_send": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_replies": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_reply": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_letter": Endpoint(GROUP_READERS, Relation.AREA),
    "staff:group_keep": Endpoint(GROUP_OPENERS | GROUP_DECIDERS, Relation.AREA),
    "staff:group_keep_decide": Endpoint(GROUP_DECIDERS, Relation.AREA),
    "staff:group_keep_back": Endpoint(GROUP_OPENERS | GROUP_DECIDERS, Relation.AREA),
    "staff:group_answer": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:group_close": Endpoint(GROUP_OPENERS, Relation.AREA),
    "staff:library": Endpoint(HOUSEHOLD_READERS),
    "staff:library_document": Endpoint(HOUSEHOLD_READERS),
    "staff:ask": Endpoint(HOUSEHOLD_READERS),
    "staff:hand_in": Endpoint(HOUSEHOLD_READERS),
    "staff:answers": Endpoint(HOUSEHOLD_READERS),
    "staff:answer": Endpoint(HOUSEHOLD_READERS),
    "staff:desk": Endpoint(_BUREAU),
    "staff:desk_question": Endpoint(_BUREAU),
    # matters: everybody theirs; steps only for those who take them, each as far as the matter stands
    "staff:matters": Endpoint(MATTER_READERS, Relation.MATTER),
    "staff:matters_export": Endpoint(MATTER_READERS, Relation.MATTER),
    "staff:matter": Endpoint(MATTER_READERS, Relation.MATTER),
    "staff:matter_file": Endpoint(MATTER_READERS, Relation.MATTER),
    "staff:matter_opinion": Endpoint(MATTER_READERS, Relation.MATTER),
    "staff:matter_step": Endpoint(MATTER_HANDLERS | MATTER_CALLERS, Relation.MATTER),
    "staff:matter_new": Endpoint(MATTER_RECORDERS),
    "staff:matter_letter": Endpoint(MATTER_RECORDERS),
    "staff:matter_list": Endpoint(MATTER_LISTERS),
    "staff:matter_list_template": Endpoint(MATTER_LISTERS),
    "staff:matter_find": Endpoint(MATTER_RECORDERS, Relation.HOUSEHOLD),
    "staff:matter_receipt": Endpoint(MATTER_RECORDERS, Relation.OWN),
    "staff:matter_receipt_paper": Endpoint(MATTER_RECORDERS, Relation.OWN),
    "staff:budget": Endpoint(BUDGET_READERS, Relation.AREA),
    "staff:budget_export": Endpoint(BUDGET_READERS, Relation.AREA),
    "staff:budget_version": Endpoint(BUDGET_READERS, Relation.AREA),
    "staff:budget_enter": Endpoint(BUDGET_PROPOSERS, Relation.AREA),
    "staff:budget_beyond": Endpoint(BUDGET_PROPOSERS, Relation.AREA),
    "staff:budget_confirm": Endpoint(BUDGET_APPROVERS, Relation.AREA),
    "staff:budget_take_back": Endpoint(BUDGET_PROPOSERS, Relation.AREA),
    # quizzes: everybody's own; the figures of bodies for those who lead, and for the auditor
    "staff:quizzes": _SIGNED_IN,
    "staff:quiz_begin": _SIGNED_IN,
    "staff:quiz": _SIGNED_IN,
    "staff:quiz_question": _SIGNED_IN,
    "staff:quiz_bodies": Endpoint(FIGURE_READERS, Relation.AREA),
    "staff:imports": Endpoint(_BUREAU),
    "staff:import_template": Endpoint(_BUREAU),
    "staff:import": Endpoint(_BUREAU, Relation.AREA),
    "staff:import_report": Endpoint(_BUREAU, Relation.AREA),
    "staff:import_commit": Endpoint(_BUREAU, Relation.AREA),
    "staff:import_discard": Endpoint(_BUREAU, Relation.AREA),
    "staff:export": Endpoint(_BUREAU, Relation.HOUSEHOLD),
    "staff:export_file": Endpoint(_BUREAU, Relation.OWN),
    "staff:jobs": _SIGNED_IN,
    "staff:job": _SIGNED_IN,
    "staff:job_cancel": _SIGNED_IN,
    "staff:users": Endpoint(_ADMINISTRATOR),
    "staff:user_new": Endpoint(_ADMINISTRATOR),
    "staff:user": Endpoint(_ADMINISTRATOR),
    "staff:user_password": Endpoint(_ADMINISTRATOR),
    "staff:user_active": Endpoint(_ADMINISTRATOR),
    "staff:grant_new": Endpoint(_ADMINISTRATOR),
    "staff:grant_end": Endpoint(_ADMINISTRATOR),
    "staff:system": Endpoint(_ADMINISTRATOR),
    "staff:sending_again": Endpoint(_ADMINISTRATOR),
    # the API
    "api-1:openapi-json": Endpoint(_STAFF),
    "api-1:me": Endpoint(_STAFF, Relation.OWN),
    "api-1:areas": Endpoint(_PLACES, Relation.AREA),
    "api-1:households": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "api-1:household": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "api-1:household_visits": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "api-1:household_promises": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
}
