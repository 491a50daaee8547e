"""Addresses of the portal, at the root of the site. None of them holds anything personal."""

from django.urls import path

from yixian.web.portal import (
    beside,
    budget,
    changes,
    entrance,
    figures,
    library,
    ours,
    policy,
    promises,
    reading,
    versions,
)
from yixian.web.portal.matters import files, how_long, raising, status
from yixian.web.portal.matters import ours as our_matters
from yixian.web.portal.reckoning import views as reckoning

app_name = "portal"

urlpatterns = [
    path("", entrance.home, name="home"),
    path("c/", entrance.card, name="card"),
    path("leave/", entrance.leave, name="leave"),
    path("left/", entrance.left, name="left"),
    path("reading/", reading.reading, name="reading"),
    path("policy/", library.library, name="policy"),
    path(
        "policy/documents/<str:pack_id>/<str:document_id>/", library.library_document, name="library_document"
    ),
    path("policy/ask/", library.ask, name="ask"),
    path("policy/ask/desk/", library.hand_in, name="hand_in"),
    path("policy/question/", library.come_back, name="come_back"),
    path("policy/answers/", library.answers, name="answers"),
    path("policy/answers/<int:question_id>/", library.answer, name="answer"),
    path("policy/prices/", policy.prices, name="prices"),
    path("budget/", budget.budget, name="budget"),
    path("figures/", figures.figures, name="figures"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<int:group_id>/", changes.change, name="change"),
    path("reckon/", reckoning.reckon, name="reckon"),
    path("raise/", raising.raise_matter, name="raise"),
    path("status/", status.status, name="status"),
    path("status/files/<str:token>/", files.matter_file, name="matter_file"),
    path("how-long/", how_long.procedure, name="procedure"),
    path("ours/", ours.account, name="account"),
    path("ours/people/", beside.people, name="beside"),
    path("ours/people/another/<str:role>/", beside.another, name="another"),
    path("ours/people/take-back/<int:request_id>/", beside.take_back, name="take_back"),
    path("ours/people/known/<int:handover_id>/", beside.known, name="known"),
    path("ours/household/", ours.belongings, name="belongings"),
    path("ours/record/", ours.record, name="record"),
    path("ours/reckon/", reckoning.reckon_ours, name="reckon_ours"),
    path("ours/versions/", versions.version_list, name="versions"),
    path("ours/versions/<int:version>/", versions.version_page, name="version"),
    path("ours/versions/<int:version>/account.pdf", versions.version_paper, name="version_paper"),
    path("ours/agreement/", versions.agreement, name="agreement"),
    path("ours/agreement.pdf", versions.agreement_paper, name="agreement_paper"),
    path("ours/promises/", promises.promises, name="promises"),
    path("ours/promises/<int:promise_id>/", promises.say, name="promise_say"),
    path("ours/visits/<int:visit_id>/", promises.object_to, name="visit_object"),
    path("ours/photographs/<int:photo_id>.jpg", promises.photo, name="visit_photo"),
    path("ours/matters/", our_matters.our_matters, name="our_matters"),
    path("ours/matters/<str:number>/", our_matters.our_matter, name="our_matter"),
    path("ours/statement.pdf", ours.statement, name="statement"),
]
