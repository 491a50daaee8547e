"""库中不留私物: what is committed names no machine, no registry, no half-done work; what the documents point at exists."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from click import Context

from yixian.cli import main

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".toml",
    ".md",
    ".html",
    ".css",
    ".js",
    ".typ",
    ".yaml",
    ".yml",
    ".po",
    ".lock",
    ".sql",
    ".txt",
    ".json",
    ".csv",
    "",
}

MACHINE_PATHS = re.compile(r"(?<![\w.<])/(?:root|home/\w+|work|Users)/(?!\w*\{)")
REGISTRIES = re.compile(
    r"(?:files\.pythonhosted|pypi|registry\.npmjs|registry\.yarnpkg|deb\.debian)\.org", re.IGNORECASE
)
HALF_DONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
LINK = re.compile(r"\]\(([^)#\s]+)")
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
YIXIAN = re.compile(r"(?:^|/|\$ )yixian ([a-z][\w-]*)", re.MULTILINE)
MAKE = re.compile(r"(?:^|\$ )make ([a-z][\w-]*)", re.MULTILINE)
KEY_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
BARE_TOKEN = re.compile(rb"\s*[A-Za-z0-9_+/=-]{32,}\s*")
KEY_NAMES = re.compile(r"(?:^|/)keys/|\.(?:secret|pem|key|p12|pfx|sqlite3)$|(?:^|/)\.env$")
NAMES_OF_NOTHING = {"utils", "helpers", "manager", "common", "misc"}


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def ours() -> list[Path]:
    return [path for path in tracked() if path.suffix in TEXT and "vendor" not in path.parts]


def hits(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in ours():
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if pattern.search(line) and path != Path(__file__).resolve():
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


def test_the_files_are_really_read() -> None:
    assert len(ours()) > 100
    assert ROOT / "requirements.lock" in ours()


@pytest.mark.parametrize(
    "pattern", [MACHINE_PATHS, REGISTRIES, HALF_DONE], ids=["machine paths", "registries", "half-done work"]
)
def test_nothing_private_and_nothing_half_done(pattern: re.Pattern[str]) -> None:
    assert hits(pattern) == []


def test_no_lock_names_where_packages_were_fetched() -> None:
    assert not {"uv.lock", "pylock.toml"} & {path.name for path in tracked()}
    for lock in (path for path in tracked() if path.name == "package-lock.json"):
        packages = json.loads(lock.read_text())["packages"]
        assert len(packages) > 20
        assert all(
            "integrity" in package and "resolved" not in package for name, package in packages.items() if name
        )
    for lock in (
        ROOT / "requirements.lock",
        ROOT / "requirements-dev.lock",
        ROOT / "requirements-distributed.lock",
    ):
        text = lock.read_text()
        assert "://" not in text
        packages = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
        assert len(packages) > 20
        assert len(
            re.findall(r"^[\w.-]+==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
        ) == len(packages)


def test_no_key_is_committed() -> None:
    """Neither by its name, nor as a block in a text, nor as a file that is one long token and nothing else."""
    paths = tracked()
    named = [path for path in paths if KEY_NAMES.search(path.relative_to(ROOT).as_posix())]
    tokens = [path for path in paths if BARE_TOKEN.fullmatch(path.read_bytes()[:4096])]
    assert (named, tokens, hits(KEY_BLOCK)) == ([], [], [])


def test_compiled_translations_are_not_committed() -> None:
    assert [path for path in tracked() if path.suffix == ".mo"] == []


def test_modules_are_named_for_what_they_hold() -> None:
    source = [path for path in ours() if path.is_relative_to(ROOT / "src")]
    assert [path for path in source if path.stem in NAMES_OF_NOTHING] == []


def test_links_in_documents_lead_somewhere() -> None:
    pages = [path for path in tracked() if path.suffix == ".md"]
    links = [(page, target) for page in pages for target in LINK.findall(page.read_text())]
    inside = [
        (page, target) for page, target in links if "://" not in target and not target.startswith("mailto:")
    ]
    assert [
        f"{page.relative_to(ROOT)}: {target}"
        for page, target in inside
        if not (page.parent / target).exists()
    ] == []


def test_commands_in_documents_exist() -> None:
    known = set(main.list_commands(Context(main)))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    unknown = []
    for page in (path for path in tracked() if path.suffix == ".md"):
        code = "\n".join(block or inline for block, inline in CODE.findall(page.read_text()))
        unknown += [f"{page.name}: yixian {word}" for word in YIXIAN.findall(code) if word not in known]
        unknown += [f"{page.name}: make {word}" for word in MAKE.findall(code) if word not in targets]
    assert unknown == []
