"""熟悉的网络: known networks — from where a card or a sign-in was opened rightly before: strangers lock nobody out there.

A lock that counts everybody's wrong guesses at one account lets whoever knows its name keep its owner out (OWASP: account
lockout as denial of service). Guesses are therefore counted for the account in each network by itself, and the count over all
networks does not stop those from which it was opened rightly within ninety days. Kept is one keyed digest of account and
network together: nobody can read from it where somebody was.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from yixian.kernel.crypto import keyring
from yixian.kernel.models import KnownNetwork

KEPT = timedelta(days=90)
_AGAIN_AFTER = timedelta(days=1)


def is_known(subject: str, network: str, *, at: datetime) -> bool:
    """Whether the subject was opened rightly from this network of late."""
    pair = _digest(subject, network)
    return KnownNetwork.objects.filter(pair=pair, last_at__gt=at - KEPT).exists()


def remember(subject: str, network: str, *, at: datetime) -> None:
    """The subject was opened rightly from this network; written at most once a day."""
    pair = _digest(subject, network)
    if not KnownNetwork.objects.filter(pair=pair, last_at__gt=at - _AGAIN_AFTER).exists():
        KnownNetwork.objects.update_or_create(pair=pair, defaults={"last_at": at})


def _digest(subject: str, network: str) -> str:
    return keyring().digest(f"{subject}\x00{network}", purpose="known-network")
