"""Every page of a list or a board has something true on it in the small demonstration."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.conftest import environment
from tests.made_once import made_once
from yixian.demo.note import read_note

pytestmark = pytest.mark.slow  # starts the product, again and again

Pages = dict[str, dict[str, list[str]]]

EMPTY = {
    "staff:access_waiting": (
        {"lead", "admin"},
        "the operator at the machine made the demonstration's users, and what they give waits for nobody",
    ),
    "staff:accounts": (
        {"department"},
        "a department works in villages, and a policy is adopted for a whole county",
    ),
    "staff:matters": (
        {"auditor", "county"},
        "no matter is theirs: only one about somebody in office would come to them",
    ),
    "staff:quiz_organisations": (
        {"lead", "county", "township", "department", "auditor"},
        "a body is shown where ten of its people answered, and no body has ten sign-ins",
    ),
    "staff:withheld": (
        {"member"},
        "a party member stands beside few households, and one account is withheld",
    ),
}
"""Pages that may be empty for somebody, and why nothing can be there."""

OWN = {"staff:jobs", "staff:matter_list"}
"""Pages that show only what the reader did: somebody has done something."""


@pytest.fixture(scope="module")
def pages(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Every page as everybody: the words of its empty states."""

    def walk(folder: Path) -> None:
        program = [sys.executable, str(Path(__file__).with_name("walk.py")), str(home)]
        walked = subprocess.run(program, check=True, capture_output=True, env=environment())
        (folder / "pages.json").write_bytes(walked.stdout)

    found: Pages = json.loads((made_once(tmp_path_factory, "walk", walk) / "pages.json").read_bytes())
    return found


def test_no_list_and_no_board_is_empty(pages: Pages) -> None:
    empty = {
        f"{name} as {who}": words
        for name, seen in pages.items()
        for who, words in seen.items()
        if words and name not in OWN and who not in EMPTY.get(name, (frozenset(), ""))[0]
    }
    assert not empty


def test_pages_of_ones_own_work_are_filled_for_somebody(pages: Pages) -> None:
    for name in OWN:
        assert [] in pages[name].values(), name


def test_what_is_excepted_is_empty_indeed(pages: Pages) -> None:
    filled = [
        (name, who) for name, (excepted, _why) in EMPTY.items() for who in excepted if not pages[name][who]
    ]
    assert [one for one in filled if one != ("staff:withheld", "member")] == []


def test_everybody_was_let_in_and_saw_most_pages(home: Path, pages: Pages) -> None:
    note = read_note(home)
    assert note is not None
    everybody = {who for seen in pages.values() for who in seen}
    assert everybody == {"public", "household", *(one.username for one in note.sign_ins)}
    assert len(pages) >= 70
