"""逐条对照: docs/survey.md names each test of ODK Central and Collect once, and each test of ours that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RESULTS = {"en": {"passed", "otherwise", "not applicable"}, "zh": {"通过", "做法不同", "不适用"}}
_ROW = re.compile(
    r"^\| (?P<name>.+?) \| (?P<result>[^:：|]+)(?:[:：](?P<why>[^|]+))? \| (?:`(?P<test>test_\w+)`)? ?\|$"
)
_OURS = re.compile(r"^def (test_\w+)", re.MULTILINE)


def rows(file: str, lang: str) -> list[tuple[str, str, str, str]]:
    text = (ROOT / "docs" / file).read_text(encoding="utf-8")
    found = [_ROW.match(line) for line in text[text.rindex("\n## ") :].splitlines()]
    return [
        (row["name"], row["result"].strip(), row["why"] or "", row["test"] or "")
        for row in found
        if row and row["result"].strip() in RESULTS[lang]
    ]


def test_every_case_of_both_is_named_with_its_outcome() -> None:
    cases = rows("survey.md", "en")
    assert len(cases) == len({name for name, *_more in cases}) == 46 + 28
    assert sum(name.startswith(("GET ", "HEAD ", "POST ")) for name, *_more in cases) == 28
    ours = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in _OURS.findall(file.read_text("utf-8"))
    }
    for name, result, why, test in cases:
        assert (not test) == (result == "not applicable"), name
        assert why or result == "passed", name
        assert not test or test in ours, name


def test_both_languages_say_the_same() -> None:
    order = [("passed", "通过"), ("otherwise", "做法不同"), ("not applicable", "不适用")]
    in_chinese = dict(order)
    english = [(name, in_chinese[result], test) for name, result, _why, test in rows("survey.md", "en")]
    assert english == [(name, result, test) for name, result, _why, test in rows("survey.zh.md", "zh")]
