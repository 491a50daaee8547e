"""上传的文件: a file as it was sent, of which nothing is believed yet."""

from __future__ import annotations

from dataclasses import dataclass

_SHOWN = 80
"""Characters of a file's name that a refusal repeats."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: the name it was given, and its bytes."""

    name: str
    content: bytes

    @property
    def shown(self) -> str:
        """The name as a refusal says it."""
        return self.name[:_SHOWN]
