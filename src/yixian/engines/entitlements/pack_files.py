"""政策包的读取: from a folder of plain files, or from the canonical bytes of a kept pack, to a checked `Pack`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from yixian.domain.policy import DutyRules, Input, Pack, PackErrors
from yixian.domain.policy.documents import DECIDED
from yixian.domain.policy.pack import Undecided, identity
from yixian.domain.policy.survey import Survey
from yixian.domain.policy.units import UNITS
from yixian.domain.policy.vocabulary import Vocabulary
from yixian.engines.entitlements.duty_part import read_duty
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import (
    Faults,
    Located,
    Place,
    Placed,
    note_hidden,
    note_lookalikes,
    read_csv,
    read_source,
    read_yaml,
)
from yixian.engines.entitlements.lost_text import note_lost_text
from yixian.engines.entitlements.pack_check import check_pack
from yixian.engines.entitlements.pack_parts import (
    FACTOR_COLUMNS,
    ITEM_COLUMNS,
    PRICE_COLUMNS,
    FactorRow,
    Parts,
    read_currency,
    read_documents,
    read_factors,
    read_heads,
    read_inputs,
    read_items,
    read_prices,
    read_rules,
    read_units,
    read_zones,
)
from yixian.engines.entitlements.stray_files import stray_files
from yixian.engines.entitlements.survey_part import SurveyParts, read_survey
from yixian.engines.entitlements.vocabulary_part import VocabularyParts, read_vocabulary

FILES = ("pack.yaml", "documents.yaml", "items.csv", "prices.csv", "rules.yaml")
FACTORS = "factors.csv"
DUTY = "duty.yaml"
VOCABULARY = "vocabulary.yaml"
SURVEY = "survey.yaml"
OPTIONAL = (FACTORS, DUTY, VOCABULARY, SURVEY)
"""Only packs with factors, rules for those beside households, villagers' own words, or sheets of a survey have these files."""


def load_pack(folder: Path) -> Pack:
    """The checked pack in a folder. Raises `PackErrors` with every fault (missing files included)."""
    return read_pack(_sources(Path(folder)))


def pack_identity(folder: Path) -> str:
    """The SHA-256 by which the pack in a folder is known, without checking it. Raises `PackErrors` for missing files."""
    return identity(_sources(Path(folder)))


def _sources(folder: Path) -> dict[str, str]:
    """File name → text with plain line ends."""
    optional = [name for name in OPTIONAL if (folder / name).is_file()]
    names = [*FILES, *optional, *sorted(f"tests/{path.name}" for path in folder.glob("tests/*.yaml"))]
    faults = Faults()
    sources = {}
    for name in names:
        path = folder / name
        if path.is_file():
            sources[name] = read_source(path, name, faults)
            note_lookalikes(name, sources[name], faults)
            note_hidden(name, sources[name], faults)
            note_lost_text(name, sources[name], faults)
        else:
            faults.add(Place(name, 0, 0), "pack.file_missing", file=name)
    there = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    for name in stray_files(there, names):
        faults.add(Place(name, 0, 0), "pack.stray_file")
    if faults.problems:
        raise PackErrors(faults.problems)
    return sources


def pack_from_canonical(content: bytes) -> Pack:
    """The pack again from `Pack.canonical`. Raises `PackErrors`."""
    return read_pack(json.loads(content))


def read_pack(sources: Mapping[str, str]) -> Pack:
    """The checked pack from its files' texts. Raises `PackErrors` with every fault.

    Parsed once in a process: the same texts are the same pack, wherever they come from.
    """
    return _parsed(tuple(sorted(sources.items())))


@lru_cache(maxsize=16)
def _parsed(files: tuple[tuple[str, str], ...]) -> Pack:
    sources = dict(files)
    faults = Faults()
    head = Form(read_yaml("pack.yaml", sources["pack.yaml"], faults), faults)
    title_zh, title_en = head.both("title")
    inputs = Form(Located(head.place, entries=head.mapping("inputs"), kind="mapping"), faults)
    item_inputs = read_inputs(inputs.list("items"), faults)
    parts = Parts(
        household_inputs=read_inputs(inputs.list("households"), faults),
        item_inputs=item_inputs,
        documents=read_documents(read_yaml("documents.yaml", sources["documents.yaml"], faults), faults),
        items=read_items(read_csv("items.csv", sources["items.csv"], ITEM_COLUMNS, faults), faults),
        prices=read_prices(read_csv("prices.csv", sources["prices.csv"], PRICE_COLUMNS, faults), faults),
        factors=_factors(sources, faults),
        budget_heads=read_heads(head.mapping("heads"), faults),
        rules=read_rules(read_yaml("rules.yaml", sources["rules.yaml"], faults), faults),
        duty=_duty(sources, faults),
        vocabulary=_vocabulary(sources, faults),
        survey=_survey(sources, item_inputs, faults),
        units=read_units(head.mapping("units"), faults),
        definitions=head.mapping("define"),
    )
    inputs.done()
    pack = Pack(
        id=head.text("id"),
        version=head.text("version"),
        title_zh=title_zh,
        title_en=title_en,
        jurisdiction=head.text("jurisdiction"),
        currency=read_currency(head.form("currency"), faults),
        zones=read_zones(head.mapping("zones"), faults),
        household_inputs={row.value.name: row.value for row in parts.household_inputs},
        item_inputs={row.value.name: row.value for row in parts.item_inputs},
        documents={row.value.id: row.value for row in parts.documents},
        items={row.value.code: row.value for row in parts.items},
        prices=tuple(row.value.price for row in parts.prices if row.value.is_decided),
        undecided=tuple(
            Undecided(row.value.price.item_code, row.value.price.zone, row.value.price.period)
            for row in parts.prices
            if not row.value.is_decided
        ),
        rules=tuple(row.value for row in parts.rules),
        sources=sources,
        sha256=identity(sources),
        factors=tuple(row.value.factor for row in parts.factors if row.value.is_decided),
        status=head.text("status", default=DECIDED),
        budget_heads={row.value.code: row.value for row in parts.budget_heads},
        duty=tuple(row.value for row in parts.duty),
        definitions={name: value.text for name, value in parts.definitions.items()},
        vocabulary=Vocabulary(
            tuple(row.value for row in parts.vocabulary.things),
            tuple(row.value for row in parts.vocabulary.rules),
        ),
        units=UNITS | {row.value.code: row.value for row in parts.units},
        survey=parts.survey.survey,
    )
    head.done()
    check_pack(pack, parts, faults)
    if faults.problems:
        raise PackErrors(faults.problems)
    return pack


def _factors(sources: dict[str, str], faults: Faults) -> list[Placed[FactorRow]]:
    if FACTORS not in sources:
        return []
    return read_factors(read_csv(FACTORS, sources[FACTORS], FACTOR_COLUMNS, faults), faults)


def _duty(sources: dict[str, str], faults: Faults) -> list[Placed[DutyRules]]:
    if DUTY not in sources:
        return []
    return read_duty(read_yaml(DUTY, sources[DUTY], faults), faults)


def _vocabulary(sources: dict[str, str], faults: Faults) -> VocabularyParts:
    if VOCABULARY not in sources:
        return VocabularyParts([], [])
    return read_vocabulary(read_yaml(VOCABULARY, sources[VOCABULARY], faults), faults)


def _survey(sources: Mapping[str, str], facts: list[Placed[Input]], faults: Faults) -> SurveyParts:
    if SURVEY not in sources:
        return SurveyParts(Survey())
    declared = {row.value.name: row.value for row in facts}
    return read_survey(read_yaml(SURVEY, sources[SURVEY], faults), declared, faults)
