"""两个入口: through which site the library was entered — portal or staff; everything else on its pages is the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A door: its url namespace, the page its pages stand in, and the address of the library itself."""

    namespace: str
    base: str
    shelf: str

    def address(self, name: str, *args: object) -> str:
        """The address of a page of the library behind this door."""
        return reverse(f"{self.namespace}:{name}", args=args)

    def document(self, pack_id: str, document_id: str, *, clause: str = "", on: date | None = None) -> str:
        """The lasting address of a document, or of one of its clauses; ``on`` where another day than today was asked for."""
        asked = f"?on={on:%Y-%m-%d}" if on and on != timezone.localdate() else ""
        place = f"#c-{quote(clause)}" if clause else ""
        return f"{self.address('library_document', pack_id, document_id)}{asked}{place}"

    @property
    def urls(self) -> dict[str, str]:
        """The pages that every page of the library leads to."""
        names = {"shelf": self.shelf, "ask": "ask", "hand_in": "hand_in", "answers": "answers"}
        return {key: self.address(name) for key, name in names.items()}


PORTAL = EntryPoint("portal", "portal/base.html", "policy")
STAFF = EntryPoint("staff", "staff/base.html", "library")


def requested_day(request: HttpRequest) -> tuple[date, bool]:
    """The day that the page is asked for, today if none is; and whether what was given is no day."""
    given = request.GET.get("on", "").strip()
    if not given:
        return timezone.localdate(), False
    try:
        return date.fromisoformat(given), False
    except ValueError:
        return timezone.localdate(), True
