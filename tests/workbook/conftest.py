"""A small invented county as a workbook file, and a register that has just been opened for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files import File

from tests.second_person import two_persons
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


@pytest.fixture(scope="session")
def county_rows() -> dict[str, list[dict[str, object]]]:
    """The rows of the county, sheet by sheet."""
    return {key: list(rows) for key, rows in generate(HOUSEHOLDS, seed=7).items()}


@pytest.fixture(scope="session")
def county_file(county_rows, tmp_path_factory) -> Path:
    """The county as a workbook."""
    path = tmp_path_factory.mktemp("workbook") / "county.xlsx"
    write_workbook(path, county_rows, pack=load_pack(PACK))
    return path


@pytest.fixture
def register(db) -> None:
    """An empty register with the shipped pack."""
    register_pack(PACK, actor=SYSTEM, at=AT)


@pytest.fixture
def bring(register) -> Callable[[Path], ImportBatch]:
    """Stages and checks a file."""

    def bring_in(path: Path) -> ImportBatch:
        with path.open("rb") as content:
            batch = stage(File(content), file_name=path.name, actor=SYSTEM, at=AT)
        return check(batch, at=AT)

    return bring_in


@pytest.fixture
def enter(bring) -> Callable[..., ImportBatch]:
    """Stages, checks and commits a file; as agreed by two persons where it decides what is paid."""

    def enter_in(path: Path, *, partial: bool = False) -> ImportBatch:
        batch = bring(path)
        by = two_persons() if batch.money else None
        return commit(batch, partial=partial, actor=SYSTEM, at=AT, by=by)

    return enter_in
