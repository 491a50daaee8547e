"""Django's entry to postings."""

from django.apps import AppConfig


class PostingConfig(AppConfig):
    """Registers postings under their short label."""

    name = "yixian.posting"
    label = "posting"
    verbose_name = "Postings"
