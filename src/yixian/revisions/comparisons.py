"""对比文件: where the tables of a comparison lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from yixian.revisions.models import RevisionComparison


def folder_of(comparison: RevisionComparison) -> Path:
    """The folder of a comparison's tables, in the media folder."""
    return Path(settings.MEDIA_ROOT) / "revisions" / str(comparison.pk)
