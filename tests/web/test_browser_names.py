"""浏览器: what a person calls the browser that says it is all of them."""

from __future__ import annotations

import pytest

from yixian.web.browser_names import browser_name

_CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {} Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (_CHROME.format("Windows NT 10.0; Win64; x64", "Chrome/140.0.0.0"), "Chrome · Windows"),
        (_CHROME.format("Windows NT 10.0; Win64; x64", "Chrome/140.0.0.0 Edg/140.0"), "Edge · Windows"),
        (_CHROME.format("Linux; Android 15", "Chrome/130.0 Mobile MicroMessenger/8.0"), "微信 · Android"),
        (_CHROME.format("Linux; Android 14", "Chrome/98.0 MQQBrowser/15.2 Mobile"), "QQ 浏览器 · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604",
            "Safari · iPhone",
        ),
        ("curl/8.9", "不明"),
        ("", "不明"),
    ],
)
def test_the_more_telling_sign_counts(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
