"""The WSGI application, for any server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yixian.config.settings")

application = get_wsgi_application()
_addresses = get_resolver().url_patterns  # all pages are loaded now, not while the first visitor waits

# What was loaded at the start stays: the collector need not walk it again in the middle of somebody's page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
