"""本人: how complainants authenticate — with the sixteen digits of the receipt, or on their household's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel import throttle
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.roles import Role
from yixian.matters.access import get_matter
from yixian.matters.codes import code_index, plain_code
from yixian.matters.models import Matter

GUESSES_PER_SOURCE = 1_000
"""Wrong digits of a network in a day before waits begin. Sixteen digits are 53 bits: among a million matters a thousand tries
find one with a chance of one in ten million, while a village behind one mobile address may mistype more than thirty a day.
"""


@dataclass(frozen=True, slots=True)
class MatterCredential:
    """What somebody shows: a receipt's digits, or, on a household's own pages, the matter's number."""

    code: str = ""
    number: str = ""


def authenticated_matter(proof: MatterCredential, *, source: str = "", actor: Actor, at: datetime) -> Matter:
    """The person's own matter. Wrong digits slow further guesses down.

    Raises `NotFound` for digits that are no receipt's and for a number that is not the household's, `TooManyGuesses`.
    """
    if proof.code:
        return _by_receipt(proof.code, source, at)
    if Role.HOUSEHOLD not in actor.roles:
        raise NotFound("matter.no_receipt", _("There is no matter with this receipt number."))
    return get_matter(actor, proof.number, at=at)


def _by_receipt(code: str, source: str, at: datetime) -> Matter:
    subject = f"receipt-source:{source}"
    throttle.check(subject, at=at)
    rows = Matter.objects.select_related("area", "text", "projection")
    matter = rows.filter(code_index=code_index(code)).first() if plain_code(code) else None
    if matter is None:
        with transaction.atomic():
            throttle.failed(subject, at=at, free=GUESSES_PER_SOURCE)
        raise NotFound("matter.no_receipt", _("There is no matter with this receipt number."))
    return matter
