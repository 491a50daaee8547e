"""What every test stands on: compiled translations, and the choice of those that ask a database."""

from __future__ import annotations

import atexit
import gc
import gettext
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import trans_real
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests.migrated import migrated_database
from tests.proofs import cases, configure, counted  # noqa: F401 - fixtures
from tests.starting_states import KeptStates, ordered_by_start, start_of
from tests.workdays import write_procedures
from yixian.config.translations import compile_changed

hypothesis_settings.register_profile(
    "gate", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.register_profile(
    "search", parent=hypothesis_settings.get_profile("gate"), derandomize=False
)
hypothesis_settings.load_profile("gate")
"""The gate draws the same examples everywhere and does not measure how busy a machine is; new examples are searched for
with ``--hypothesis-profile=search``."""

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register ``--only-database``, ``--without-database``, ``--proof`` and ``--distributed``."""
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only the tests that ask a database: what a second database is run with",
    )
    parser.addoption(
        "--without-database",
        action="store_true",
        help="only the tests that ask no database: what is quick enough for every change",
    )
    parser.addoption(
        "--proof", action="store_true", help="only the proofs, with all their cases: `make proof`"
    )
    parser.addoption("--distributed", action="store_true", help="also the tests under Ray and Spark")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, in place of pytest-django's, which applies every migration in every run."""
    with django_db_blocker.unblock(), migrated_database(), django_db_blocker.block():
        yield


@pytest.fixture(scope="session")
def kept_states(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[KeptStates]:
    """The rows that tests begin with, made once for many of them."""
    states = KeptStates(django_db_blocker)
    yield states
    states.stand_on([])


_begun: list[KeptStates] = []


@pytest.fixture(scope="class", autouse=True)
def starting_point(request: pytest.FixtureRequest) -> None:
    """Let the rows that the test begins with stand, and no others.

    Of a class, as pytest calls it, although the tests are functions: for each, and before the test's own transaction.
    """
    wanted = start_of(request.node)
    if wanted or (_begun and asks_a_database(request.node)):
        states: KeptStates = request.getfixturevalue("kept_states")
        _begun[:] = [states]
        states.stand_on(wanted)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Roll back what stands before a test that begins with nothing, and before what its package makes for it and the others.

    Otherwise that would be made on top of a state, and be gone with it.
    """
    if _begun and not start_of(item) and asks_a_database(item):
        _begun[0].stand_on([])


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Every test begins in the house's language, whatever the test before it had read a page in."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


def pytest_configure(config: pytest.Config) -> None:
    """Pages are tested in Chinese too, so the translations must be those of the catalogues, also if Django was quicker.

    Deadlines from today on are counted by a calendar that does not end soon, here and in every program that a test starts.
    """
    configure(is_proof=config.getoption("--proof"))
    if compile_changed():
        gettext._translations.clear()  # what was read of a file, which Django's own would ask again
        trans_real._translations.clear()
        trans_real._default = None
    folder = Path(tempfile.mkdtemp(prefix="yixian-procedures-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings.YIXIAN_PROCEDURES = write_procedures(folder, today=timezone.localdate())
    os.environ["YIXIAN_PROCEDURES"] = str(folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other database, those under Ray and Spark unless asked for, and, where that is asked for,
    those that no database can change, or all but the proofs.
    """
    is_postgres = connection.vendor == "postgresql"
    asked = {
        True: not config.getoption("--without-database"),
        False: not config.getoption("--only-database"),
    }
    is_distributed, is_proof = config.getoption("--distributed"), config.getoption("--proof")
    chosen = [
        item
        for item in items
        if asked[asks_a_database(item)]
        and (is_postgres or not item.get_closest_marker("postgresql"))
        and (is_distributed or not item.get_closest_marker("distributed"))
        and is_run_here(item, is_proof=is_proof)
    ]
    kept = {id(item) for item in chosen}
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
    items[:] = ordered_by_start(chosen)


def pytest_collection_finish() -> None:
    """Thousands of tests, and what they import, stay until the end: the collector of garbage need not go through them again
    and again, which takes a tenth of the time of tests that render pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    atexit.register(gc.unfreeze)  # what libraries count at the end of the process must be freed


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the time of a test's parts once: it is in that of the test, and a report in JUnit's form adds up both."""
    if isinstance(report, pytest.SubtestReport):
        report.duration = 0.0


def is_run_here(item: pytest.Item, *, is_proof: bool) -> bool:
    """In the proof, proofs only; in the gate, all but the proofs that have no part in it."""
    marker = item.get_closest_marker("proof")
    return marker is not None if is_proof else marker is None or marker.kwargs["slice"] > 0


def asks_a_database(item: pytest.Item) -> bool:
    """Whether the test, or a fixture it stands on, uses the test database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(_DATABASE_FIXTURES)
