"""包户结对页: the last pairing with its proof, who is still without, and having it solved again."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yixian.duty.queries import coverage, latest_run
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.jobs import ask
from yixian.registry.choices import HelperKind
from yixian.registry.queries import first_forks, get_area
from yixian.registry.queries.areas import work_places
from yixian.web.request_actor import actor_of, posted_id
from yixian.web.ui.asking_once import Question, ask_once
from yixian.web.ui.household_counts import counted_households

_MAX_SEED = 2**31 - 1


@require_GET
def pairing_page(request: HttpRequest) -> HttpResponse:
    """Coverage of the places in reach and the last run."""
    actor, on = actor_of(request), timezone.localdate()
    run = latest_run(actor)
    context: dict[str, Any] = {
        "covered": [(area, coverage(actor, area.path, on=on)) for area in first_forks(actor)],
        "run": run,
        "parts": _parts(run) if run else [],
        "places": work_places(actor),
        "seed": secrets.randbelow(_MAX_SEED),
    }
    return render(request, "staff/pairing/page.html", context)


@require_POST
def solve(request: HttpRequest) -> HttpResponse:
    """Ask for the households of a place to be paired, or for backups beside them.

    The seed of a pairing is named beforehand and kept with the result.
    """
    actor = actor_of(request)
    area = get_area(actor, posted_id(request, "area"))
    asked = ask_once(request, _question(actor, area, backups=request.POST.get("what") == "backups"))
    if asked is not None:
        return asked
    if request.POST.get("what") == "backups":
        job = ask("duty.backups", {"area_path": area.path}, actor=actor, at=timezone.now())
        return redirect("staff:job", job.pk)
    seed = request.POST.get("seed", "")
    if not (seed.isascii() and seed.isdigit() and int(seed) <= _MAX_SEED):
        raise Invalid("pairing.seed", _("The seed is a whole number."), field="seed")
    arguments = {"area_path": area.path, "seed": int(seed)}
    job = ask("duty.pair", arguments, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


def _question(actor: Actor, area: Any, *, backups: bool) -> Question:
    """How many households somebody is looked for, and what is written."""
    view = coverage(actor, area.path, on=timezone.localdate())
    numbers = {
        "place": area.label,
        "households": counted_households(view.households),
        "uncovered": counted_households(view.uncovered),
    }
    back = (reverse("staff:pairing"), gettext("Pairing and shortages"))
    if backups:
        return Question(
            gettext("Give the households of %(place)s backups?") % numbers,
            [
                gettext("A second helper is looked for beside each of %(households)s and begins today.")
                % numbers,
                gettext("Nobody who stands beside a household today is moved."),
            ],
            gettext("Yes, give them backups"),
            back,
        )
    return Question(
        gettext("Pair the households of %(place)s?") % numbers,
        [
            gettext("Of %(households)s, %(uncovered)s lack a cadre or a party member today.") % numbers,
            gettext(
                "Whoever is found begins beside them today; households and helpers read it on their pages. Where it helps to "
                "serve more, as few others as possible change helper."
            ),
        ],
        gettext("Yes, pair them"),
        back,
    )


def _parts(run: Any) -> list[dict[str, Any]]:
    """The run's proof and fairness, role by role, in words."""
    return [
        {"label": HelperKind(role).label, "proof": proof, "figures": _figures(run.fairness.get(role, {}))}
        for role, proof in run.proof.items()
    ]


def _figures(fairness: dict[str, Any]) -> list[tuple[str, str]]:
    """How evenly the load lies and how far the way is. A figure nobody falls under is a dash."""
    distance, load = fairness.get("distance_km") or {}, fairness.get("weighted_load") or {}
    return [
        (gettext("Distance to the household, median"), _kilometres(distance.get("p50"))),
        (gettext("Distance to the household, nine in ten within"), _kilometres(distance.get("p90"))),
        (gettext("Load, half carry at most"), _figure(load.get("p50"))),
        (gettext("Load, the most anybody carries"), _figure(load.get("max"))),
        (
            gettext("Inequality of workload (Gini coefficient; 0 is equal)"),
            _figure(fairness.get("gini_of_weighted_load_over_places")),
        ),
    ]


def _kilometres(value: float | None) -> str:
    """With one decimal, as ways are told everywhere; a dash for None."""
    return "—" if value is None else f"{value:.1f} km"


def _figure(value: float | None) -> str:
    """With two decimals at most; a dash for None."""
    return "—" if value is None else f"{round(value, 2):g}"
