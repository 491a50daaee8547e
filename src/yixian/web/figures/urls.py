"""机构数字的地址, below ``/staff/metrics/``."""

from django.urls import path

from yixian.web.figures import organisation_metrics_pages

urlpatterns = [
    path("", organisation_metrics_pages.metrics_table, name="matter_metrics"),
    path("export.csv", organisation_metrics_pages.metrics_export, name="matter_metrics_export"),
    path(
        "<int:organisation_id>/<slug:measure>/",
        organisation_metrics_pages.metrics_matters,
        name="matter_metrics_matters",
    ),
]
