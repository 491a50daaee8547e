"""防试探: login throttling with exponential back-off — each wrong guess of a day after a few doubles the wait, up to a day.

Only the guesses of the last twenty-four hours count (a sliding window log): one slip a day never adds up to a lock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from yixian.kernel.crypto import keyring
from yixian.kernel.errors import Refused
from yixian.kernel.models import Attempt

FREE_GUESSES = 5
FIRST_WAIT = timedelta(seconds=30)
MAX_WAIT = timedelta(days=1)
WINDOW = timedelta(days=1)

_CLOCK_SLACK = timedelta(minutes=5)
"""What was counted further in the future was counted before the machine's clock was put back: nobody is locked by it."""


class TooManyGuesses(Refused):
    """The wait after wrong guesses is not over; ``params["seconds"]`` says how long it still is."""


def check(subject: str, *, at: datetime) -> None:
    """Refuse while the subject is locked. Raises `TooManyGuesses`."""
    attempt = Attempt.objects.filter(subject=_digest(subject)).first()
    counts = attempt is not None and attempt.last_at <= at + _CLOCK_SLACK
    if attempt and counts and attempt.locked_until and attempt.locked_until > at:
        seconds = int((attempt.locked_until - at).total_seconds()) + 1
        raise TooManyGuesses(
            "throttle.wait",
            _("Too many wrong guesses. Please wait %(seconds)s seconds and try again."),
            seconds=seconds,
        )


def failed(subject: str, *, at: datetime, free: int = FREE_GUESSES) -> None:
    """Count a wrong guess and set the wait it earns once ``free`` of a day are used up. Call it inside a transaction."""
    attempt, _created = Attempt.objects.select_for_update().get_or_create(
        subject=_digest(subject), defaults={"last_at": at}
    )
    since, until = (at - WINDOW).timestamp(), (at + _CLOCK_SLACK).timestamp()
    attempt.times = [moment for moment in attempt.times if since < moment < until] + [int(at.timestamp())]
    attempt.last_at = at
    failures = len(attempt.times)
    attempt.locked_until = at + _wait(failures - free) if failures >= free else None
    attempt.save()


def succeeded(subject: str) -> None:
    """Forget the wrong guesses at a subject that was opened rightly."""
    Attempt.objects.filter(subject=_digest(subject)).delete()


def _wait(beyond: int) -> timedelta:
    """The wait for the nth wrong guess beyond the free ones, counted from 0."""
    return min(FIRST_WAIT * (1 << min(beyond, 16)), MAX_WAIT)


def _digest(subject: str) -> str:
    return keyring().digest(subject, purpose="attempt")
