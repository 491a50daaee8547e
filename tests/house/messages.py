"""The sentences that the product can say, collected from its source: from code, from templates, from its errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "yixian"
ERRORS = {
    "NotPermitted",
    "NotFound",
    "Refused",
    "Invalid",
    "TooManyGuesses",
    "MailboxUnreachable",
    "LetterUnread",
    "MailUnreadable",
}
"""Errors whose second argument is the sentence a person reads (`yixian.kernel.errors`)."""

_AT_THE_TERMINAL = {"cli", "demo"}
"""Rooms that speak to the machine's operator only, in English."""

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, order=True)
class Message:
    """A message id with the app and the place it stands in."""

    app: str
    place: str
    text: str
    context: str = ""


def messages() -> Iterator[Message]:
    """Every message id of the product's own source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts and _app(path) not in _AT_THE_TERMINAL:
            yield from _marked(path, path.read_text())
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        yield from _marked(path, _as_code(path))


def unmarked_sentences() -> Iterator[str]:
    """The place of every error whose sentence is not marked for translation where it is raised."""
    for path, call in _error_calls():
        sentence = call.args[1]
        plain = isinstance(sentence, ast.Constant) and sentence.value
        if _app(path) not in _AT_THE_TERMINAL and (
            plain or isinstance(sentence, ast.JoinedStr | ast.BinOp | ast.IfExp)
        ):
            yield f"{path.relative_to(PACKAGE)}:{call.lineno}"


def _marked(path: Path, code: str) -> Iterator[Message]:
    found = extract("python", BytesIO(code.encode()), _KEYWORDS, options={"encoding": "utf-8"})
    for line, text, _comments, context in found:
        first = text if isinstance(text, str) else text[0]
        yield Message(_app(path), f"{path.relative_to(PACKAGE)}:{line}", first, context or "")


def _as_code(template: Path) -> str:
    """The template as Python calls of gettext, each line unindented so that a tokenizer can read it."""
    code = templatize(template.read_text(), origin=template.name)
    return "\n".join(line.strip() for line in code.splitlines())


def _error_calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ERRORS
                and len(node.args) > 1
            ):
                yield path, node


def _app(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]
