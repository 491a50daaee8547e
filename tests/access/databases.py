"""两种数据库: what is asked again on PostgreSQL: each statement once for each way of reaching households, not for each role."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from yixian.kernel.roles import Role

EACH_REACH = (Role.BUREAU_CLERK, Role.DEPARTMENT_LEAD, Role.CADRE, Role.HOUSEHOLD)
"""A role for each condition by which rows are limited: a place, what a body is stationed at or holds, whom one stands
beside, one's own. Roles of one reach differ by the matrix and by the parts they see, which no database decides."""


def roles_here(roles: Iterable[Role]) -> list[Role]:
    """Of the roles that may ask something, those to ask it as on this database: all on SQLite, one of each reach elsewhere."""
    roles = list(roles)
    if connection.vendor == "sqlite":
        return roles
    return [role for role in roles if role in EACH_REACH] or roles[:1]
