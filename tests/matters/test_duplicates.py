"""疑似重复与可接收单位: what is proposed as the same, to whom; and which bodies a matter can go to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matters.place import AT, EARTH_TIMBER, Place, days
from yixian.matters.access import get_matter
from yixian.matters.actions import hand_over, sort_matter
from yixian.matters.choices import Topic
from yixian.matters.models import Matter, MatterSubject
from yixian.matters.queries import possible_duplicates, receivers
from yixian.matters.queries.duplicates import jaccard, pairs_of
from yixian.matters.recusal import keeps_out, kept_out
from yixian.registry.models import Organisation

WORDS = "土木房的单价太低，重建不起，请提高单价。"
texts = st.text(max_size=60)


@given(texts, texts)
def test_likeness_is_a_share_and_alike_both_ways(one: str, other: str) -> None:
    first, second = pairs_of(one), pairs_of(other)
    assert 0 <= jaccard(first, second) <= 1
    assert jaccard(first, second) == jaccard(second, first)
    assert jaccard(first, first) == (1 if first else 0)


@given(texts)
def test_width_case_and_punctuation_count_for_nothing(text: str) -> None:
    spaced = "，".join(text.upper() + " ") if text.isascii() else text
    assert pairs_of(spaced) == pairs_of(text)


def test_the_measure_is_that_of_the_books() -> None:
    assert pairs_of("ＡＢc、d") == {"ab", "bc", "cd"}
    assert jaccard(pairs_of("abcd"), pairs_of("abce")) == 0.5


def raised(place: Place, words: str = WORDS, *, back: int = 1, **changes: object) -> Matter:
    values = {"topic": Topic.PRICE, "area_id": place.near.pk} | changes
    return place.raised(words, at=AT - timedelta(days=back), **values).matter


def proposed(place: Place, matter: Matter, who: str = "petition") -> list[str]:
    found = get_matter(place.actor(who), matter.number, at=AT)
    return [twin.number for twin in possible_duplicates(place.actor(who), found, at=AT)]


@pytest.mark.django_db
def test_alike_are_words_of_the_same_topic_place_and_half_year(place: Place) -> None:
    mine = raised(place)
    twin = raised(place, f"{WORDS}谢谢领导。")
    by_clause = raised(place, WORDS, topic=Topic.OTHER, clauses=(EARTH_TIMBER,))
    raised(place, topic=Topic.PAYMENT)
    raised(place, area_id=place.far.pk)
    raised(place, back=181)
    raised(place, "路没修完，孩子上学不便。")
    assert proposed(place, mine) == [twin.number]
    assert by_clause.number in proposed(place, raised(place, clauses=(EARTH_TIMBER,)))


@pytest.mark.django_db
def test_the_same_household_is_told_only_where_ones_organisation_holds_it(place: Place) -> None:
    mine = place.by_household("我家的晒坝没有量。", at=AT - timedelta(days=3)).matter
    other = place.by_household("过渡费没有到账。", at=AT - timedelta(days=2)).matter
    assert proposed(place, mine) == [other.number]
    assert proposed(place, mine, "county") == []
    hand_over.forward(mine.number, place.organisations["water"].pk, "", actor=place.actor("petition"), at=AT)
    hand_over.accept_handover(mine.number, actor=place.actor("water"), at=AT)
    assert proposed(place, mine) == []
    assert proposed(place, mine, "water") == []


@pytest.mark.django_db
def test_nothing_is_proposed_that_the_reader_may_not_see(place: Place) -> None:
    mine, hidden = raised(place), raised(place)
    assert proposed(place, mine) == [hidden.number]
    sort_matter.name_subject(
        hidden.number, None, place.organisations["petition"].pk, actor=place.actor("auditor"), at=AT
    )
    assert proposed(place, mine) == []


@pytest.mark.django_db
@pytest.mark.parametrize("about", ["water", "near", "leadership", "village", "audit", "petition"])
def test_every_organisation_that_is_kept_out_is_kept_out(place: Place, about: str) -> None:
    matter = raised(place)
    assert kept_out(matter) == frozenset()
    MatterSubject.objects.create(matter=matter, organisation=place.organisations[about], named_at=AT)
    assert kept_out(matter) == {
        organisation.pk for organisation in Organisation.objects.all() if keeps_out(matter, organisation.pk)
    }
    offered = (
        {
            pk
            for _kind, rows in receivers(place.actor("auditor"), matter.number, at=days(1))
            for pk, _label in rows
        }
        if about != "audit"
        else set()
    )
    assert place.organisations[about].pk not in offered
