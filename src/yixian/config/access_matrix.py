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

from yixian.budget import access as budget
from yixian.compensation import access as accounts
from yixian.duty import access as duty
from yixian.duty.absence_steps import STEPS as ABSENCE_STEPS
from yixian.duty.handover_steps import STEPS as HANDOVER_STEPS
from yixian.duty.leader_steps import STEPS as LEADER_STEPS
from yixian.duty.recusal_steps import STEPS as RECUSAL_STEPS
from yixian.kernel.access_changes import ACCESS_READERS
from yixian.kernel.roles import ADMINISTRATORS, CONFIRMERS, HELPER_ROLES, STAFF_ROLES, Role
from yixian.matters import access as matters
from yixian.matters.steps import STEPS as MATTER_STEPS
from yixian.policies import access as policies
from yixian.quizzes import access as quizzes
from yixian.registry.access import HOUSEHOLD_READERS, REGISTER_EDITORS, Part, roles_seeing
from yixian.registry.change_steps import CHANGE_PROPOSERS
from yixian.registry.change_steps import STEPS as CHANGE_STEPS
from yixian.registry.queries.proposed_changes import CHANGE_READERS
from yixian.revisions import access as revisions
from yixian.revisions.steps import STEPS as REVISION_STEPS
from yixian.visits import access as visits
from yixian.workbook import access as workbook
from yixian.working_groups import access as groups
from yixian.working_groups.steps import STEPS as GROUP_STEPS


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

    def __post_init__(self) -> None:
        """Nobody comes over the network as the operator of the machine."""
        object.__setattr__(self, "roles", self.roles - {Role.SYSTEM})


_STAFF = frozenset(STAFF_ROLES)
_LEAD = frozenset({Role.BUREAU_LEAD})
_PLACES = HOUSEHOLD_READERS - HELPER_ROLES  # those who reach places as a whole, not single households
_SIGNATURES = frozenset[Role]().union(*accounts.RECORDERS.values())  # who records a signature of some party


def _with(part: Part) -> frozenset[Role]:
    """Staff roles that see a part of a household."""
    return HOUSEHOLD_READERS & roles_seeing(part)


_PUBLIC = Endpoint(frozenset(Role), public=True)
_CARD_HOLDER = Endpoint(frozenset({Role.HOUSEHOLD}), Relation.OWN)
_SIGNED_IN = Endpoint(_STAFF, Relation.OWN)

ENDPOINTS: dict[str, Endpoint] = {
    # signing in
    "account_login": _PUBLIC,
    "account_logout": _PUBLIC,
    "account_first_sign_in": _PUBLIC,
    # the portal: the card is the only key
    "portal:home": _PUBLIC,
    "portal:card": _PUBLIC,
    "portal:leave": _PUBLIC,
    "portal:left": _PUBLIC,
    "portal:reading": _PUBLIC,
    "portal:policy": _PUBLIC,
    "portal:prices": _PUBLIC,
    "portal:prices_export": _PUBLIC,
    "portal:budget": _PUBLIC,
    "portal:figures": _PUBLIC,
    "portal:changes": _PUBLIC,
    "portal:change": _PUBLIC,
    "portal:calculate": _PUBLIC,
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
    "portal:assigned_helpers": _CARD_HOLDER,
    "portal:another": _CARD_HOLDER,
    "portal:take_back": _CARD_HOLDER,
    "portal:known": _CARD_HOLDER,
    "portal:record": _CARD_HOLDER,
    "portal:calculate_ours": _CARD_HOLDER,
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
    "field:record": Endpoint(visits.RECORDERS, Relation.HOUSEHOLD),
    "field:raise": Endpoint(visits.RECORDERS, Relation.HOUSEHOLD),
    "field:visit": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "field:acknowledge": Endpoint(visits.RECORDERS, Relation.HOUSEHOLD),
    "field:correct": Endpoint(visits.RECORDERS, Relation.HOUSEHOLD),
    "field:settle": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "field:photo": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "staff:visits": Endpoint(visits.FIGURE_READERS, Relation.AREA),
    "staff:visits_export": Endpoint(visits.FIGURE_READERS, Relation.AREA),
    # versions of accounts, agreements, and cases that wait for a decision
    "agreements:list": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:export": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:agreement": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:paper": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:sign": Endpoint(_SIGNATURES, Relation.HOUSEHOLD),
    "agreements:withdraw": Endpoint(accounts.DRAWERS_UP, Relation.HOUSEHOLD),
    "agreements:void": Endpoint(accounts.VOID_PROPOSERS, Relation.HOUSEHOLD),
    "agreements:void_decide": Endpoint(accounts.VOID_APPROVERS, Relation.HOUSEHOLD),
    "agreements:draw_up": Endpoint(accounts.DRAWERS_UP, Relation.HOUSEHOLD),
    "agreements:correct": Endpoint(REGISTER_EDITORS, Relation.HOUSEHOLD),
    "agreements:versions": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:version": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:version_paper": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:compare": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:cases": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "agreements:cases_export": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
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
    "usersessions_list": _SIGNED_IN,
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
    "staff:household_facts": Endpoint(REGISTER_EDITORS, Relation.HOUSEHOLD),
    "staff:fact_sheets": Endpoint(REGISTER_EDITORS, Relation.AREA),
    "staff:fact_sheet": Endpoint(REGISTER_EDITORS, Relation.AREA),
    "staff:household_another": Endpoint(duty.COVERERS, Relation.HOUSEHOLD),
    "staff:request_withdraw": Endpoint(duty.COVERERS, Relation.HOUSEHOLD),
    "staff:household_split": Endpoint(REGISTER_EDITORS, Relation.HOUSEHOLD),
    "staff:household_merge": Endpoint(REGISTER_EDITORS, Relation.HOUSEHOLD),
    "staff:areas": Endpoint(_PLACES, Relation.AREA),
    "staff:area": Endpoint(_PLACES, Relation.AREA),
    "staff:area_code": Endpoint(REGISTER_EDITORS, Relation.AREA),
    "staff:organisations": Endpoint(HOUSEHOLD_READERS),
    "staff:organisations_export": Endpoint(HOUSEHOLD_READERS),
    "staff:organisation": Endpoint(HOUSEHOLD_READERS),
    "staff:helper": Endpoint(HOUSEHOLD_READERS),
    "staff:accounts": Endpoint(_with(Part.ACCOUNT) & _PLACES, Relation.AREA),
    "staff:outdated": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "staff:outdated_export": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "staff:withheld": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "staff:withheld_export": Endpoint(_with(Part.ACCOUNT), Relation.HOUSEHOLD),
    "staff:calculate": Endpoint(accounts.CALCULATORS, Relation.AREA),
    "staff:resume": Endpoint(accounts.CALCULATORS, Relation.AREA),
    "staff:pairing": Endpoint(_with(Part.DUTY) & _PLACES, Relation.AREA),
    "staff:pairing_solve": Endpoint(duty.PLANNERS, Relation.AREA),
    # the room of people beside households: boards, leavings, hand-overs, leaders, recusals, the map, what if
    "staff:duty": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_area": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_organisation": Endpoint(duty.OVERSEERS),
    "staff:duty_loads": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_loads_export": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_weeks": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_uncovered": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_uncovered_export": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_export": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_absences": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_absence": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_absence_export": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    **{f"staff:duty_absence_{step.name}": Endpoint(step.roles, Relation.HOUSEHOLD) for step in ABSENCE_STEPS},
    "staff:duty_announce": Endpoint(duty.PLANNERS, Relation.HOUSEHOLD),
    "staff:duty_sudden": Endpoint(duty.COVERERS, Relation.HOUSEHOLD),
    "staff:duty_find": Endpoint(duty.COVERERS),
    "staff:duty_handovers": Endpoint(duty.OVERSEERS | HELPER_ROLES, Relation.HOUSEHOLD),
    "staff:duty_handovers_export": Endpoint(duty.OVERSEERS | HELPER_ROLES, Relation.HOUSEHOLD),
    "staff:duty_handover": Endpoint(duty.OVERSEERS | HELPER_ROLES, Relation.HOUSEHOLD),
    "staff:duty_handover_paper": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    **{
        f"staff:duty_handover_{step.name}": Endpoint(step.roles, Relation.HOUSEHOLD)
        for step in HANDOVER_STEPS
    },
    "staff:duty_leaders": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_leaders_area": Endpoint(duty.OVERSEERS, Relation.AREA),
    **{f"staff:duty_leaders_{step.name}": Endpoint(step.roles, Relation.AREA) for step in LEADER_STEPS},
    "staff:duty_recusals": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    **{
        f"staff:duty_recusals_{step.name}": Endpoint(step.roles, Relation.HOUSEHOLD) for step in RECUSAL_STEPS
    },
    "staff:duty_recusals_helper": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_why": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_shortage": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_shortage_export": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:duty_what_if": Endpoint(duty.TRIERS, Relation.AREA),
    "staff:duty_what_if_result": Endpoint(duty.TRIERS, Relation.OWN),
    "staff:duty_map": Endpoint(duty.OVERSEERS, Relation.AREA),
    "staff:duty_map_features": Endpoint(duty.OVERSEERS, Relation.HOUSEHOLD),
    "staff:policies": Endpoint(HOUSEHOLD_READERS),
    "staff:policy": Endpoint(HOUSEHOLD_READERS),
    "staff:policy_prices": Endpoint(HOUSEHOLD_READERS),
    "staff:policy_prices_export": Endpoint(HOUSEHOLD_READERS),
    "staff:policy_propose": Endpoint(policies.PROPOSERS),
    "staff:adoption_approve": Endpoint(policies.APPROVERS),
    "staff:revisions": Endpoint(revisions.READERS, Relation.AREA),
    "staff:revisions_export": Endpoint(revisions.READERS, Relation.AREA),
    "staff:revision_new": Endpoint(revisions.DRAFTERS, Relation.AREA),
    "staff:revision": Endpoint(revisions.READERS, Relation.AREA),
    "staff:revision_prices": Endpoint(revisions.DRAFTERS, Relation.AREA),
    "staff:revision_pack": Endpoint(revisions.DRAFTERS, Relation.AREA),
    "staff:revision_download": Endpoint(revisions.READERS, Relation.AREA),
    "staff:revision_back": Endpoint(revisions.DRAFTERS, Relation.AREA),
    "staff:revision_compare": Endpoint(revisions.DRAFTERS | revisions.APPROVERS, Relation.AREA),
    "staff:revision_effects": Endpoint(revisions.READERS, Relation.AREA),
    "staff:revision_households": Endpoint(revisions.HOUSEHOLDS_READERS, Relation.AREA),
    "staff:matter_metrics": Endpoint(matters.FIGURE_READERS),
    "staff:matter_metrics_export": Endpoint(matters.FIGURE_READERS),
    "staff:matter_metrics_matters": Endpoint(matters.FIGURE_READERS),
    "staff:revision_household": Endpoint(revisions.HOUSEHOLDS_READERS, Relation.HOUSEHOLD),
    "staff:revision_evidence": Endpoint(revisions.HOUSEHOLDS_READERS, Relation.AREA),
    "staff:revision_evidence_paper": Endpoint(revisions.HOUSEHOLDS_READERS, Relation.AREA),
    **{f"staff:revision_{step.name}": Endpoint(step.roles, Relation.AREA) for step in REVISION_STEPS},
    "staff:revision_adopt": Endpoint(revisions.DRAFTERS, Relation.AREA),
    "staff:revision_outcome": Endpoint(revisions.HOUSEHOLDS_READERS, Relation.AREA),
    "staff:revision_differences": Endpoint(revisions.HOUSEHOLDS_READERS, Relation.AREA),
    # signals and working groups; checkers see their own forms and nothing else
    "staff:groups": Endpoint(groups.READERS, Relation.AREA),
    "staff:signal": Endpoint(groups.READERS, Relation.AREA),
    "staff:group_open": Endpoint(groups.OPENERS, Relation.AREA),
    "staff:group_new": Endpoint(_LEAD, Relation.AREA),
    "staff:checks": Endpoint(groups.CHECKERS, Relation.OWN),
    "staff:check": Endpoint(groups.CHECKERS, Relation.OWN),
    "staff:group": Endpoint(groups.READERS, Relation.AREA),
    **{f"staff:group_{step.name}": Endpoint(step.roles, Relation.AREA) for step in GROUP_STEPS},
    "staff:group_sample": Endpoint(groups.OPENERS, Relation.AREA),
    "staff:group_sheet": Endpoint(groups.OPENERS, Relation.AREA),
    "staff:group_report": Endpoint(groups.READERS, Relation.AREA),
    "staff:group_report_file": Endpoint(groups.READERS, Relation.AREA),
    "staff:group_letter": Endpoint(groups.READERS, Relation.AREA),
    "staff:library": Endpoint(HOUSEHOLD_READERS),
    "staff:library_document": Endpoint(HOUSEHOLD_READERS),
    "staff:ask": Endpoint(HOUSEHOLD_READERS),
    "staff:hand_in": Endpoint(HOUSEHOLD_READERS),
    "staff:answers": Endpoint(HOUSEHOLD_READERS),
    "staff:answer": Endpoint(HOUSEHOLD_READERS),
    "staff:helpdesk": Endpoint(policies.HELPDESK),
    "staff:helpdesk_question": Endpoint(policies.HELPDESK),
    # matters: everybody theirs; steps only for those who take them, each as far as the matter stands
    "staff:matters": Endpoint(matters.READERS, Relation.MATTER),
    "staff:matters_export": Endpoint(matters.READERS, Relation.MATTER),
    "staff:matter": Endpoint(matters.READERS, Relation.MATTER),
    "staff:matter_file": Endpoint(matters.READERS, Relation.MATTER),
    "staff:matter_opinion": Endpoint(matters.READERS, Relation.MATTER),
    "staff:matter_step": Endpoint(frozenset().union(*(step.roles for step in MATTER_STEPS)), Relation.MATTER),
    "staff:matter_new": Endpoint(matters.RECORDERS),
    "staff:matter_letter": Endpoint(matters.RECORDERS),
    "staff:matter_list": Endpoint(matters.LISTERS),
    "staff:matter_list_template": Endpoint(matters.LISTERS),
    "staff:matter_mails": Endpoint(matters.FORWARDERS),
    "staff:matter_find": Endpoint(matters.RECORDERS, Relation.HOUSEHOLD),
    "staff:matter_receipt": Endpoint(matters.RECORDERS, Relation.OWN),
    "staff:matter_receipt_paper": Endpoint(matters.RECORDERS, Relation.OWN),
    "staff:budget": Endpoint(budget.READERS, Relation.AREA),
    "staff:budget_export": Endpoint(budget.READERS, Relation.AREA),
    "staff:budget_version": Endpoint(budget.READERS, Relation.AREA),
    "staff:budget_enter": Endpoint(budget.PROPOSERS, Relation.AREA),
    "staff:budget_beyond": Endpoint(budget.PROPOSERS, Relation.AREA),
    "staff:budget_confirm": Endpoint(budget.APPROVERS, Relation.AREA),
    "staff:budget_take_back": Endpoint(budget.PROPOSERS, Relation.AREA),
    # quizzes: everybody's own; the figures of bodies for those who lead, and for the auditor
    "staff:quizzes": _SIGNED_IN,
    "staff:quiz_begin": _SIGNED_IN,
    "staff:quiz": _SIGNED_IN,
    "staff:quiz_question": _SIGNED_IN,
    "staff:quiz_organisations": Endpoint(quizzes.FIGURE_READERS, Relation.AREA),
    "staff:imports": Endpoint(workbook.KEEPERS),
    "staff:import_template": Endpoint(workbook.KEEPERS),
    "staff:import": Endpoint(workbook.KEEPERS, Relation.AREA),
    "staff:import_report": Endpoint(workbook.KEEPERS, Relation.AREA),
    "staff:import_commit": Endpoint(workbook.KEEPERS, Relation.AREA),
    "staff:import_discard": Endpoint(workbook.KEEPERS, Relation.AREA),
    "staff:import_propose": Endpoint(CHANGE_PROPOSERS, Relation.AREA),
    # changes of what money hangs on, and the second person
    "staff:changes": Endpoint(CHANGE_READERS, Relation.AREA),
    "staff:change": Endpoint(CHANGE_READERS, Relation.AREA),
    **{f"staff:change_{step.name}": Endpoint(step.roles, Relation.AREA) for step in CHANGE_STEPS},
    "staff:export": Endpoint(workbook.KEEPERS, Relation.HOUSEHOLD),
    "staff:export_file": Endpoint(workbook.KEEPERS, Relation.OWN),
    "staff:jobs": _SIGNED_IN,
    "staff:job": _SIGNED_IN,
    "staff:job_cancel": _SIGNED_IN,
    "staff:users": Endpoint(ADMINISTRATORS),
    "staff:user_new": Endpoint(ADMINISTRATORS),
    "staff:user": Endpoint(ADMINISTRATORS),
    "staff:user_code": Endpoint(ADMINISTRATORS),
    "staff:user_active": Endpoint(ADMINISTRATORS),
    "staff:grant_new": Endpoint(ADMINISTRATORS),
    "staff:grant_end": Endpoint(ADMINISTRATORS),
    "staff:access_changes": Endpoint(ACCESS_READERS),
    "staff:access_waiting": Endpoint(CONFIRMERS),
    "staff:grant_confirm": Endpoint(CONFIRMERS),
    "staff:code_confirm": Endpoint(CONFIRMERS),
    "staff:system": Endpoint(ADMINISTRATORS),
    "staff:sending_again": Endpoint(ADMINISTRATORS),
    # the API
    "api-1:openapi-json": Endpoint(_STAFF),
    "api-1:me": Endpoint(_STAFF, Relation.OWN),
    "api-1:areas": Endpoint(_PLACES, Relation.AREA),
    "api-1:households": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "api-1:household": Endpoint(HOUSEHOLD_READERS, Relation.HOUSEHOLD),
    "api-1:household_visits": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
    "api-1:household_promises": Endpoint(_with(Part.VISITS), Relation.HOUSEHOLD),
}
