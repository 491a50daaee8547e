"""更正的各处: the lines that a decision sets right in the register, each from what to what, as sealed with the decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from yixian.kernel.languages import language
from yixian.matters.remedies import Change, get_remedy

SEVERAL = "several"
"""What a decision's remedy is called whose lines are of different kinds."""


@dataclass(frozen=True, slots=True)
class RemedyLine:
    """One line: the kind of change (`yixian.matters.remedies`), its values by their names, and from what to what, where the one
    who decided could see that (None otherwise).
    """

    kind: str
    values: Mapping[str, str]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Remedies:
    """All lines of a decision, of one household."""

    household_id: int
    lines: tuple[RemedyLine, ...]

    @property
    def kind(self) -> str:
        """The kind of its lines; `SEVERAL` where they differ."""
        kinds = {line.kind for line in self.lines}
        return kinds.pop() if len(kinds) == 1 else SEVERAL


def written(remedies: Remedies) -> str:
    """The lines as they are sealed."""
    return json.dumps(
        {"household": remedies.household_id, "lines": [asdict(line) for line in remedies.lines]}
    )


def read(kind: str, sealed: str) -> Remedies:
    """The lines of a decision whose remedy is of a kind. Decisions of earlier versions hold one line alone."""
    told = json.loads(sealed)
    household = int(told.pop("household"))
    if "lines" not in told:
        return Remedies(household, (RemedyLine(kind, told),))
    return Remedies(household, tuple(RemedyLine(**line) for line in told["lines"]))


def change_words(line: RemedyLine, change: Change | None = None) -> str:
    """A line in a sentence: what it is, from what to what; of one that nobody has looked up, what is to be changed."""
    told = change or line.change
    if told is None:
        kind = get_remedy(line.kind)
        title = str(kind.title) if kind else line.kind
        return _("%(title)s: %(values)s") % {"title": title, "values": _(", ").join(line.values.values())}
    lang = language()
    what, before, after = (told[part].get(lang, "") for part in ("what", "before", "after"))
    if not before:
        return _("%(what)s: left out until now → %(after)s") % {"what": what, "after": after}
    return _("%(what)s: %(before)s → %(after)s") % {"what": what, "before": before, "after": after}


def result_words(result: Mapping[str, Any]) -> str:
    """What became of the account, in a sentence; "" where its sum stayed as it was."""
    before, after = result.get("before"), result.get("after")
    if before is None or after is None or before == after:
        return ""
    return _("Account: %(before)s → %(after)s yuan (%(difference)s)") % {
        "before": before,
        "after": after,
        "difference": result.get("difference", ""),
    }
