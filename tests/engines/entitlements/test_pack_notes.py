"""提示: what a sound pack may mean and more often is a slip is named with its line; the shipped packs give no cause."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from yixian.cli.policy import policy
from yixian.engines.entitlements import Pack, load_pack
from yixian.engines.entitlements.examples import run_examples
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.pack_notes import notes_of

PACKS = sorted(path for path in (Path(__file__).parents[3] / "packs").iterdir() if path.is_dir())
AGAIN = """
- id: again
  title: {zh: 再付一次, en: once more}
  applies_to: items
  categories: [grave]
  from: 2010-01-01
  formula: quantity * price
  words: {zh: "{title} = {amount}", en: "{title} = {amount}"}
"""


@pytest.mark.slow
@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_the_shipped_packs_give_no_cause(path: Path) -> None:
    pack = load_pack(path)
    assert notes_of(pack, run_examples(pack).proven) == []


def _notes(kept: Pack, **changes: tuple[str, str]) -> list[tuple[str, int, str]]:
    """The notes of a pack in which, by the file's name without its ending, one text stands for another."""
    sources = dict(kept.sources)
    for stem, (old, new) in changes.items():
        name = next(name for name in sources if name.startswith(f"{stem}."))
        assert old in sources[name]
        sources[name] = sources[name].replace(old, new, 1)
    changed = read_pack(sources)
    return [
        (note.file, note.line, note.key)
        for note in notes_of(changed, [(rule.id, rule.valid_from) for rule in kept.rules])
    ]


def test_each_slip_is_named_where_it_stands(pack: Pack) -> None:
    rules = pack.sources["rules.yaml"]
    twice = _notes(pack, rules=(rules, rules + AGAIN))
    line = len(rules.splitlines()) + 2
    assert twice == [("rules.yaml", line, "note.paid_twice"), ("rules.yaml", line, "note.unproven")]
    assert _keys(_notes(pack, prices=(",180,", ",0,"))) == {"note.price_zero"}
    assert _keys(_notes(pack, documents=("decided_on: 2009-10-01", "decided_on: 2099-10-01"))) == {
        "note.decided_later"
    }
    assert "note.number_in_words" in _keys(_notes(pack, rules=("× 24", "× 25")))
    assert "note.languages_differ" in _keys(_notes(pack, rules=("× 24", "× 25")))


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("× 24 平方米", "× 二十四 平方米", set()),
        ("× 24 平方米", "× 二十五 平方米", {"note.number_in_words", "note.languages_differ"}),
        ("× 24 平方米", "× 一百八 平方米", {"note.number_in_words", "note.languages_differ"}),
        ("× 24 平方米", "× 240 平方米", {"note.number_in_words", "note.languages_differ"}),
        ("× 24 平方米", "× 2400 平方米", {"note.number_in_words", "note.languages_differ"}),
        ("− 正房补偿", "+ 正房补偿", {"note.sign_differs"}),
        ("− main-house", "+ main-house", {"note.sign_differs"}),
        ("{title}：", "{title}（第十二条，万一不足）：", set()),
    ],
)
def test_a_sentence_says_what_its_formula_reckons(pack: Pack, old: str, new: str, keys: set[str]) -> None:
    assert _keys(_notes(pack, rules=(old, new))) == keys


def test_many_items_without_a_chinese_name_are_one_note(pack: Pack) -> None:
    sources = dict(pack.sources)
    heading, *rows = sources["items.csv"].splitlines()
    for number, expected in ((3, {"note.not_chinese": 3}), (4, {"note.names_not_chinese": 1})):
        cells = [row.split(",") for row in rows]
        for row in cells[:number]:
            row[2] = "Nha chinh"
        text = "\n".join([heading, *(",".join(row) for row in cells)]) + "\n"
        found = read_pack(sources | {"items.csv": text})
        keys = Counter(
            note.key for note in notes_of(found, [(rule.id, rule.valid_from) for rule in pack.rules])
        )
        assert keys.items() >= expected.items()


def test_a_rule_is_found_beside_one_whose_id_begins_alike(pack: Pack) -> None:
    longer = AGAIN.replace("id: again", "id: again_later").replace("[grave]", "[crop]")
    rules = pack.sources["rules.yaml"]
    found = _notes(pack, rules=(rules, rules + longer + AGAIN))
    lines = (rules + longer + AGAIN).splitlines()
    wanted = [lines.index(f"- id: {name}") + 1 for name in ("again_later", "again")]
    assert sorted({line for _file, line, key in found if key == "note.unproven"}) == wanted


def _keys(notes: list[tuple[str, int, str]]) -> set[str]:
    return {key for _file, _line, key in notes}


def test_a_zone_without_price_and_a_mistyped_category_are_named(pack: Pack) -> None:
    town = next(row for row in pack.sources["prices.csv"].splitlines() if ",town," in row)
    assert _keys(_notes(pack, prices=(f"{town}\n", ""))) == {"note.zone_unpriced"}
    heads = pack.sources["pack.yaml"].partition("heads:")[0]
    items = pack.sources["items.csv"]
    plain = replace(
        pack, sources={name: text for name, text in pack.sources.items() if name != "survey.yaml"}
    )
    found = _notes(plain, pack=(pack.sources["pack.yaml"], heads), items=(",facility,", ",facilty,"))
    line = next(number for number, row in enumerate(items.splitlines(), 1) if ",facility," in row)
    assert ("items.csv", line, "note.categories_alike") in found


def test_notes_stand_after_the_verdict_and_change_no_exit_code(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "pack")
    for path in (copy / "tests").iterdir():
        path.unlink()
    result = CliRunner().invoke(policy, ["check", str(copy), "--lang", "en"])
    assert result.exit_code == 0
    assert "0 worked examples" in result.output
    assert result.output.count("[note.unproven]") == 2
    assert "look at these again" in result.output


def test_a_definition_counts_as_what_its_rule_says(pack: Pack) -> None:
    """Facts and numbers stand in it as well as in the formula; one that nobody uses is named."""
    defined = ("zones:", "define:\n  basic: persons * 24\nzones:")
    used = _notes(
        pack, pack=defined, rules=("persons * 24 * house_price", "basic * house_price + 0 * persons")
    )
    assert used == []
    assert _keys(_notes(pack, pack=defined)) == {"note.unused_definition"}


def test_a_line_that_can_fall_below_zero_is_named(pack: Pack) -> None:
    assert _keys(_notes(pack, rules=("max(0, persons", "max(-1, persons"))) == {"note.below_zero"}
    kept = _notes(pack, rules=("formula: max(0, persons", "formula: persons + max(0, persons"))
    assert "note.below_zero" not in _keys(kept)
