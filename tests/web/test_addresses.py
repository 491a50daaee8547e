"""地址: an address made of its parts is the one that Django resolves, and one without its number is refused."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from yixian.web.ui.addresses import address_of


@pytest.mark.parametrize("name", ["staff:household", "agreements:case", "staff:duty_organisation"])
def test_it_is_what_is_resolved(name: str) -> None:
    for number in (1, 12_000, 9_999_999_999):
        assert address_of(name, number) == reverse(name, args=[number])


def test_a_name_that_takes_no_number_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("staff:households", 1)
    with pytest.raises(TypeError):
        address_of("staff:household", None)  # type: ignore[arg-type]
