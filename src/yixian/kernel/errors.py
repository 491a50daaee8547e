"""错误: what can be refused, and how it is said.

::

    YixianError                 everything below; carries a message key, a field or row, and what to do
     ├─ NotPermitted            the actor may not do this (403)
     ├─ NotFound                it does not exist for this actor (404): never says whether it exists for others
     ├─ Refused                 a rule of the house forbids it (409): e.g. sums not conserved, two people needed
     └─ Invalid                 a value is wrong (422): names field, value and rule
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override


class YixianError(Exception):
    """Base of all refusals. ``key`` is stable; ``message`` is the sentence, marked with ``gettext_lazy`` where it is raised,
    and ``params`` fill its ``%(name)s`` places."""

    def __init__(self, key: str, message: str | Promise, *, field: str = "", **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.message = message
        self.field = field
        self.params = params

    @property
    def sentence(self) -> str:
        """What is refused and why, in the language being spoken."""
        sentence = str(self.message)
        return sentence % self.params if self.params else sentence

    def __str__(self) -> str:
        """The sentence in English, for logs and the terminal."""
        with override("en"):
            return self.sentence

    def __reduce__(self) -> tuple[Any, ...]:
        """Carried whole from one process to another."""
        return partial(type(self), field=self.field, **self.params), (self.key, self.message)


class NotPermitted(YixianError):
    """The actor may not do this."""


class NotFound(YixianError):
    """There is no such thing for this actor."""


class Refused(YixianError):
    """A rule of the house forbids the change."""


class Invalid(YixianError):
    """A value breaks its rule."""
