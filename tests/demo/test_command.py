"""`yixian demo`: from an empty folder to a county with accounts, pairings, sign-ins and cards — once, and not over others."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made_once import alone
from yixian.cli.reach import is_loopback
from yixian.demo.note import NOTE, PASSWORD, read_note
from yixian.demo.shape import SMALL_HOUSEHOLDS
from yixian.kernel.roles import STAFF_ROLES

pytestmark = pytest.mark.slow  # starts the product, again and again

_PROGRAM = (sys.executable, "-c", "from yixian.cli import main; main()")

_COUNT = """
from yixian.cli.product import open_home
open_home({home!r})
from yixian.compensation.models import Statement
from yixian.duty.models import Pairing
from yixian.kernel.models import Event, User
from yixian.registry.models import Household, HouseholdCard
print(Household.objects.count(), Statement.objects.filter(is_current=True).count(), User.objects.count(), Pairing.objects.count(),
      HouseholdCard.objects.count(), Event.objects.count())
"""


_ASKED = """
from yixian.cli.product import open_home
open_home({home!r})
from django.utils import timezone
from yixian.policies.models import PolicyAnswer, PolicyQuestion
overdue = PolicyQuestion.objects.filter(answers=None, due_on__lt=timezone.localdate())
print(PolicyQuestion.objects.count(), PolicyAnswer.objects.filter(is_public=True).count(), overdue.count())
"""


@pytest.fixture
def home(home: Path) -> Iterator[Path]:
    """The demonstration, by one test at a time, whichever worker runs it."""
    with alone(home):
        yield home


def test_it_prints_a_sign_in_for_every_role_and_cards(home: Path) -> None:
    note = read_note(home)
    assert note is not None
    assert {one.role for one in note.sign_ins} == {role.value for role in STAFF_ROLES}
    printed = _demo(home).stdout
    assert PASSWORD in printed
    assert all(one.username in printed for one in note.sign_ins)
    assert len(note.cards) >= 3
    assert all(card.pin in printed for card in note.cards)
    assert (home / NOTE).stat().st_mode & 0o777 == 0o600


def test_the_first_line_says_at_once_what_is_done_and_where_it_will_answer(tmp_path: Path) -> None:
    command = [*_PROGRAM, "demo", "--home", str(tmp_path), "--port", "8765"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
    assert process.stdout is not None
    first = process.stdout.readline()
    opened = (tmp_path / "yixian.sqlite3").exists()
    process.kill()
    process.communicate()
    assert f"{SMALL_HOUSEHOLDS} households" in first
    assert "http://127.0.0.1:8765" in first
    assert not opened


def test_a_second_run_changes_nothing(home: Path) -> None:
    before, note = _counts(home), read_note(home)
    assert _demo(home).returncode == 0
    assert _counts(home) == before
    assert read_note(home) == note


def test_every_household_has_an_account(home: Path) -> None:
    households, statements, *_rest = _counts(home).split()
    assert households == statements == str(SMALL_HOUSEHOLDS)


def test_the_policy_desk_has_answered_one_question_and_one_is_overdue(home: Path) -> None:
    """Nine were asked, six of them while an account was explained or at a policy meeting."""
    code = _ASKED.format(home=str(home))
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=_environment()
    )
    assert result.stdout.split() == ["9", "1", "1"]


def test_another_county_in_the_same_folder_is_refused(home: Path) -> None:
    result = _demo(home, "--households", "150")
    assert result.returncode == 1
    assert f"{SMALL_HOUSEHOLDS} households" in result.stderr


def test_a_real_register_is_not_touched(home: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    for name in ("yixian.sqlite3", "keys"):
        source = home / name
        subprocess.run(["cp", "-r", str(source), str(real / name)], check=True)
    before = _counts(real)
    result = _demo(real)
    assert result.returncode == 1
    assert "no demonstration" in result.stderr
    assert _counts(real) == before


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Killed in the middle of the import, and the next run while sign-ins are made: the third ends it."""
    for after in ("Importing the workbook", "Making a sign-in for every role"):
        process = subprocess.Popen(
            _command(tmp_path, "--households", "90"), stdout=subprocess.PIPE, text=True, env=_environment()
        )
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line)
            if after in line:
                process.kill()
                break
        process.communicate()
        assert after in told[-1]
    result = _demo(tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Making the bureau's sign-ins" not in result.stdout
    assert "Importing the workbook" not in result.stdout
    assert _counts(tmp_path).split()[:3] == ["90", "90", "13"]


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_strangers_are_not_let_in_by_accident(home: Path, command: str) -> None:
    words = [*_PROGRAM, command, "--home", str(home), "--host", "192.0.2.7"]
    result = subprocess.run(words, check=False, capture_output=True, text=True, env=_environment())
    assert result.returncode == 1
    assert "--let-others-in" in result.stderr


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("192.0.2.7", False),
        ("10.0.0.4", False),
        ("county.example", False),
    ],
)
def test_which_addresses_only_this_machine_reaches(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def _demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(folder, *options), check=False, capture_output=True, text=True, env=_environment()
    )


def _command(folder: Path, *options: str) -> list[str]:
    return [*_PROGRAM, "demo", "--home", str(folder), "--no-serve", *options]


def _environment() -> dict[str, str]:
    """A home folder of its own, on SQLite whatever the other tests run on."""
    dropped = {"DATABASE_URL", "YIXIAN_HOME", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in dropped} | {"PYTHONUNBUFFERED": "1"}


def _counts(folder: Path) -> str:
    program = _COUNT.format(home=str(folder))
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=_environment()
    )
    return result.stdout.strip()
