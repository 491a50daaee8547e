"""随附政策包: keep the packs that come with the product, so that item codes can be checked from the first workbook on.

Registering adopts nothing: a pack has no effect before two people have adopted it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yixian.engines.entitlements import PackErrors, pack_identity
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import Refused
from yixian.policies.actions.keep_clauses import keep_all_clauses
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackVersion

FIRST_CHOICE = "danjiangkou-2009"
"""Registered last, and so the one whose item codes count until a pack is adopted."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pack of the folder that could not be kept: where it lies, the first reason, and how many more there are."""

    folder: Path
    reason: str
    more: int


def register_shipped(folder: Path, *, at: datetime) -> list[LeftOut]:
    """Register every pack in a folder that is not kept yet. Quick when all are: only their identities are read.

    Packs kept by an earlier release get their clauses' rows, so that they are found in the library. A pack with a fault, or
    one whose version number stands for other content, is left out and given back: it keeps nothing else from working.
    """
    keep_all_clauses()
    known = set(PackVersion.objects.values_list("sha256", flat=True))
    left_out = []
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == FIRST_CHOICE, path.name)):
        try:
            if (path / "pack.yaml").is_file() and pack_identity(path) not in known:
                register_pack(path, actor=system_actor("setup"), at=at)
        except PackErrors as errors:
            first, *others = errors.problems
            left_out.append(LeftOut(path, str(first), len(others)))
        except Refused as refused:
            left_out.append(LeftOut(path, str(refused), 0))
    return left_out
