"""修订的地址, below ``/staff/revisions/``."""

from django.urls import path

from yixian.web.revisions import draft_pages, effects, outcome, revision_list, revision_steps, sheet

urlpatterns = [
    *revision_list.REVISIONS.urls(""),
    path("new/", revision_list.REVISION_NEW.page, name="revision_new"),
    path("<int:revision_id>/", revision_list.revision_page, name="revision"),
    path("<int:revision_id>/prices/", draft_pages.prices, name="revision_prices"),
    path("<int:revision_id>/pack/", draft_pages.upload, name="revision_pack"),
    path("<int:revision_id>/draft.zip", draft_pages.download, name="revision_download"),
    path("<int:revision_id>/back/", draft_pages.back, name="revision_back"),
    path("<int:revision_id>/compare/", effects.compare, name="revision_compare"),
    path("<int:revision_id>/effects/", effects.effects, name="revision_effects"),
    *effects.HOUSEHOLDS.urls("<int:revision_id>/effects/households/"),
    path(
        "<int:revision_id>/effects/households/<int:household_id>/",
        effects.household,
        name="revision_household",
    ),
    path("<int:revision_id>/effects.xlsx", sheet.evidence, name="revision_evidence"),
    path("<int:revision_id>/effects.pdf", sheet.evidence_paper, name="revision_evidence_paper"),
    *revision_steps.STEPS.urls("<int:revision_id>/"),
    path("<int:revision_id>/adopt/", outcome.adopt, name="revision_adopt"),
    path("<int:revision_id>/outcome/", outcome.DIFFERENCES.page, name="revision_outcome"),
    path(
        "<int:revision_id>/differences.<str:file_format>",
        outcome.DIFFERENCES.file,
        name="revision_differences",
    ),
]
