"""家目录: what one installation keeps, and the secret that it must not share with anybody."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from yixian.cli import main
from yixian.config import home as homes
from yixian.config.home import Home, PublishedSecret

LEAKED = "a secret that once stood in a repository"


@pytest.fixture
def leaked_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    digest = hashlib.sha256(LEAKED.encode()).hexdigest()
    monkeypatch.setattr(homes, "PUBLISHED_SECRETS", homes.PUBLISHED_SECRETS | {digest})
    home = Home(tmp_path)
    home.prepare()
    (home.keys / "web.secret").write_text(f"{LEAKED}\n")
    return home


def test_a_home_makes_its_own_secret_once(tmp_path: Path) -> None:
    first = Home(tmp_path / "one").secret()
    assert len(first) >= 64
    assert Home(tmp_path / "one").secret() == first
    assert Home(tmp_path / "two").secret() != first


def test_a_published_secret_is_refused_and_the_way_out_is_named(leaked_home: Home) -> None:
    with pytest.raises(PublishedSecret, match="Delete that file"):
        leaked_home.secret()
    (leaked_home.keys / "web.secret").unlink()
    assert leaked_home.secret() != LEAKED


def test_the_secret_in_the_history_of_the_source_is_among_those_refused() -> None:
    assert "eedca036b67a092036f92aa10ccd2769d8b81cbd6fb0b0ef71fab090e295b5e7" in homes.PUBLISHED_SECRETS


def test_a_command_says_it_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse() -> None:
        raise PublishedSecret("Delete that file and start again.")

    monkeypatch.setenv("YIXIAN_HOME", str(tmp_path))  # the command sets it, and it must not outlive this test
    monkeypatch.setattr("yixian.cli.product.django.setup", refuse)
    result = CliRunner().invoke(main, ["tick", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert "Delete that file and start again." in result.output
    assert "Traceback" not in result.output


def test_a_home_is_its_owners_alone_also_what_an_older_version_wrote(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    (home.media / "imports").mkdir(parents=True)
    for path in (home.root, home.media, home.media / "imports"):
        path.chmod(0o755)
    for path in (home.database, home.media / "imports" / "book.xlsx"):
        path.write_text("names")
        path.chmod(0o644)
    home.prepare()
    assert home.root.stat().st_mode & 0o777 == 0o700
    home.close()
    (home.media / "new").write_text("names")
    assert {path.stat().st_mode & 0o077 for path in (home.root, *home.root.rglob("*"))} == {0}
