"""如何问: for every declared address, the request that asks for something of one valley."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.world import Side, World
from yixian.kernel.roles import Role

Values = Callable[[World, Side, Role], Mapping[str, Any]]


def _nothing(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Asking:
    """A request: its method, and what stands in its path and in its query or form.

    ``names_something`` says that the request names an object of a side: asked of the far side it must be answered 404.
    """

    method: str = "get"
    path: Values = _nothing
    data: Values = _nothing
    names_something: bool = False

    def send(self, name: str, client: Client, world: World, side: Side, role: Role) -> HttpResponse:
        """Send it."""
        url = reverse(name, kwargs=dict(self.path(world, side, role)))
        send = client.get if self.method == "get" else client.post
        return send(url, dict(self.data(world, side, role)))  # type: ignore[return-value]


def _get(path: Values = _nothing, data: Values = _nothing, *, names: bool = False) -> Asking:
    return Asking("get", path, data, names)


def _post(path: Values = _nothing, data: Values = _nothing, *, names: bool = False) -> Asking:
    return Asking("post", path, data, names)


def _household(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"household_id": side.households[0].pk}


def _village(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area_id": side.village.pk}


def _in_village(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area": side.village.pk, "seed": "7"}


def _in_list(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"area": side.village.pk}


def _searched(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"q": side.households[0].head.name}


def _body(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"body_id": side.body.pk}


def _helper(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"helper_id": side.cadre.pk}


def _job(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {"job_id": side.jobs[role].pk if role in side.jobs else next(iter(side.jobs.values())).pk}


def _pack(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"pack_version_id": world.pack.pk}


def _proposal(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"adoption_id": side.proposal and side.proposal.pk}


def _batch(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"batch_id": side.batch and side.batch.pk}


def _user(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"user_id": world.stranger.pk}


def _grant(world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"user_id": world.stranger.pk, "grant_id": world.stranger.role_grants.get().pk}


def _quiz(_world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {
        "attempt_id": side.quizzes[role].pk if role in side.quizzes else next(iter(side.quizzes.values())).pk
    }


def _question(world: World, side: Side, role: Role) -> Mapping[str, Any]:
    return {**_quiz(world, side, role), "number": 1}


def _spreadsheet(_world: World, _side: Side, _role: Role) -> Mapping[str, Any]:
    return {"file_format": "xlsx"}


def _reckoned(_world: World, side: Side, _role: Role) -> Mapping[str, Any]:
    return {"do": "surveyed", "household_id": side.households[0].pk}


ASKINGS: dict[str, Asking] = {
    "portal:home": _get(),
    "portal:card": _get(),
    "portal:leave": _post(),
    "portal:left": _get(),
    "portal:reading": _post(),
    "portal:policy": _get(),
    "portal:prices": _get(data=_searched),
    "portal:reckon": _post(data=_reckoned),
    "portal:account": _get(data=_household),
    "portal:belongings": _get(data=_household),
    "portal:record": _get(data=_household),
    "portal:reckon_ours": _post(data=_reckoned),
    "portal:statement": _get(data=_household),
    "paper:statement": _get(_household, names=True),
    "paper:card": _post(_household, names=True),
    "paper:statements": _get(_village, names=True),
    "paper:cards": _post(_village, names=True),
    "paper:file": _get(_job, names=True),
    "staff:home": _get(),
    "staff:households": _get(data=_searched),
    "staff:household_export": _get(_spreadsheet),
    "staff:household": _get(_household, names=True),
    "staff:household_card": _post(_household, names=True),
    "staff:household_split": _get(_household, names=True),
    "staff:household_merge": _get(_household, names=True),
    "staff:areas": _get(),
    "staff:area": _get(_village, names=True),
    "staff:area_code": _get(_village, names=True),
    "staff:bodies": _get(data=_searched),
    "staff:body": _get(_body),
    "staff:helper": _get(_helper),
    "staff:accounts": _get(),
    "staff:withheld": _get(),
    "staff:reckon": _post(data=_in_village, names=True),
    "staff:pairing": _get(),
    "staff:pairing_solve": _post(data=_in_village, names=True),
    "staff:policies": _get(),
    "staff:policy": _get(_pack),
    "staff:policy_prices": _get(_pack),
    "staff:policy_propose": _get(_pack),
    "staff:adoption_approve": _post(_proposal, names=True),
    "staff:quizzes": _get(),
    "staff:quiz_begin": _post(),
    "staff:quiz": _get(_quiz, names=True),
    "staff:quiz_question": _get(_question, names=True),
    "staff:quiz_bodies": _get(),
    "staff:imports": _get(),
    "staff:import_template": _get(),
    "staff:import": _get(_batch, names=True),
    "staff:import_report": _get(_batch, names=True),
    "staff:import_commit": _post(_batch, names=True),
    "staff:import_discard": _post(_batch, names=True),
    "staff:export": _post(),
    "staff:export_file": _get(_job, names=True),
    "staff:jobs": _get(),
    "staff:job": _get(_job, names=True),
    "staff:job_cancel": _post(_job, names=True),
    "staff:users": _get(data=_searched),
    "staff:user_new": _get(),
    "staff:user": _get(_user),
    "staff:user_password": _post(_user),
    "staff:user_active": _post(_user),
    "staff:grant_new": _post(_user),
    "staff:grant_end": _post(_grant),
    "staff:system": _get(),
    "account_login": _get(),
    "account_logout": _get(),
    "account_inactive": _get(),
    "account_change_password": _get(),
    "account_reauthenticate": _get(),
    "mfa_authenticate": _get(),
    "mfa_reauthenticate": _get(),
    "mfa_index": _get(),
    "mfa_activate_totp": _get(),
    "mfa_deactivate_totp": _get(),
    "mfa_view_recovery_codes": _get(),
    "mfa_generate_recovery_codes": _get(),
    "mfa_download_recovery_codes": _get(),
    "api-1:openapi-json": _get(),
    "api-1:me": _get(),
    "api-1:areas": _get(data=lambda _world, side, _role: {"parent": side.township.pk}, names=True),
    "api-1:households": _get(data=lambda _world, side, _role: {"search": side.households[0].head.name}),
    "api-1:household": _get(_household, names=True),
}
"""One for each address of the access matrix; a test fails where one is missing."""
