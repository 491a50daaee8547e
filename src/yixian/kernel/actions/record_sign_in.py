"""登录记录: sign-ins, failures and changes of one's own access, in the ledger: who, from which network, when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import User


@transaction.atomic
def record_access(kind: str, user_id: int, username: str, *, network: str, at: datetime) -> None:
    """Write down what somebody did with their own sign-in."""
    entry = Entry(kind, "user", user_id, data={"network": network})
    record(entry, actor=Actor(f"user:{username}", user_id), at=at)


@transaction.atomic
def record_failure(username: str, *, network: str, at: datetime) -> None:
    """Write down a sign-in that failed. What was typed is not kept where nobody bears that name: it may be a password."""
    user = User.objects.filter(username__iexact=username).only("pk").first()
    entry = Entry("sign_in.failed", "user", user.pk if user else 0, data={"network": network})
    record(entry, actor=PUBLIC, at=at)
