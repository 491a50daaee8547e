"""所选语言: Chinese until the visitor has chosen, whatever the browser prefers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override

ENGLISH_BROWSER = {"accept-language": "en-GB,en;q=0.9"}


@pytest.mark.parametrize("address", ["/", "/c/", "/policy/", "/accounts/login/", "/nowhere/"])
def test_an_english_browser_opens_in_chinese(db, address: str) -> None:
    answer = Client(headers=ENGLISH_BROWSER).get(address)
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in answer.content.decode().replace("zh-Hans", "zh-hans")
    assert 'name="language" value="en"' in answer.content.decode()


def test_the_switch_decides_from_then_on(db) -> None:
    client = Client(headers={"accept-language": "zh-CN"})
    client.post("/reading/", {"language": "en"}, headers={"sec-fetch-site": "same-origin"})
    answer = client.get("/")
    assert answer["Content-Language"] == "en"
    assert "See what your household is owed" in answer.content.decode()
    client.post("/reading/", {"language": "zh-hans"}, headers={"sec-fetch-site": "same-origin"})
    assert client.get("/")["Content-Language"] == "zh-hans"


def test_an_unknown_language_is_chinese(db) -> None:
    client = Client()
    client.cookies["django_language"] = "../../fr"
    assert client.get("/")["Content-Language"] == "zh-hans"


def test_stores_keep_the_languages_apart(db) -> None:
    assert "Cookie" in Client().get("/")["Vary"]
    assert "Accept-Language" not in Client().get("/")["Vary"]


def test_days_are_written_as_each_language_writes_them() -> None:
    at = datetime(2026, 11, 30, 14, 5, tzinfo=UTC)
    with override("en"):
        assert (date_format(at), date_format(at, "DATETIME_FORMAT")) == (
            "30 November 2026",
            "30 November 2026, 14:05",
        )
    with override("zh-hans"):
        assert date_format(at) == "2026年11月30日"
