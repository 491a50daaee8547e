"""Every page for every role that may ask: it answers, in Chinese, with nothing inline; and refusals are explained."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

import yixian
from yixian.config.access_matrix import ENDPOINTS
from yixian.matters.following import REFUSALS
from yixian.web.words import FIXED, PATTERNS

ROLES = (
    "admin",
    "clerk",
    "lead",
    "leader",
    "township",
    "department",
    "cadre",
    "member",
    "surveyor",
    "finance",
    "petition",
)
OVERSEEING = ("auditor", "monitor")
PAGES = {
    "staff:home": "/staff/",
    "staff:households": "/staff/households/",
    "staff:areas": "/staff/areas/",
    "staff:bodies": "/staff/bodies/",
    "staff:accounts": "/staff/accounts/",
    "staff:withheld": "/staff/accounts/withheld/",
    "staff:pairing": "/staff/pairing/",
    "staff:policies": "/staff/policies/",
    "staff:jobs": "/staff/jobs/",
    "staff:users": "/staff/users/",
    "staff:system": "/staff/system/",
}
_ERRORS = {"NotPermitted", "NotFound", "Refused", "Invalid", "TooManyGuesses"}


def texts(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", [*ROLES, *OVERSEEING])
def test_every_page_answers_those_who_may_ask_and_no_others(browse, county, name: str) -> None:
    client = browse(name)
    role = county.users[name].role_grants.get().role
    for url_name, address in PAGES.items():
        response = client.get(address, follow=True)
        assert response.status_code == (200 if role in ENDPOINTS[url_name].roles else 403), address


def test_the_navigation_offers_only_what_may_be_entered(browse) -> None:
    page = texts(browse("cadre").get("/staff/"))
    assert 'href="/staff/households/"' in page
    assert 'href="/staff/users/"' not in page
    assert 'href="/staff/pairing/"' not in page


def test_nothing_on_a_page_is_inline(browse, county) -> None:
    for address in (*PAGES.values(), f"/staff/households/{county.households[0].pk}/"):
        page = texts(browse("lead").get(address, follow=True))
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page), address


def test_places_bodies_and_helpers_show_their_figures(browse, county) -> None:
    township = browse("township")
    page = texts(township.get(f"/staff/areas/{county.areas['t1'].pk}/"))
    assert "源盛村" in page
    assert "336,020.00" in page
    assert township.get(f"/staff/areas/{county.areas['t2'].pk}/").status_code == 404
    assert "永委办〔2026〕3号" in texts(township.get(f"/staff/bodies/{county.bodies['water'].pk}/"))
    helper = texts(browse("member").get(f"/staff/helpers/{county.helpers['cadre'].pk}/"))
    assert "YC00002" in helper
    assert "YC00001" not in helper


def test_prices_are_found_by_name(browse) -> None:
    pack = browse("clerk").get("/staff/policies/").context["packs"][0].pk
    page = texts(browse("clerk").get(f"/staff/policies/{pack}/prices/", {"q": "框架"}))
    assert "735" in page
    assert "地窖" not in page


def test_refusals_are_pages_and_for_htmx_fragments(browse) -> None:
    forbidden = browse("admin").get("/staff/households/")
    assert forbidden.status_code == 403
    assert "这里没有向您开放" in texts(forbidden)
    fragment = browse("clerk").get("/staff/households/999/", headers={"hx-request": "true"})
    assert fragment.status_code == 404
    assert "<html" not in texts(fragment)
    assert "没有这一户" in texts(fragment)
    unknown = browse("clerk").get("/staff/nowhere/")
    assert "这里没有您要找的内容" in texts(unknown)


def test_the_english_page_is_english(browse) -> None:
    client = browse("clerk")
    client.cookies["django_language"] = "en"
    assert "What needs you today" in texts(client.get("/staff/"))


def _raised() -> dict[str, str]:
    """Every error's key with its fixed sentence ("" where the sentence holds values), read from the source.

    The command line's own errors are left out: no page can meet them.
    """
    found: dict[str, str] = {}
    source = Path(yixian.__file__).parent
    for path in source.rglob("*.py"):
        if path.relative_to(source).parts[0] in {"cli", "demo"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ERRORS:
                key, sentence = (
                    argument.value if isinstance(argument, ast.Constant) else "" for argument in node.args[:2]
                )
                if key or sentence:  # neither: it is said out of a table
                    found[f"{key} {sentence}"] = sentence
    return found | {f"matter.{rule} {sentence}": sentence for rule, sentence in REFUSALS.items()}


def test_every_refusal_has_its_sentence_in_chinese() -> None:
    raised = _raised()
    assert len(raised) > 50
    silent = {"user.password"}
    with translation.override("zh-hans"):
        for line, sentence in raised.items():
            key = line.split(" ", 1)[0]
            if key in PATTERNS or key in silent:
                continue
            assert sentence in FIXED, line
            assert gettext(sentence) != sentence, line
