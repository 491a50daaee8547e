"""来源网络: the network that a request comes from, by which limits are counted — also behind a proxy, and per /64 of IPv6.

Behind ``YIXIAN_PROXIES`` proxies the address is the one that the outermost of them wrote into ``X-Forwarded-For``: whatever
stands before it was written by whoever asks. An IPv6 subscriber has a whole /64 (RFC 6177), so that is what counts as one.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

_SUBSCRIBER_BITS = 64


def network_of(request: HttpRequest) -> str:
    """An IPv4 address, or the /64 of an IPv6 address; what the connection itself says where no address was written down."""
    proxies: int = settings.YIXIAN_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(forwarded) >= proxies:
        named = _network(forwarded[-proxies].strip())
        if named:
            return named
    connected = str(request.META.get("REMOTE_ADDR", ""))
    return _network(connected) or connected


def _network(text: str) -> str:
    """The network of a written address; "" for what is none."""
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Network((int(address) >> _SUBSCRIBER_BITS << _SUBSCRIBER_BITS, _SUBSCRIBER_BITS)))
    return str(address)
