"""可录音的页面: the public pages whose words are the product's own, as texts that the county can have recorded; and which text a
page is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.policies.public_texts import PublicText, public_text
from yixian.policies.recordings import RecordedText, RecordingView, recorded
from yixian.registry.choices import Language
from yixian.registry.queries.home_languages import home_languages

_PAGES: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "portal:home": (_("The first page"), ("portal/home.html",)),
    "portal:card": (_("Show your card"), ("portal/card.html", "portal/card_form.html")),
    "portal:raise": (
        _("Raise a matter"),
        ("portal/matters/raise.html", "portal/matters/raise_what.html", "portal/matters/raise_who.html"),
    ),
    "portal:status": (_("Where does my matter stand?"), ("portal/matters/status.html",)),
    "portal:procedure": (_("How long it takes"), ("portal/matters/how_long.html",)),
    "portal:genuine": (_("Is this genuine?"), ("portal/genuine.html",)),
    "portal:calculate": (_("Work it out yourself"), ("portal/calculator/page.html",)),
}
"""Pages by their url names, each with its title and the templates whose sentences are its text."""

_OWN_NAMES: dict[str, str] = {Language.YI: "ꆈꌠꉙ"}

_SENTENCE = re.compile(
    r"""{%\s*translate\s+"([^"]+)"|{%\s*blocktranslate[^%]*%}([^%]*){%\s*endblocktranslate"""
)

_PLACEHOLDER = re.compile(r"{{\s*(\w+)\s*}}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording on a page: with what its language calls itself, and whether the text has been changed since."""

    recording: RecordingView
    own_name: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class SpokenHere:
    """The recordings of a page, and, named, the languages spoken in this county in which it has none."""

    recordings: list[Spoken]
    missing: str


def page_texts() -> list[PublicText]:
    """The text of every such page, in the Chinese that stands on it."""
    return [
        PublicText(f"page:{name}", str(title), _words(templates))
        for name, (title, templates) in _PAGES.items()
    ]


def spoken_here(request: HttpRequest) -> SpokenHere | None:
    """The recordings of the text that the page under way is; None for a page that is none, or where none is to be expected."""
    match = request.resolver_match
    if match is None or request.method != "GET":
        return None
    found = _recorded(_key(match.view_name, match.kwargs))
    if found is None:
        return None
    missing = home_languages() - {Language.MANDARIN} - found.recordings.keys()
    spoken = [
        Spoken(row, own_name(row.language), is_stale=row.is_stale(found.text))
        for row in found.recordings.values()
    ]
    return SpokenHere(spoken, _joined(missing)) if spoken or missing else None


def _joined(languages: frozenset[Language]) -> str:
    return gettext(", ").join(str(language.label) for language in sorted(languages))


def own_name(language: str) -> str:
    """What a language calls itself, for those who read nothing else; "" where this is not written here."""
    return _OWN_NAMES.get(language, "")


def _key(view_name: str, named: Mapping[str, object]) -> str:
    room, _colon, name = view_name.rpartition(":")
    if room == "portal" and name == "library_document":
        return f"document:{named['pack_id']}/{named['document_id']}"
    return f"answer:{named['question_id']}" if (room, name) == ("portal", "answer") else f"page:{view_name}"


def _recorded(key: str) -> RecordedText | None:
    if key.startswith("page:") and key.removeprefix("page:") not in _PAGES:
        return None
    try:
        return recorded(public_text(key, timezone.localdate()))
    except NotFound:
        return None


@cache
def _words(templates: tuple[str, ...]) -> str:
    """The sentences of templates in Chinese: they change with a release of the product only."""
    sources = [get_template(name).template.source for name in templates]  # type: ignore[attr-defined] # Django's own engine
    with override("zh-hans"):
        return "\n".join(
            gettext(_PLACEHOLDER.sub(r"%(\1)s", one or other))
            for source in sources
            for one, other in _SENTENCE.findall(source)
        )
