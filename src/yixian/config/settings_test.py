"""Settings for the tests: a home folder of their own, quick password hashing, jobs run at once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _new_home() -> str:
    """A home that goes with the process that made it, and not with one that it forked."""
    made, maker = tempfile.mkdtemp(prefix="yixian-test-"), os.getpid()

    def remove() -> None:
        if os.getpid() == maker:
            shutil.rmtree(made, ignore_errors=True)

    atexit.register(remove)
    return made


_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_HOME = Path(os.environ.get("YIXIAN_HOME") or _new_home())
if (
    os.environ.get("YIXIAN_WORKER") != _WORKER
):  # the home that was handed down is everybody's, or nobody's yet
    _HOME /= _WORKER
os.environ["YIXIAN_HOME"] = str(_HOME)
os.environ["YIXIAN_WORKER"] = (
    _WORKER  # a command that a test of this worker starts keeps the home that it is given
)

from yixian.config.settings import *  # noqa: E402, F403 - the home is chosen first
from yixian.config.settings import YIXIAN_KEYS  # noqa: E402
from yixian.kernel.crypto import make_keys  # noqa: E402 - what the start of the product does

make_keys(YIXIAN_KEYS)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
YIXIAN_SECOND_FACTOR = False  # tests sign in by force; those of second factors ask for them
YIXIAN_CHANNELS = {}  # no test may reach anybody; those that send set up their own
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests, so there is no folder to read in beforehand
