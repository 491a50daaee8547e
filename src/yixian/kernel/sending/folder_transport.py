"""发件夹: a transport for demonstrations — messages are written into a folder to be looked at, and go nowhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from yixian.kernel.models import OutgoingMessage


@dataclass(frozen=True, slots=True)
class FolderTransport:
    """A folder for its owner's eyes only, with a file a message; delivered again it is the same file."""

    folder: Path

    def deliver(self, message: OutgoingMessage) -> str:
        """Write the message as a file, whole or not at all; its name."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        asked = timezone.localtime(message.asked_at)
        path = self.folder / f"{asked:%Y%m%d-%H%M%S}-{message.channel}-{message.key.hex[:12]}.txt"
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join([f"To: {message.recipient}", *_title(message), "", message.text, ""]))
        draft.replace(path)
        return path.name


def _title(message: OutgoingMessage) -> list[str]:
    return [f"Subject: {message.title}"] if message.title else []
