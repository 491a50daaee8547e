"""用语的提示与丢掉的文字: what was read in a vocabulary and passed without a word, and text that YAML takes for a comment."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from yixian.domain.policy import Pack, PackErrors
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.pack_notes import notes_of
from yixian.engines.procedure.loading import folder_problems

ROOT = Path(__file__).parents[3]
PACK = ROOT / "packs" / "danjiangkou-2009"
TODAY = date(2026, 11, 30)
VOCABULARY = """things:
  - names: [土墙房, earth wall house]
    items: [house.main.earth_timber]
  - names: [土墙, earth walls]
    items: [facility.earth_wall]
subjects:
  - id: moving_day
    not_decided: {zh: 还没有定。, en: Not decided., on: 2026-11-30, by: {zh: 移民局, en: Bureau}}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


def _keys(pack: Pack, vocabulary: str) -> list[str]:
    changed = read_pack(dict(pack.sources) | {"vocabulary.yaml": vocabulary})
    proven = [(rule.id, rule.valid_from) for rule in changed.rules]
    return [note.key.removeprefix("note.") for note in notes_of(changed, proven, today=TODAY)]


def test_a_sound_vocabulary_gives_no_cause(pack: Pack) -> None:
    assert _keys(pack, VOCABULARY) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("土墙, earth walls", "土墙, earth walls, Earth Wall", "vocabulary_plural"),
        ("[facility.earth_wall]", "[facility.earth_wall, facility.earth_wall]", "vocabulary_item_twice"),
        ("[facility.earth_wall]", "[house.main.earth_timber]", "vocabulary_same"),
        ("[facility.earth_wall]", "[facility.earth_wall]\n    categories: [house.main]", "vocabulary_mixed"),
        ("on: 2026-11-30", "on: 2099-11-30", "vocabulary_day"),
        ("moving_day\n", "moving_day\n    title: {zh: 搬家, en: Move}\n", "vocabulary_title"),
        ("moving_day\n", "Moving day!\n    title: {zh: 搬家, en: Move}\n    zh: [搬家]\n", "vocabulary_id"),
    ],
)
def test_each_slip_is_noted(pack: Pack, old: str, new: str, key: str) -> None:
    assert old in VOCABULARY
    assert _keys(pack, VOCABULARY.replace(old, new, 1)) == [key]


@pytest.mark.parametrize(
    ("value", "is_lost"),
    [("c #1 d", True), ("c # d", True), ("'c #1 d'", False)],
    ids=["sign", "comment", "quoted"],
)
def test_a_pattern_of_a_list_is_never_cut(tmp_path: Path, value: str, is_lost: bool) -> None:
    copy = shutil.copytree(PACK, tmp_path / "pack")
    own = f"subjects:\n  - id: own\n    title: {{zh: a, en: b}}\n    en:\n      - {value}\n# a comment on its own line\n"
    (copy / "vocabulary.yaml").write_text(own, encoding="utf-8")
    if not is_lost:
        load_pack(copy)
        return
    with pytest.raises(PackErrors) as refused:
        load_pack(copy)
    assert {(problem.line, problem.key) for problem in refused.value.problems} == {(5, "yaml.comment")}


@pytest.mark.parametrize(
    ("value", "lost"),
    [
        ("砖房 #1 型", "#1 型"),
        ("砖房 # 1 型", "# 1 型"),
        ('"砖房 #1 型"', ""),
        ("'砖房 #1 型'", ""),
        ("砖房#1型", ""),
    ],
)
def test_a_sentence_is_never_cut_without_a_word(tmp_path: Path, value: str, lost: str) -> None:
    copy = shutil.copytree(PACK, tmp_path / "pack")
    text = (copy / "pack.yaml").read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if row.startswith("  zh: "))
    (copy / "pack.yaml").write_text(text.replace(line, f"  zh: {value}", 1), encoding="utf-8")
    if not lost:
        assert load_pack(copy).title_zh == value.strip("\"'")
        return
    with pytest.raises(PackErrors) as refused:
        load_pack(copy)
    (problem,) = refused.value.problems
    number = text.splitlines().index(line) + 1
    assert (problem.file, problem.line, problem.key) == ("pack.yaml", number, "yaml.comment")
    assert f"“{lost}”" in problem.message


def test_procedures_are_looked_through_as_well(tmp_path: Path) -> None:
    folder = next(path.parent for path in sorted((ROOT / "procedures").rglob("procedures.yaml")))
    copy = shutil.copytree(folder, tmp_path / "procedures")
    path = copy / "documents.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, row in enumerate(lines) if row.strip().startswith("- id: "))
    lines[at] += " #2 edition"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert ("documents.yaml", at + 1, "yaml.comment") in {
        (problem.file, problem.line, problem.key) for problem in folder_problems(copy)
    }


def test_a_yaml_file_in_another_encoding_is_told_how_to_be_saved(tmp_path: Path) -> None:
    copy = shutil.copytree(PACK, tmp_path / "pack")
    for name in ("pack.yaml", "items.csv"):
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_bytes(text.encode("gbk", "replace"))
    with pytest.raises(PackErrors) as refused:
        load_pack(copy)
    told = {problem.file: problem.message for problem in refused.value.problems}
    assert "text editor as UTF-8" in told["pack.yaml"]
    assert "CSV UTF-8" in told["items.csv"]
