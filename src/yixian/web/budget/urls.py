"""Addresses of the budget, under ``/staff/budget/``. Who may ask stands in `yixian.config.access_matrix`."""

from django.urls import path

from yixian.web.budget import budget_board, entering

urlpatterns = [
    path("", budget_board.budget_board, name="budget"),
    path("export.<str:file_format>", budget_board.budget_export, name="budget_export"),
    path("places/<int:place_id>/enter/", entering.enter, name="budget_enter"),
    path("places/<int:place_id>/beyond/", entering.enter_more, name="budget_beyond"),
    path("<int:version_id>/", budget_board.budget_version, name="budget_version"),
    path("<int:version_id>/confirm/", entering.confirm, name="budget_confirm"),
    path("<int:version_id>/take-back/", entering.withdraw, name="budget_take_back"),
]
