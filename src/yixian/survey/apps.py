"""Django's entry to the survey."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Registers the survey under its short label."""

    name = "yixian.survey"
    label = "survey"
    verbose_name = "Survey"
