"""A small invented county as a workbook file, and a register that has just been opened for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files import File

from tests.second_person import two_persons
from tests.starting_states import StartingState
from yixian.demo.county import generate
from yixian.engines.entitlements import load_pack
from yixian.kernel.actors import system_actor
from yixian.policies.actions.register_pack import register_pack
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.stage import stage
from yixian.workbook.models import ImportBatch
from yixian.workbook.writing import write_workbook

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
SYSTEM = system_actor("test")
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
HOUSEHOLDS = 80


@cache
def _rows() -> dict[str, list[dict[str, object]]]:
    return {key: list(rows) for key, rows in generate(HOUSEHOLDS, seed=7).items()}


def _write(path: Path) -> Path:
    write_workbook(path, _rows(), pack=load_pack(PACK))
    return path


def _open_register() -> None:
    register_pack(PACK, actor=SYSTEM, at=AT)


def _enter(_register: None) -> ImportBatch:
    with TemporaryDirectory() as folder:
        return _commit(_write(Path(folder) / "county.xlsx"))


def _bring(path: Path) -> ImportBatch:
    with path.open("rb") as content:
        batch = stage(File(content), file_name=path.name, actor=SYSTEM, at=AT)
    return check(batch, at=AT)


def _commit(path: Path, *, partial: bool = False) -> ImportBatch:
    batch = _bring(path)
    by = two_persons() if batch.money else None
    return commit(batch, partial=partial, actor=SYSTEM, at=AT, by=by)


@pytest.fixture(scope="session")
def county_rows() -> dict[str, list[dict[str, object]]]:
    """The rows of the county, sheet by sheet."""
    return _rows()


@pytest.fixture(scope="session")
def county_file(tmp_path_factory) -> Path:
    """The county as a workbook."""
    return _write(tmp_path_factory.mktemp("workbook") / "county.xlsx")


_REGISTER = StartingState(_open_register)
register = _REGISTER.fixture()
"""An empty register with the shipped pack."""

entered = StartingState(_enter, on=_REGISTER).fixture()
"""The batch with which the county was entered into the register."""


@pytest.fixture
def bring(register: None) -> Callable[[Path], ImportBatch]:
    """Stages and checks a file."""
    return _bring


@pytest.fixture
def enter(register: None) -> Callable[..., ImportBatch]:
    """Stages, checks and commits a file; as agreed by two persons where it decides what is paid."""
    return _commit
