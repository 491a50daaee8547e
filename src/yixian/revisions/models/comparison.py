"""对比: what a draft would change for every household, reckoned from the facts of a moment."""

from typing import Any

from django.db import models

from yixian.revisions.models.revision import Revision, RevisionDraft


class RevisionComparison(models.Model):
    """One comparison of a draft with the pack in force; its tables lie as Parquet in the media folder, by its id."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comparisons")
    draft = models.ForeignKey(RevisionDraft, on_delete=models.PROTECT, related_name="comparisons")
    facts_sha256 = models.CharField(max_length=64)
    manifest = models.JSONField()
    at = models.DateTimeField()
    requested_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"comparison {self.pk} of {self.draft_id}"

    @property
    def sums(self) -> dict[str, Any]:
        """The sums and counts, with the households withheld under both packs: the counts then add up to all of them."""
        known = ("compared", "newly_withheld", "no_longer_withheld")
        rest = self.manifest["households"] - sum(self.manifest[name] for name in known)
        return {**self.manifest, "withheld_in_both": rest}

    @property
    def evidence(self) -> str:
        """The checksums of both reckonings: what somebody who approves has seen."""
        return " ".join(self.manifest["checksums"])
