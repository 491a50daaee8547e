"""Django's entry to quizzes."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Registers quizzes under its short label."""

    name = "yixian.quizzes"
    label = "quizzes"
    verbose_name = "Quizzes"
