"""Addresses of versions, agreements and cases, under ``/staff/``. Who may ask stands in `yixian.config.access_matrix`."""

from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters

from yixian.web.agreements import agreement_list, cases, correcting, drawing_up, ending, signing, versions

app_name = "agreements"

urlpatterns = [
    *agreement_list.AGREEMENTS.urls("agreements/"),
    path("agreements/<int:agreement_id>/", agreement_list.agreement_page, name="agreement"),
    path("agreements/<int:agreement_id>/agreement.pdf", agreement_list.agreement_paper, name="paper"),
    path(
        "agreements/<int:agreement_id>/sign/<slug:party>/",
        sensitive_post_parameters("card_code", "card_pin")(signing.SIGN.page),
        name="sign",
    ),
    path("agreements/<int:agreement_id>/withdraw/", ending.WITHDRAW.page, name="withdraw"),
    path("agreements/<int:agreement_id>/void/", ending.VOID.page, name="void"),
    path("agreements/<int:agreement_id>/void/decide/", ending.void_decide, name="void_decide"),
    path("households/<int:household_id>/agreement/", drawing_up.draw_up, name="draw_up"),
    path("households/<int:household_id>/correct/", correcting.CORRECT.page, name="correct"),
    path("households/<int:household_id>/versions/", versions.version_list, name="versions"),
    path("households/<int:household_id>/versions/compare/", versions.compare, name="compare"),
    path("households/<int:household_id>/versions/<int:version>/", versions.version_page, name="version"),
    path(
        "households/<int:household_id>/versions/<int:version>/account.pdf",
        versions.version_paper,
        name="version_paper",
    ),
    *cases.CASES.urls("cases/"),
    path("cases/<int:case_id>/", cases.case_page, name="case"),
]
