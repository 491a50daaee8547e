"""Django's entry to matters."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Registers matters under its short label."""

    name = "yixian.matters"
    label = "matters"
    verbose_name = "Matters"
