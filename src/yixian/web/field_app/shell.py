"""应用外壳: the page, the service worker that keeps it, and the web app manifest. Nothing on them is of anybody.

Reference: W3C Service Workers, Web Application Manifest.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from yixian.web.field_app.words import words

MODULES = (
    "app",
    "checks",
    "code",
    "database",
    "instance",
    "outbox",
    "page",
    "pictures",
    "quantity",
    "sheet_page",
    "vault",
)
FILES = (
    *(f"field_app/{name}.js" for name in MODULES),
    "field_app/field_app.css",
    "field_app/icon-192.png",
    "field_app/icon-512.png",
    "favicon.svg",
)
_WORKER = "field_app/worker.js"
_PAGE = "field_app/shell.html"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The empty app: the same for everybody, with its words in both languages."""
    files = {
        "app": address("field_app/app.js"),
        "stylesheet": address("field_app/field_app.css"),
        "icon": address("field_app/icon-192.png"),
        "favicon_svg": address("favicon.svg"),
    }
    context = {"words": _words(), "files": files}
    return render(request, _PAGE, context)


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker with the version of all that it keeps; a changed file is another worker."""
    files = [reverse("field_app:shell"), *(address(name) for name in FILES)]
    head = f"const VERSION = {json.dumps(version())};\nconst FILES = {json.dumps(files)};\n"
    return HttpResponse(head + _text(_WORKER), content_type="text/javascript; charset=utf-8")


@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """Name, icons and first page, as a phone installs it."""
    with override("zh-hans"):
        name = _("Yixian field work")
    icons = [
        {
            "src": address(f"field_app/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in (192, 512)
    ]
    home = reverse("field_app:shell")
    content = {
        "id": home,
        "name": name,
        "short_name": name,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "lang": "zh-Hans",
        "background_color": "#f4f7f7",
        "theme_color": "#14565c",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


def address(name: str) -> str:
    """A file under its own name, without its hash: modules name each other so, and the worker keeps all in one version."""
    return f"{settings.STATIC_URL}{name}"


@cache
def version() -> str:
    """Of the page, all files and all words together."""
    found = hashlib.sha256(json.dumps(_words(), sort_keys=True).encode())
    found.update(_template().encode())
    for name in (*FILES, _WORKER):
        found.update(_path(name).read_bytes())
    return found.hexdigest()[:16]


@cache
def _words() -> dict[str, dict[str, str]]:
    found = {}
    for code, short in (("zh-hans", "zh"), ("en", "en")):
        with override(code):
            found[short] = words()
    return found


def _template() -> str:
    return Path(get_template(_PAGE).origin.name).read_text(encoding="utf-8")  # type: ignore[attr-defined]


def _text(name: str) -> str:
    return _path(name).read_text(encoding="utf-8")


def _path(name: str) -> Path:
    return Path(str(finders.find(name)))
