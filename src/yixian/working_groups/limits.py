"""限度: deadlines, and how much a form may hold."""

from __future__ import annotations

from decimal import Decimal

ANSWER_DAYS = 15
"""Working days in which the owner of a clause answers a signal in public."""

REPLY_DAYS = 20
"""Working days in which a reply to a report is asked for, unless the letter says otherwise."""

MIN_HOUSEHOLDS = 10
"""Fewer households than so many are never told of."""

MARGIN = Decimal("0.10")
"""How near a share is to be known, unless said otherwise: ten points in a hundred."""

TOLERANCE = Decimal("0.05")
"""A thing measured again counts as different beyond so much of what was recorded."""

MAX_TITLE = 120
MAX_WORDS = 2000
MAX_NUMBER = 80
MAX_NAME = 80
MAX_MEMBERS = 60
