"""Addresses of the quizzes, below ``/staff/quizzes/``; their names belong to the staff pages."""

from __future__ import annotations

from django.urls import path

from yixian.web.quizzes import quiz_figures, taking

urlpatterns = [
    path("", taking.start, name="quizzes"),
    path("begin/", taking.begin, name="quiz_begin"),
    path("organisations/", quiz_figures.quiz_organisations, name="quiz_organisations"),
    path("<int:attempt_id>/", taking.result, name="quiz"),
    path("<int:attempt_id>/<int:number>/", taking.question, name="quiz_question"),
]
