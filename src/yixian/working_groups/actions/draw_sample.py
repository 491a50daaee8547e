"""公告与抽签: first it is said who can be drawn, how many, and where the seed will come from; then it is drawn with it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.engines.sampling import draw, required
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.registry.models import Household
from yixian.working_groups.actions.group_steps import begin, note, take_step, words
from yixian.working_groups.frames import frame_of, frame_sha256, new_salt, seed_text
from yixian.working_groups.limits import MARGIN
from yixian.working_groups.models import Sample, SampledHousehold, SampleDraw
from yixian.working_groups.steps import ANNOUNCE, DRAW


@transaction.atomic
def announce_sample(
    group_id: int, seed_source: str, margin: Decimal = MARGIN, *, actor: Actor, at: datetime
) -> Sample:
    """Freeze the frame and say, in public, where the seed will come from.

    ``margin`` is how near a share is to be known. Raises `Invalid` for a margin out of range, `Refused` where nobody could
    be drawn or it was announced already.
    """
    view, person = begin(ANNOUNCE, group_id, actor=actor, at=at)
    group = view.group
    if not Decimal("0.01") <= margin <= Decimal("0.5"):
        raise Invalid("sample.margin", _("Give a number of points from 1 to 50."), field="margin")
    basis, homes = frame_of(group, on=timezone.localdate(at))
    if not homes:
        raise Refused("sample.nobody", _("No household here has what the clause prices."))
    salt = new_salt()
    sample = Sample.objects.create(
        group=group,
        basis=basis,
        frame=[one.pk for one in homes],
        size=len(homes),
        salt=salt,
        frame_sha256=frame_sha256(salt, [one.household_no for one in homes]),
        margin=margin,
        wanted=required(margin, len(homes)),
        seed_source=words("seed_source", seed_source, 200),
        by_id=person,
        at=at,
    )
    note(
        group,
        "group.sample_announced",
        actor=actor,
        at=at,
        size=sample.size,
        frame_sha256=sample.frame_sha256,
    )
    return sample


@transaction.atomic
def draw_sample(group_id: int, seed: str, *, actor: Actor, at: datetime) -> SampleDraw:
    """Draw with what came out. The numbers 1 to N of the frame are put in the order of SHA-256 of seed and number.

    Raises `Refused` before the announcement, and once it is drawn.
    """
    view, person = begin(DRAW, group_id, actor=actor, at=at)
    sample = Sample.objects.get(group=view.group)
    came_out = words("seed", seed, 200)
    drawn = SampleDraw.objects.create(sample=sample, seed=came_out, by_id=person, at=at)
    numbers = draw(map(str, range(1, sample.size + 1)), sample.wanted, seed_text(sample, came_out))
    homes = Household.objects.in_bulk([sample.frame[int(number) - 1] for number in numbers])
    SampledHousehold.objects.bulk_create(
        SampledHousehold(
            draw=drawn,
            order=order,
            number=int(number),
            household_id=sample.frame[int(number) - 1],
            area_path=homes[sample.frame[int(number) - 1]].area_path,
        )
        for order, number in enumerate(numbers, 1)
    )
    take_step(view, DRAW, actor=actor, at=at)
    return drawn
