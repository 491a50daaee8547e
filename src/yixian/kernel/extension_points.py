"""扩展点: functions that a room provides to the rooms below it, registered by dotted address and loaded when first called for.

A room below cannot import one above (the layers lead one way), and a page must not load an engine that only a job needs: so
a room's ``AppConfig.ready`` registers an address, and the room below calls what stands there. Every extension point is a
`Registry` with a ``Protocol`` that says how its functions are called; `unsound` holds each address against it without
importing anything, and a system check (`yixian.config.checks`) refuses to start where one does not fit.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from django.utils.module_loading import import_string

Function = TypeVar("Function", bound=Callable[..., Any])

POINTS: list[Registry[Any]] = []
"""Every extension point, in the order in which their modules were loaded."""


class Registry(Generic[Function]):
    """The functions of one extension point by stable names. ``protocol`` is a `typing.Protocol` with a ``__call__``."""

    def __init__(self, point: str, protocol: Any) -> None:
        self.point = point
        self.protocol = protocol
        self._addresses: dict[str, str] = {}
        POINTS.append(self)

    def register(self, name: str, address: str) -> None:
        """Put the function at a dotted address under a name. Raises ValueError for a second address under the same name."""
        if self._addresses.setdefault(name, address) != address:
            raise ValueError(f"{self.point} {name!r} is registered twice")

    def load(self, name: str) -> Function:
        """The function under a name, imported now. Raises KeyError, and ImportError where nothing stands at the address."""
        return cast("Function", import_string(self._addresses[name]))

    def load_all(self) -> Iterator[Function]:
        """Every function, by its name."""
        for name in self.names():
            yield self.load(name)

    def names(self) -> list[str]:
        """The registered names, in order."""
        return sorted(self._addresses)

    def __contains__(self, name: str) -> bool:
        return name in self._addresses

    def unsound(self) -> Iterator[str]:
        """For each address that does not resolve, or whose function is called otherwise than the protocol says: what is wrong."""
        wanted = _of_protocol(self.protocol)
        for name, address in sorted(self._addresses.items()):
            found = _signature_at(address)
            if found is None:
                yield f"{self.point} {name!r}: there is no function {address}."
            elif found != wanted:
                yield f"{self.point} {name!r}: {address} is called as {found}, not as {wanted}."


def _of_protocol(protocol: Any) -> str:
    parameters = list(inspect.signature(protocol.__call__).parameters.values())[1:]
    returned = inspect.signature(protocol.__call__).return_annotation
    named = [(one.name, str(one.annotation), one.kind) for one in parameters]
    plain = [annotation for _name, annotation, kind in named if kind != inspect.Parameter.KEYWORD_ONLY]
    keyed = [
        f"{name}: {annotation}" for name, annotation, kind in named if kind == inspect.Parameter.KEYWORD_ONLY
    ]
    return _written(plain, keyed, str(returned))


def _signature_at(address: str) -> str | None:
    """How the function at an address is called, read from its source; None where there is none."""
    module, _, name = address.rpartition(".")
    try:
        found = importlib.util.find_spec(module)
    except ImportError:
        return None
    if found is None or found.origin is None:
        return None
    for node in ast.parse(Path(found.origin).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            plain = [_annotation(one.annotation) for one in (*node.args.posonlyargs, *node.args.args)]
            keyed = [f"{one.arg}: {_annotation(one.annotation)}" for one in node.args.kwonlyargs]
            return _written(plain, keyed, _annotation(node.returns))
    return None


def _annotation(node: ast.expr | None) -> str:
    return "" if node is None else ast.unparse(node)


def _written(plain: list[str], keyed: list[str], returned: str) -> str:
    """What does not depend on the names of positional parameters, which a caller never sees."""
    return f"({', '.join([*plain, '*', *keyed] if keyed else plain)}) -> {returned}"
