"""Nothing imports an engine before it needs it: neither the pages, nor the background process, nor the command's help."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import yixian
from yixian import cli, lazy_imports

SOURCE = Path(yixian.__file__).parent
HEAVY = frozenset(
    {
        "PIL", "av", "cv2", "duckdb", "llvmlite", "numba", "numpy", "onnxruntime", "ortools", "pandas", "pyarrow", "pypinyin",
        "pyspark", "rapidocr", "ray", "scipy", "sklearn", "typst", "xlsxwriter",
    }
)  # fmt: skip
TOLD = "import sys; print(*sorted(sys.modules))"

WEB = """
import django
from django.conf import settings
django.setup()
settings.ALLOWED_HOSTS.append("testserver")
from yixian.config.wsgi import application
from django.test import Client
from django.urls import get_resolver
get_resolver().url_patterns
answer = Client().get("/accounts/login/")
assert answer.status_code == 200, answer.status_code
"""
WORKER = """
import django
django.setup()
from django.utils import timezone
from yixian.kernel.management.commands import work
from yixian.kernel.scheduled_tasks import scheduled_tasks
from yixian.kernel.job_kinds import JOBS
assert scheduled_tasks() and "duty.pair" in JOBS
"""
HELP = """
from click.testing import CliRunner
from yixian.cli import main
assert "serve" in CliRunner().invoke(main, ["--help"]).output
"""
SUPERVISOR = "import yixian.cli.supervise"


def loaded(program: str, home: Path) -> set[str]:
    """The top-level names of all modules that a Python holds after a program."""
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "YIXIAN_HOME"}
    environment = {key: value for key, value in os.environ.items() if key not in left_out} | {
        "DJANGO_SETTINGS_MODULE": "yixian.config.settings_test",
        "YIXIAN_HOME": str(home),
    }
    command = [sys.executable, "-c", f"{program}\n{TOLD}"]
    result = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=home)
    assert result.returncode == 0, result.stderr
    return {name.partition(".")[0] for name in result.stdout.split()}


@pytest.mark.parametrize("program", [WEB, WORKER, HELP], ids=["web", "worker", "help"])
def test_no_engine_is_loaded_before_it_is_needed(program: str, tmp_path: Path) -> None:
    assert loaded(program, tmp_path) & HEAVY == set()


def test_the_supervisor_holds_not_even_the_framework(tmp_path: Path) -> None:
    assert loaded(SUPERVISOR, tmp_path) & (HEAVY | {"django"}) == set()


def test_the_heavy_libraries_are_taken_from_one_place() -> None:
    """What stands in `yixian.lazy_imports` is imported nowhere else; Ray's and Spark's own modules run on machines of theirs."""
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        if path.name != "lazy_imports.py" and "distributed" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _imported(node) & HEAVY
    ]
    assert found == []


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").partition(".")[0]}
    return set()


def test_a_lazy_module_is_the_library_itself_once_something_of_it_is_used() -> None:
    assert lazy_imports.np.int64(3) + 4 == 7
    assert lazy_imports.pc.sum(lazy_imports.pa.array([1, 2])).as_py() == 3


def test_what_is_set_on_a_lazy_module_is_set_on_the_library() -> None:
    before = lazy_imports.Image.MAX_IMAGE_PIXELS
    lazy_imports.Image.MAX_IMAGE_PIXELS = 7
    try:
        assert sys.modules["PIL.Image"].MAX_IMAGE_PIXELS == 7
    finally:
        lazy_imports.Image.MAX_IMAGE_PIXELS = before


def test_the_help_says_of_each_command_what_the_command_says_itself() -> None:
    for name, (_address, said) in cli._COMMANDS.items():
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None
        assert command.get_short_help_str(limit=200) == said
