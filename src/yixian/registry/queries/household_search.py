"""户的查找: what somebody typed, as a condition on households — words in any order, each of which must fit the household.

A word fits by a member's name (Han characters, pinyin, initials), by a place that the household lies in, by its address, by
its number (the beginning, or the last four digits and more), its card, a whole ID number, a telephone number or its last four
digits. Only roles
that see ID numbers or telephone numbers find by them.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from yixian.domain.identity import (
    IdentityError,
    household_number,
    normalise_id_number,
    normalise_phone,
)
from yixian.kernel.actors import Actor
from yixian.kernel.crypto import keyring
from yixian.kernel.memo import memoised
from yixian.kernel.search import bears, matching_ids
from yixian.registry.access import PARTS, Part, below
from yixian.registry.models import Area, HouseholdCard, HouseholdMember

PHONE_DOCUMENTS = "household.phone"
"""The kind of search document that holds the blind indexes of a household's telephone numbers, and its members'."""

_NUMBER_OR_WORDS = re.compile("[0-9]+|[^0-9 ]+")

_CARD_DIGITS = 16
_MIN_LAST_DIGITS = 4
_LAST_DIGITS_OF_PHONE = 4
_MIN_PLACE_LETTERS = 2
_MAX_WORDS = 8
_MAX_PLACES = 40
"""So many places may bear what was typed; a word that fits more says nothing about where."""


def matching(actor: Actor, search: str) -> Q:
    """The condition for what was typed: the whole of it, or each of its words."""
    whole, words = _fits(actor, search), search.split()
    if len(words) == 1:
        return whole
    return whole | reduce(and_, (_fits(actor, word) for word in words[:_MAX_WORDS]))


def phone_tokens(number: str) -> list[str]:
    """What a telephone number is found by: blind indexes of the whole and of its last four digits; none for what is none."""
    try:
        whole = normalise_phone(number)
    except IdentityError:
        return []
    return [_token(whole, "household.phone"), _last_digits_token(whole[-_LAST_DIGITS_OF_PHONE:])]


def _last_digits_token(digits: str) -> str:
    return _token(digits, "household.phone.last")


def _token(text: str, purpose: str) -> str:
    return f"p{keyring().blind_index(text, purpose=purpose)}"


def _fits(actor: Actor, word: str) -> Q:
    number = household_number(word)
    compact = number.replace("-", "")
    condition = Q(pk__in=matching_ids("household", word)) | Q(household_no__in={word, number})
    if number.isascii() and number[:1].isdigit():
        condition |= Q(household_no__startswith=number)
    if compact.isascii() and compact.isdigit():
        condition |= _by_digits(number, compact)
    else:
        condition |= _by_place(word)
    return condition | _by_identity(actor, compact) | _by_phone(actor, word)


def _by_digits(number: str, compact: str) -> Q:
    """The last digits of a household's number, or a whole card."""
    found = Q(household_no__endswith=number) if len(compact) >= _MIN_LAST_DIGITS else Q(pk__in=())
    if len(compact) == _CARD_DIGITS:
        index = keyring().blind_index(compact, purpose="card.code")
        cards = HouseholdCard.objects.filter(code_index=index, revoked_at=None)
        found |= Q(pk__in=cards.values("household_id"))
    return found


def _by_place(word: str) -> Q:
    """A place that bears the word in its name, or what the address says; places are read through, not indexed."""
    found = _by_address(word) if any(map(str.isdigit, word)) else Q(pk__in=())
    paths = _paths_named(word.lower()) if len(word) >= _MIN_PLACE_LETTERS else ()
    return reduce(or_, map(below, paths), found)


def _by_address(word: str) -> Q:
    """A house number, however the blanks around it are written: 24号 finds “五组 24 号”."""
    apart = " ".join(_NUMBER_OR_WORDS.findall(word))
    return Q(address__contains=word) | Q(address__contains=apart)


@memoised(Area, most=200)
def _paths_named(word: str) -> tuple[str, ...]:
    """The topmost places that bear a word in their name, or whose pinyin or initials begin with it; none if they are many."""
    paths: list[str] = []
    for path, name, name_en in Area.objects.order_by("path").values_list("path", "name", "name_en"):
        if paths and path.startswith(paths[-1]):
            continue
        if bears(name, word) or word in name_en.lower():
            paths.append(path)
    return tuple(paths) if len(paths) <= _MAX_PLACES else ()


def _by_identity(actor: Actor, compact: str) -> Q:
    """Whose whole ID number it is, for those who may look people up by it."""
    if not _sees(actor, Part.IDENTITY):
        return Q(pk__in=())
    try:
        index = keyring().blind_index(normalise_id_number(compact), purpose="person.id_number")
    except IdentityError:
        return Q(pk__in=())
    current = HouseholdMember.objects.filter(person__id_index=index, valid_until=None)
    return Q(pk__in=current.values("household_id"))


def _by_phone(actor: Actor, word: str) -> Q:
    """Whose telephone number it is, or ends with it, for those who see telephone numbers."""
    if not _sees(actor, Part.CONTACT):
        return Q(pk__in=())
    is_end = len(word) == _LAST_DIGITS_OF_PHONE and word.isascii() and word.isdigit()
    tokens = [_last_digits_token(word)] if is_end else phone_tokens(word)[:1]
    return Q(pk__in=matching_ids(PHONE_DOCUMENTS, tokens[0])) if tokens else Q(pk__in=())


def _sees(actor: Actor, part: Part) -> bool:
    return any(part in PARTS.get(role, frozenset()) for role in actor.roles)
