"""Django's entry to policies."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers policies under its short label."""

    name = "yixian.policies"
    label = "policies"
    verbose_name = "Policies"
