"""Translations of one plural rule stand in one dictionary; another rule stays apart; a later catalogue goes before an earlier."""

from __future__ import annotations

import gettext
import io
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.utils.translation.trans_real import TranslationCatalog, translation


def _catalogue(locale: str, **words: Any) -> gettext.GNUTranslations:
    made = Catalog(locale=locale)
    for word, translated in words.items():
        made.add((word, f"{word}s") if isinstance(translated, tuple) else word, translated)
    file = io.BytesIO()
    write_mo(file, made)
    file.seek(0)
    return gettext.GNUTranslations(file)


def test_all_rooms_are_one_dictionary() -> None:
    catalogue: Any = translation("zh-hans")._catalog
    assert len(catalogue._catalogs) == 1
    assert len(catalogue._catalogs[0]) > 4000


def test_the_later_catalogue_goes_before_the_earlier() -> None:
    catalogue: Any = TranslationCatalog(_catalogue("zh_Hans", house="房", road="路"))
    catalogue.update(_catalogue("zh_Hans", house="正房"))
    assert (catalogue["house"], catalogue["road"], len(catalogue._catalogs)) == ("正房", "路", 1)


def test_another_plural_rule_stays_apart() -> None:
    catalogue: Any = TranslationCatalog(_catalogue("zh_Hans", day=("%d 天",)))
    catalogue.update(_catalogue("pl", tree=("drzewo", "drzewa", "drzew")))
    assert len(catalogue._catalogs) == 2
    assert [catalogue.plural("tree", n) for n in (1, 2, 5)] == ["drzewo", "drzewa", "drzew"]
    assert catalogue.plural("day", 5) == "%d 天"
