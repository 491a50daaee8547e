"""公式解析: from text to a tree, with errors that name the column."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from lark import Lark, UnexpectedInput
from lark.exceptions import VisitError

from yixian.engines.entitlements.formula.building import Builder, FormulaError
from yixian.engines.entitlements.formula.tree import Name, Node

_GRAMMAR = Path(__file__).with_name("grammar.lark")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
WORDS = frozenset({"min", "max", "round", "trunc", "div", "band", "if", "and", "or", "not"})
"""The words of the language; nothing else may be called so."""
_MAX_LENGTH = 300


def parse(text: str, names: Mapping[str, Name]) -> Node:
    """The typed tree of a formula over declared names.

    Raises `FormulaError`: ``formula.syntax``, ``formula.slash``, ``formula.long``, ``formula.unknown_name``,
    ``formula.constant`` (a number is needed where none stands), ``formula.divisor``, ``formula.band``,
    ``formula.band_limits``, ``formula.decimals`` or ``formula.too_large`` (its value could pass 37 digits).
    """
    if len(text) > _MAX_LENGTH:
        raise FormulaError("formula.long")
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        column = max(1, getattr(error, "column", 1) or 1)
        if text[column - 1 : column] == "/":
            raise FormulaError("formula.slash", column) from error
        raise FormulaError("formula.syntax", column) from error
    try:
        node: Node = Builder(names).transform(tree)
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from error
        raise
    return node


def is_name(text: str) -> bool:
    """Whether a formula could use it as a name: small letters, digits and _, and no word of the language."""
    return _NAME.fullmatch(text) is not None and text not in WORDS


@functools.cache
def _parser() -> Lark:
    grammar = _GRAMMAR.read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)
