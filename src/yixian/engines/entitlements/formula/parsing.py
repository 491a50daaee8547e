"""公式解析: from text to a tree, with errors that name the column."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from lark import Lark, Token, Tree, UnexpectedInput
from lark.exceptions import VisitError

from yixian.engines.entitlements.formula.building import Builder, FormulaError
from yixian.engines.entitlements.formula.day_types import MixedDays, is_day
from yixian.engines.entitlements.formula.tree import Choices, Name, Node

_GRAMMAR = Path(__file__).with_name("grammar.lark")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
WORDS = frozenset({"min", "max", "round", "trunc", "div", "band", "if", "and", "or", "not"})
BEFORE_BRACKETS = frozenset({"ceil", "pow", "days", "months", "years", "add_days", "add_months", "add_years"})
"""Words only where a bracket follows; elsewhere they may be names, as they were before the language had them."""
_MAX_LENGTH = 300
NO_CHOICES: Choices = {}


def parse(text: str, names: Mapping[str, Name], choices: Choices = NO_CHOICES) -> Node:
    """The typed tree of a formula over declared names; ``choices`` may be compared with what can be chosen, and nothing else.

    Raises `FormulaError`: ``formula.syntax``, ``formula.slash``, ``formula.long``, ``formula.unknown_name``,
    ``formula.constant`` (a number is needed where none stands), ``formula.divisor``, ``formula.may_be_zero``,
    ``formula.band``, ``formula.band_limits``, ``formula.decimals``, ``formula.choice`` (a choice where a number is needed),
    ``formula.chosen`` (no such thing may be chosen), ``formula.day`` (a day where a number is needed, or a number where a day
    is) or ``formula.too_large`` (its value could pass 37 digits).
    """
    return _typed(text, tuple(names.items()), tuple(choices.items()))


@functools.lru_cache(maxsize=2048)
def _typed(
    text: str, names: tuple[tuple[str, Name], ...], choices: tuple[tuple[str, tuple[str, ...]], ...]
) -> Node:
    """As `parse`. The same formula over the same names is built once in a process: a pack is read, checked and used."""
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
        node: Node = Builder(dict(names), dict(choices)).transform(_with_choices(tree, dict(choices)))
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from error
        raise
    try:
        is_day(node)
    except MixedDays as error:
        raise FormulaError("formula.day") from error
    return node


def _with_choices(tree: Tree[Token], choices: Choices) -> Tree[Token]:
    """The tree in which a choice compared with a word is a comparison of its own, so that the word is no name of a number."""
    for compared in tree.iter_subtrees():
        if compared.data != "compare":
            continue
        left, operator, right = compared.children
        name, key = _word(left), _word(right)
        if name is not None and str(name) in choices:
            compared.data = "chosen"
            compared.children = [name, operator, key if key is not None else Token("NOTHING", "")]
    return tree


def _word(part: Tree[Token] | Token | str) -> Token | None:
    """The name or the text that stands alone on one side of a comparison."""
    if isinstance(part, Tree) and part.data in {"name", "text"}:
        (token,) = part.children
        return token if isinstance(token, Token) else None
    return None


def is_name(text: str) -> bool:
    """Whether a formula could use it as a name: small letters, digits and _, and no word of the language."""
    return _NAME.fullmatch(text) is not None and text not in WORDS


@functools.cache
def _parser() -> Lark:
    grammar = _GRAMMAR.read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)
