"""修订的地址, below ``/staff/revisions/``."""

from django.urls import path

from yixian.web.revisions import drafting, effects, listing, outcome, sheet, steps

urlpatterns = [
    path("", listing.revision_list, name="revisions"),
    path("new/", listing.REVISION_NEW.page, name="revision_new"),
    path("<int:revision_id>/", listing.revision_page, name="revision"),
    path("<int:revision_id>/prices/", drafting.prices, name="revision_prices"),
    path("<int:revision_id>/pack/", drafting.upload, name="revision_pack"),
    path("<int:revision_id>/draft.zip", drafting.download, name="revision_download"),
    path("<int:revision_id>/back/", drafting.back, name="revision_back"),
    path("<int:revision_id>/compare/", effects.compare, name="revision_compare"),
    path("<int:revision_id>/effects/", effects.effects, name="revision_effects"),
    path("<int:revision_id>/effects/households/", effects.households, name="revision_households"),
    path(
        "<int:revision_id>/effects/households/<int:household_id>/",
        effects.household,
        name="revision_household",
    ),
    path("<int:revision_id>/effects.xlsx", sheet.evidence, name="revision_evidence"),
    path("<int:revision_id>/effects.pdf", sheet.evidence_paper, name="revision_evidence_paper"),
    *steps.STEPS.urls("<int:revision_id>/"),
    path("<int:revision_id>/adopt/", outcome.adopt, name="revision_adopt"),
    path("<int:revision_id>/outcome/", outcome.outcome, name="revision_outcome"),
    path("<int:revision_id>/differences.csv", outcome.differences_csv, name="revision_differences"),
]
