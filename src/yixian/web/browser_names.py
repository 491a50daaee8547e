"""浏览器: what a browser and its system are called, from the User-Agent that it sends (RFC 9110, 10.1.5)."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

_BROWSERS = (
    ("MicroMessenger", gettext_noop("WeChat")),
    ("QQBrowser", gettext_noop("QQ browser")),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""What names a browser, the more telling first: nearly all of them say that they are Chrome and Safari, too."""

_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Such as Chrome · Windows; "unknown" in the reader's language where nothing in it is known."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return " · ".join(gettext(name) for name in (browser, system) if name) or gettext("unknown")
