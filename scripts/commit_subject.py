"""提交说明: checks a commit's first line, as a hook of git: it must say what changes, in a list of many.

    python scripts/commit_subject.py FILE

At most 72 characters, no merge of a moment, no word for "not finished". Ends with 1 and the reason otherwise.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MAX_LENGTH = 72
UNFINISHED = re.compile(r"^(?:wip\b|fixup!|squash!|merge (?:branch|remote|main|master)\b)", re.IGNORECASE)


def fault(message: str) -> str | None:
    """What is wrong with the first line of a commit's message; None if nothing is."""
    subject = next((line for line in message.splitlines() if line.strip() and not line.startswith("#")), "")
    if not subject:
        return "A commit says in its first line what changes."
    if UNFINISHED.search(subject):
        return f"A commit on main is finished work, and the history a line: {subject!r}"
    if len(subject) > MAX_LENGTH:
        return f"The first line has {len(subject)} characters; {MAX_LENGTH} fit into a list: {subject!r}"
    return None


if __name__ == "__main__":
    sys.exit(fault(Path(sys.argv[1]).read_text(encoding="utf-8")))
