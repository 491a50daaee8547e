"""Policies' tables."""

from yixian.policies.models.pack import PackAdoption, PackVersion

__all__ = ["PackAdoption", "PackVersion"]
