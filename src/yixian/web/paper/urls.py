"""Addresses of papers, under ``/staff/``. Who may ask for each stands in `yixian.config.access_matrix`."""

from django.urls import path

from yixian.web.paper import batches, single

app_name = "paper"

urlpatterns = [
    path("households/<int:household_id>/statement.pdf", single.statement, name="statement"),
    path("households/<int:household_id>/card.pdf", single.card, name="card"),
    path("areas/<int:area_id>/paper/", batches.statements, name="statements"),
    path("areas/<int:area_id>/paper/cards/", batches.cards, name="cards"),
    path("paper/<int:job_id>/file", batches.file, name="file"),
]
