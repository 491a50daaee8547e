"""变更戳: change stamps — which state a table is in, as the database's own triggers say (see `yixian.kernel.change_stamps`)."""

from django.db import models


class ChangeStamp(models.Model):
    """A stamp that no other change ever had: a table's last one on SQLite, one for each changing statement on PostgreSQL."""

    table = models.CharField(max_length=64)
    stamp = models.CharField(max_length=36)

    class Meta:
        indexes = [models.Index(fields=["table", "id"], name="change_stamp_table")]

    def __str__(self) -> str:
        return f"{self.table} {self.stamp}"
