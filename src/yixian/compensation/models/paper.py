"""纸面底稿: what a version's sheet shows besides its lines, as it was on the day of issue."""

from django.db import models

from yixian.compensation.models.statement import Statement
from yixian.kernel.fields import SealedTextField


class StatementPaper(models.Model):
    """Names and places on the sheet of one version, sealed, so that its PDF is the same for ever. Never edited.

    ``content`` is JSON; `yixian.compensation.actions.keep_papers` says what stands in it.
    """

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="paper")
    content = SealedTextField(purpose="statement_paper.content")

    def __str__(self) -> str:
        return f"paper of {self.statement_id}"
