"""下一步: what a refusal asks to be done first has a way there, for whoever may; others are told whose work it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import RequestFactory

from yixian.config.access_matrix import ENDPOINTS
from yixian.kernel.errors import Refused
from yixian.kernel.roles import Role
from yixian.web.error_pages import refusal
from yixian.web.ways_on import WAYS_ON

ROOT = Path(__file__).resolve().parents[2] / "src" / "yixian"
MENDED_WHERE_IT_WAS_SENT = {
    "absence.rests",
    "account.nothing_wrong",
    "adoption.own",  # “first” says who approved, not what to do before
    "agreement.blank",
    "answer.meanwhile",
    "import.differs",
    "import.of_nobody",
    "recording.changed",  # the form shows the text as it stands now
    "revision.other_evidence",
    "visit.corrected_meanwhile",
}
"""What these ask for is on the page that somebody came from, to which the page of a refusal leads back."""

_REFUSED = re.compile(r'Refused\(\s*"([a-z_.]+)",\s*_\(((?:[^()]|\([^()]*\))*)\)')


def _page(key: str, *, may: bool, referer: str = "", method: str = "post", lang: str = "zh-hans") -> str:
    request = getattr(RequestFactory(), method)("/staff/x/", headers={"referer": referer} if referer else {})
    request.may = lambda _address: may
    request.htmx = True
    return refusal(request, Refused(key, "no")).content.decode()


@pytest.mark.parametrize("key", WAYS_ON)
def test_the_way_on_is_there_for_whoever_may_and_others_are_told_who(key):
    way = WAYS_ON[key]
    assert way.page in ENDPOINTS
    assert way.roles - {Role.SYSTEM} <= set(ENDPOINTS[way.does].roles)
    assert f'href="{way.url}"' in _page(key, may=True)
    told = _page(key, may=False)
    assert way.url not in told
    assert all(str(role.label) in told for role in way.roles - {Role.SYSTEM})


def test_every_refusal_that_asks_for_something_first_leads_there():
    asking = {
        key
        for path in ROOT.rglob("*.py")
        for key, sentence in _REFUSED.findall(path.read_text(encoding="utf-8"))
        if re.search(r"\bfirst\b|reckon(?:ed)? again", sentence)
    }
    assert asking - set(WAYS_ON) - MENDED_WHERE_IT_WAS_SENT == set()


@pytest.mark.parametrize(
    ("referer", "method", "back"),
    [
        ("http://testserver/staff/agreements/1/?page=2", "post", "/staff/agreements/1/?page=2"),
        ("http://testserver/staff/x/", "post", "/staff/x/"),
        ("http://testserver/staff/x/", "get", ""),
        ("https://elsewhere.example/staff/", "post", ""),
        ("//elsewhere.example/", "post", ""),
        ("javascript:alert(1)", "post", ""),
        ("", "post", ""),
    ],
)
def test_a_refusal_leads_back_to_our_own_page_alone(referer, method, back):
    page = _page("group.over", may=True, referer=referer, method=method)
    assert ("回到刚才的页面" in page) == bool(back)
    assert f'href="{back}"' in page or not back
