"""浏览器的防护: what answers tell a browser, what no address answers, and what is never believed (ASVS V3, V6, V13 to V16)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import PASSWORD, make_user
from yixian.kernel.models import Event, User
from yixian.kernel.roles import Role

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR if hasattr(settings, "BASE_DIR") else "src/yixian") / "web" / "static"
OPEN_PAGES = ("/", "/c/", "/policy/", "/raise/", "/accounts/login/", "/nowhere/", "/staff/")


@pytest.fixture
def cadre() -> User:
    return make_user(Role.CADRE)


def signed_in(user: User) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_every_answer_says_what_a_browser_may_do_with_it(client: Client, path: str) -> None:
    headers = client.get(path).headers
    for directive in ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"):
        assert directive in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not [name for name in headers if name.lower().startswith("access-control-")]


def test_no_page_with_somebodys_data_is_kept(cadre: User) -> None:
    client = signed_in(cadre)
    for path in ("/staff/", "/accounts/sessions/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_the_session_is_nothing_for_scripts_and_other_sites(cadre: User) -> None:
    session = signed_in(cadre).cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert not session["domain"]
    assert len(session.value) >= 32


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.svn/entries", "/static/", "/media/", "/keys/fields.json"]
)
def test_neither_sources_nor_folders_are_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/c/", "/accounts/login/"])
def test_trace_is_not_answered(client: Client, path: str) -> None:
    assert client.trace(path).status_code == 405


def test_the_description_of_the_api_is_for_those_who_may_use_it(client: Client) -> None:
    for path in ("/api/v1/openapi.json", "/api/v1/docs", "/api/v1/households"):
        assert client.get(path).status_code in {302, 401, 403, 404}


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(target: str, cadre: User) -> None:
    answer = Client().post(
        "/accounts/login/", {"login": cadre.username, "password": PASSWORD, "next": target}
    )
    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith("//")
    read = Client().post("/reading/", {"language": "en", "next": target})
    assert "elsewhere" not in read.headers.get("Location", "")


def test_looking_at_the_way_out_signs_nobody_out(cadre: User) -> None:
    client = signed_in(cadre)
    client.get("/accounts/logout/")
    assert client.get("/staff/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/staff/").status_code == 302


def test_a_sign_in_begins_a_new_session_and_a_new_password_ends_the_others(cadre: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    before = client.session.session_key
    here, elsewhere = signed_in(cadre), signed_in(cadre)
    assert here.session.session_key not in {before, elsewhere.session.session_key}
    new = "another-gorge-and-terrace"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", fields).status_code == 302
    assert here.get("/staff/").status_code == 200
    assert elsewhere.get("/staff/").status_code == 302


def test_a_new_password_needs_the_old_one(cadre: User) -> None:
    client, new = signed_in(cadre), "another-gorge-and-terrace"
    client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": new, "password2": new})
    cadre.refresh_from_db()
    assert cadre.check_password(PASSWORD)


@pytest.mark.parametrize("changed", [PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, PASSWORD[:-1]])
def test_a_password_is_taken_exactly_as_it_was_typed(cadre: User, changed: str) -> None:
    answer = Client().post("/accounts/login/", {"login": cadre.username, "password": changed})
    assert answer.status_code == 200


def test_a_password_may_be_long_and_of_any_signs(cadre: User) -> None:
    long = "山河" * 20 + " \t' OR 1=1 --\U0001f3d4" + "x" * 60
    cadre.set_password(long)
    cadre.save()
    assert Client().post("/accounts/login/", {"login": cadre.username, "password": long}).status_code == 302


def test_password_fields_are_masked_and_may_be_filled_by_a_manager(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    (field,) = re.findall(r'<input[^>]*name="password"[^>]*>', page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


def test_a_line_break_in_an_address_makes_no_second_line_of_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/nowhere/%0d%0a2026-11-30 ERROR forged")
    assert caplog.messages
    assert not [line for line in caplog.messages if "\n" in line or "\r" in line]


def test_who_was_turned_away_is_in_the_log_and_who_failed_in_the_ledger(
    cadre: User, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(cadre)
    assert client.get("/staff/users/").status_code in {403, 404}
    assert [line for line in caplog.messages if "/staff/users/" in line]
    Client().post("/accounts/login/", {"login": cadre.username, "password": "wrong"})
    assert Event.objects.filter(kind="sign_in.failed", subject_id=cadre.pk).count() == 1


def test_of_two_values_of_one_name_the_last_counts_and_queries_are_no_forms(cadre: User) -> None:
    twice = "/accounts/login/?login=somebody&password=else"
    answer = Client().post(twice, {"login": ["nobody", cadre.username], "password": ["x", PASSWORD]})
    assert answer.status_code == 302
    assert Client().post(f"/accounts/login/?login={cadre.username}&password={PASSWORD}").status_code == 200


KEEPING = {
    "sessionStorage": {
        "sending.js",
        "field.js",
    },  # what somebody is typing, in the tab alone and until it is sent
    "localStorage": {
        "page.js"
    },  # the field app's language and size of print; all else it keeps under the PIN
}


def test_no_script_writes_markup_or_keeps_anything_in_the_browser() -> None:
    """But what `KEEPING` says of whom: a long text is not lost on a poor line."""
    scripts = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) > 3
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "localStorage",
            "sessionStorage",
        ):
            assert word not in text or path.name in KEEPING.get(word, ()), f"{path.name}: {word}"


def test_an_error_of_ours_says_nothing_of_the_machine(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret-of-the-machine")

    monkeypatch.setattr("yixian.web.portal.entrance.render", fail)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret-of-the-machine" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert settings.DEBUG is False
