"""Django's entry to the pages."""

import importlib

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the pages under their short label."""

    name = "yixian.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Listen to sign-ins, and say what the pages say."""
        importlib.import_module("yixian.web.sign_in_signals").connect()
        texts = importlib.import_module(
            "yixian.policies.public_texts"
        )  # it reads tables, which are ready by now
        texts.PAGE_TEXTS.register("portal", "yixian.web.spoken_pages.page_texts")
