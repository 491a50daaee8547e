"""Addresses of the cadre's day, under ``/staff/field/``."""

from django.urls import path

from yixian.web import photographs
from yixian.web.field import (
    acknowledging,
    correcting,
    household_glance,
    mine,
    raising,
    recording,
    settling,
    visit_record,
)

app_name = "field"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("<int:household_id>/", household_glance.household_page, name="household"),
    path("<int:household_id>/visit/", recording.record, name="record"),
    path("<int:household_id>/raise/", raising.record_matter, name="raise"),
    path("visits/<int:visit_id>/", visit_record.visit_page, name="visit"),
    path("visits/<int:visit_id>/acknowledge/", acknowledging.confirm, name="acknowledge"),
    path("visits/<int:visit_id>/correct/", correcting.CORRECT.page, name="correct"),
    path("promises/<int:promise_id>/", settling.SETTLE.page, name="settle"),
    path("photographs/<int:photo_id>.jpg", photographs.photograph, name="photo"),
]
