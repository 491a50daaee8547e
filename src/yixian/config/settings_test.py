"""Settings for the tests: a home folder of their own, quick password hashing, jobs run at once."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("YIXIAN_HOME", tempfile.mkdtemp(prefix="yixian-test-"))

from yixian.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
YIXIAN_CHANNELS: dict[str, dict[str, str]] = {}  # no test may reach anybody; those that send set up their own
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests, so there is no folder to read in beforehand
