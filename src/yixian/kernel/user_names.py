"""用户姓名: what users are called, by their ids, for rows that only point to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from yixian.kernel.models import User
from yixian.kernel.prepared import one_of, prepared


def user_names(user_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these users, in one statement. Whoever asks has been shown what points to them."""
    return {pk: name or username for pk, name, username in _names({pk for pk in user_ids if pk})}


@prepared
def _names(user_ids: Collection[int]) -> QuerySet[User, tuple[int, str, str]]:
    return User.objects.filter(one_of("pk", user_ids)).values_list("pk", "display_name", "username")
