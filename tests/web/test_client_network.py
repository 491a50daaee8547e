"""来源网络: the address that the proxy wrote counts, and no other; a whole /64 of IPv6 is one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from yixian.web.client_network import network_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "connected", "network"),
    [
        (0, "203.0.113.66", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.9, 203.0.113.66", "127.0.0.1", "203.0.113.66"),
        (2, "198.51.100.9, 203.0.113.66", "127.0.0.1", "198.51.100.9"),
        (2, "203.0.113.66", "127.0.0.1", "127.0.0.1"),
        (1, "", "127.0.0.1", "127.0.0.1"),
        (1, "unknown", "127.0.0.1", "127.0.0.1"),
        (1, "2001:db8:1:2:aaaa::1", "::1", "2001:db8:1:2::/64"),
        (0, "", "2001:db8:1:2:bbbb:cccc:dddd:eeee", "2001:db8:1:2::/64"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (0, "", "", ""),
    ],
)
def test_the_network_of_a_request(
    settings: Any, proxies: int, forwarded: str, connected: str, network: str
) -> None:
    settings.YIXIAN_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert network_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=connected)) == network
