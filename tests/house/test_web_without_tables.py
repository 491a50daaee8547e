"""页面不碰数据表: pages call actions and queries; what a table holds is asked, limited and counted in its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import yixian.web

WEB = Path(yixian.web.__file__).parent

OF_TABLES = frozenset(
    {
        "aggregate",
        "annotate",
        "exclude",
        "exists",
        "filter",
        "in_bulk",
        "order_by",
        "prefetch_related",
        "select_related",
        "values_list",
    }
)
"""Methods of a query set that nothing else here has."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(WEB.rglob("*.py")):
        yield path.relative_to(WEB).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls_of_tables(tree: ast.Module) -> list[str]:
    """Each such call as its line and method. ``values`` with names is a query set's; without, a mapping's."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            found.append(f"{node.lineno}: objects")
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        if (name in OF_TABLES and not _is_a_tag(node.func)) or (name == "values" and node.args):
            found.append(f"{node.lineno}: {name}")
    return found


def _is_a_tag(called: ast.Attribute) -> bool:
    """``register.filter`` declares a filter of templates."""
    return isinstance(called.value, ast.Name) and called.value.id == "register"


def test_the_calls_are_seen() -> None:
    seen = calls_of_tables(
        ast.parse("rows.filter(a=1)\nModel.objects\nrows.values('pk')\n{}.values()\nrows.order_by().exists()")
    )
    assert sorted(seen) == ["1: filter", "2: objects", "3: values", "5: exists", "5: order_by"]


def test_pages_ask_rooms_and_not_tables() -> None:
    assert {path: calls for path, tree in modules() if (calls := calls_of_tables(tree))} == {}


def test_pages_name_no_query_set() -> None:
    named = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("django.db.models")
        and any(alias.name == "QuerySet" for alias in node.names)
    }
    assert named == set()
