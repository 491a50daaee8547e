"""补救用语: each remedy of a shortage in a sentence, from the figures kept with the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yixian.duty.eligibility.possible import DEPARTMENT, GENDER, INTERPRETER


def remedy_sentence(row: Mapping[str, Any], organisations: Mapping[int, str]) -> str:
    """What would be done, how many households more would have somebody, and how many would still be short."""
    what = _what(row, organisations)
    told = _("%(what)s: %(households)s more have somebody, %(left)s are still short.") % {
        "what": what,
        "households": row["households"],
        "left": row["unserved_after"],
    }
    if not row["moved"]:
        return told
    return told + _(" For it %(moved)s others change helper.") % {"moved": row["moved"]}


def _what(row: Mapping[str, Any], organisations: Mapping[int, str]) -> str:
    if row["kind"] == DEPARTMENT:
        return _("Station %(organisation)s there (%(helpers)s of its people with free places)") % {
            "organisation": organisations.get(row["organisation_id"], "—"),
            "helpers": row["helpers"],
        }
    if row["kind"] == INTERPRETER:
        return _("Give an interpreter to people who do not speak the language")
    if row["kind"] == GENDER:
        return _("Ask the households whether it may also be somebody of the other sex")
    return _("Give %(helpers)s of these people %(places)s more places in all") % {
        "helpers": row["helpers"],
        "places": row["added_places"],
    }
