"""违规: the base of what the domain refuses: a stable key, a sentence that says what to do, and the values in it."""

from __future__ import annotations


def gettext_noop(sentence: str) -> str:
    """The sentence itself: marks a message id for translation, as Django's function of this name does, without Django."""
    return sentence


class DomainError(ValueError):
    """A value that breaks a rule of the field.

    ``key`` is stable and names the rule. ``message`` is an English sentence, a message id for translation; ``params`` fill
    its ``%(name)s`` places, and ``str(error)`` is the sentence with them filled in.
    """

    def __init__(self, key: str, message: str, **params: str | int) -> None:
        super().__init__(message % params if params else message)
        self.key = key
        self.message = message
        self.params = params
