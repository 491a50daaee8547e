"""密钥校验值: key check values — one for each key that seals rows here, so that a missing or another key file is noticed."""

from django.db import models


class KeyCheck(models.Model):
    """A key by its id: ``sealed`` is a known text under its data key, ``digest`` the same text under its index key."""

    key_id = models.CharField(max_length=32, unique=True)
    sealed = models.TextField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key_id
