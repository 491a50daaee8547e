"""租约: the two columns of a table whose rows one process at a time works on (see `yixian.kernel.leases`)."""

from django.db import models


class Leased(models.Model):
    """A row that can be taken for a while. ``held_by`` is made anew for every taking."""

    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"held until {self.held_until}" if self.held_until else "free"
