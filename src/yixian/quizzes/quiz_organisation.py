"""所在单位: on behalf of which body somebody takes a quiz."""

from __future__ import annotations

from datetime import date

from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.models import Organisation


def organisation_of(actor: Actor, on: date) -> Organisation | None:
    """The body that the actor serves as a helper on a day, else the one on whose behalf they hold a role; else None."""
    if actor.helper_id is not None:
        return Organisation.objects.filter(in_force(on, "helpers__"), helpers__pk=actor.helper_id).first()
    ids = [grant.organisation_id for grant in actor.grants if grant.organisation_id is not None]
    return Organisation.objects.filter(pk__in=ids).order_by("pk").first()
