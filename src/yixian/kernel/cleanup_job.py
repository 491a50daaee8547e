"""收拾: the clean-up job — expired rows that serve nobody are removed. A scheduled task; no record of the work is touched."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Q

from yixian.kernel.change_stamps import forget_old_stamps
from yixian.kernel.known_networks import KEPT
from yixian.kernel.models import Attempt, KnownNetwork
from yixian.kernel.throttle import WINDOW


def clean_up(*, at: datetime) -> dict[str, int]:
    """Take away sign-ins that have expired, wrong guesses that `yixian.kernel.throttle` would no longer count, and old stamps.

    A session row still names who was signed in, or whose card was shown; nothing opens it after its time.
    """
    sessions, _kinds = Session.objects.filter(expire_date__lt=at).delete()
    unlocked = Q(locked_until=None) | Q(locked_until__lte=at)
    attempts, _kinds = Attempt.objects.filter(unlocked, last_at__lt=at - WINDOW).delete()
    KnownNetwork.objects.filter(last_at__lt=at - KEPT).delete()
    return {"sessions": sessions, "attempts": attempts, "stamps": forget_old_stamps()}
