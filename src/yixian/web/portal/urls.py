"""Addresses of the portal, at the root of the site. None of them holds anything personal."""

from django.urls import path

from yixian.web.portal import (
    display_preferences,
    entrance,
    own_explanations,
    own_helpers,
    own_household,
    own_promises,
    own_versions,
    public_budget,
    public_changes,
    public_figures,
    public_library,
    public_offices,
    public_prices,
)
from yixian.web.portal.calculator import views as calculation
from yixian.web.portal.matters import file_access, how_long, raising, status
from yixian.web.portal.matters import own_matters as our_matters

app_name = "portal"

urlpatterns = [
    path("", entrance.home, name="home"),
    path("c/", entrance.card, name="card"),
    path("leave/", entrance.leave, name="leave"),
    path("left/", entrance.left, name="left"),
    path("reading/", display_preferences.set_preferences, name="reading"),
    path("policy/", public_library.library, name="policy"),
    path(
        "policy/documents/<str:pack_id>/<str:document_id>/",
        public_library.library_document,
        name="library_document",
    ),
    path("policy/ask/", public_library.ask, name="ask"),
    path("policy/ask/desk/", public_library.hand_in, name="hand_in"),
    path("policy/question/", public_library.come_back, name="come_back"),
    path("policy/answers/", public_library.answers, name="answers"),
    path("policy/answers/<int:question_id>/", public_library.answer, name="answer"),
    *public_prices.PRICES.urls("policy/prices/"),
    *public_offices.OFFICES.urls("offices/"),
    path("genuine/", public_offices.genuine, name="genuine"),
    path("budget/", public_budget.budget, name="budget"),
    path("figures/", public_figures.figures, name="figures"),
    path("changes/", public_changes.changes, name="changes"),
    path("changes/<int:group_id>/", public_changes.change, name="change"),
    path("reckon/", calculation.calculator, name="calculate"),
    path("raise/", raising.raise_matter, name="raise"),
    path("status/", status.status, name="status"),
    path("status/files/<str:token>/", file_access.matter_file, name="matter_file"),
    path("how-long/", how_long.procedure, name="procedure"),
    path("ours/", own_household.own_account, name="account"),
    path("ours/people/", own_helpers.own_helpers, name="assigned_helpers"),
    path("ours/people/another/<str:role>/", own_helpers.request_another, name="another"),
    path("ours/people/take-back/<int:request_id>/", own_helpers.withdraw_own_request, name="take_back"),
    path("ours/people/known/<int:handover_id>/", own_helpers.note_handover_known, name="known"),
    path("ours/household/", own_household.own_inventory, name="belongings"),
    path("ours/record/", own_household.own_record, name="record"),
    path("ours/reckon/", calculation.own_calculator, name="calculate_ours"),
    path("ours/versions/", own_versions.version_list, name="versions"),
    path("ours/versions/<int:version>/", own_versions.version_page, name="version"),
    path("ours/versions/<int:version>/account.pdf", own_versions.version_paper, name="version_paper"),
    path("ours/agreement/", own_versions.agreement, name="agreement"),
    path("ours/agreement.pdf", own_versions.agreement_paper, name="agreement_paper"),
    path("ours/promises/", own_promises.promises, name="promises"),
    path("ours/promises/<int:promise_id>/", own_promises.say, name="promise_say"),
    path("ours/visits/<int:visit_id>/", own_promises.object_to, name="visit_object"),
    path("ours/photographs/<int:photo_id>.jpg", own_promises.photo, name="visit_photo"),
    path("ours/explained/", own_explanations.explained, name="explained"),
    path("ours/explained/<int:explanation_id>/confirm/", own_explanations.confirm, name="explained_confirm"),
    path("ours/explained/<int:explanation_id>/ask/", own_explanations.ask, name="explained_ask"),
    path("ours/explained/<int:explanation_id>/not/", own_explanations.object_to, name="explained_object"),
    path("ours/matters/", our_matters.our_matters, name="our_matters"),
    path("ours/matters/<str:number>/", our_matters.our_matter, name="our_matter"),
    path("ours/statement.pdf", own_household.own_statement, name="statement"),
]
