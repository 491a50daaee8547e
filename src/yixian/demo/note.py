"""示范说明: the note in a home folder that says a demonstration county stands here, and how to sign in to it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

NOTE = "demo.json"
PASSWORD = "front-line-demo"  # noqa: S105 - printed for everybody to see, and guards only invented people
"""Everybody's in the demonstration."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who can sign in: as which role, reaching what (in Chinese and English)."""

    username: str
    role: str
    reach_zh: str
    reach_en: str


@dataclass(frozen=True, slots=True)
class Card:
    """A household's card with its PIN, and why this household is worth a look."""

    household_no: str
    head_name: str
    code: str
    pin: str
    why_zh: str
    why_en: str


@dataclass(slots=True)
class Note:
    """What the demonstration was made from, and what is needed to look at it."""

    households: int
    seed: int
    sign_ins: list[SignIn] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


def read_note(root: Path) -> Note | None:
    """The note of a home folder; None where no demonstration stands."""
    path = root / NOTE
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Note(
        households=content["households"],
        seed=content["seed"],
        sign_ins=[SignIn(**row) for row in content["sign_ins"]],
        cards=[Card(**row) for row in content["cards"]],
    )


def write_note(root: Path, note: Note) -> None:
    """Write the note, for its owner's eyes only; whole or not at all."""
    path, draft = root / NOTE, root / f"{NOTE}.new"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(note), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
