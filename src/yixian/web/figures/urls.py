"""机构数字的地址, below ``/staff/desks/``."""

from django.urls import path

from yixian.web.figures import desks

urlpatterns = [
    path("", desks.desks, name="matter_desks"),
    path("export.csv", desks.desks_export, name="matter_desks_export"),
    path("<int:body_id>/<slug:measure>/", desks.desk, name="matter_desk"),
]
