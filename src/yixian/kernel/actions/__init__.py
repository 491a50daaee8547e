"""Everything that changes who may sign in and as what."""

from yixian.kernel.actions.users import create_user, end_grant, grant_role, set_active

__all__ = ["create_user", "end_grant", "grant_role", "set_active"]
