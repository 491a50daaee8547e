"""机构数字的地址, below ``/staff/metrics/``."""

from django.urls import path

from yixian.web.figures import organisation_metrics_pages

urlpatterns = [
    path("", organisation_metrics_pages.metrics_table, name="matter_metrics"),
    path("export.<str:file_format>", organisation_metrics_pages.metrics_export, name="matter_metrics_export"),
    *organisation_metrics_pages.BEHIND.urls("<int:organisation_id>/<slug:measure>/"),
]
