"""草案文本: a pack's files with new prices from a day on, and a draft's files once it is decided."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack, Price
from yixian.domain.policy.documents import DRAFT
from yixian.engines.entitlements import unit_word
from yixian.kernel.errors import Invalid

PENDING = "待定"
"""Stands for the number of a document that is not decided yet."""

CLAUSE = "prices"
Sources = dict[str, str]
PriceKey = tuple[str, str]
"""(item code, zone); an empty zone is a price for all of them."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """The document by which a revision is to be decided."""

    id: str
    title_zh: str
    title_en: str
    issuer: str
    reason: str
    valid_from: date


def with_prices(
    base: Pack, prices: Mapping[PriceKey, Decimal], document: NewDocument, version: str
) -> Sources:
    """The base pack's files as a draft in which these prices hold from the document's day; the old ones end there.

    Raises `Invalid` with the item's code as field where no price stands on that day, or one begins on it.
    """
    sources = dict(base.sources)
    standing = {(price.item_code, price.zone): price for price in base.prices_on(document.valid_from)}
    for key in prices:
        if key not in standing:
            raise Invalid("revision.no_price", _("This has no price on that day."), field=_field(key))
        if standing[key].valid_from == document.valid_from:
            raise Invalid("revision.begins", _("Its price begins on that very day."), field=_field(key))
    changed = {key: standing[key] for key in prices}
    sources["prices.csv"] = _prices(sources["prices.csv"], prices, changed, document)
    sources["documents.yaml"] = (
        sources["documents.yaml"].rstrip() + "\n\n" + _document(base, prices, changed, document)
    )
    sources["pack.yaml"] = _renumbered(sources["pack.yaml"], version) + f"status: {DRAFT}\n"
    return sources


def decided(sources: Sources, number: str, decided_on: date) -> Sources:
    """A draft's files with every draft in them decided on this day, under this number where it was pending."""
    done = dict(sources)
    documents = re.sub(
        r"(?m)^(\s*)status: draft[ \t]*$",
        rf"\1status: decided\n\1decided_on: {decided_on.isoformat()}",
        done["documents.yaml"],
    )
    done["documents.yaml"] = re.sub(
        rf"(?m)^(\s*)(- )?number: [\"']?{PENDING}[\"']?[ \t]*$",
        lambda m: f"{m[1]}{m[2] or ''}number: {_text(number)}",
        documents,
    )
    done["pack.yaml"] = re.sub(r"(?m)^status: draft[ \t]*\n?", "", done["pack.yaml"])
    return done


def _prices(
    text: str, prices: Mapping[PriceKey, Decimal], changed: Mapping[PriceKey, Price], document: NewDocument
) -> str:
    reader = csv.DictReader(io.StringIO(text))
    rows: list[dict[str, str]] = []
    for row in reader:
        key = (row["item_code"], row["zone"])
        old = changed.get(key)
        begins = row["from"] == (old.valid_from.isoformat() if old and old.valid_from else "")
        if old is None or not begins:
            rows.append(row)
            continue
        rows.append({**row, "until": document.valid_from.isoformat()})
        new = {
            "from": document.valid_from.isoformat(),
            "price": f"{prices[key]:f}",
            "document": document.id,
            "clause": CLAUSE,
        }
        rows.append({**row, **new})
    written = io.StringIO()
    writer = csv.DictWriter(written, reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _document(
    base: Pack, prices: Mapping[PriceKey, Decimal], changed: Mapping[PriceKey, Price], document: NewDocument
) -> str:
    """The document's entry; JSON's way of quoting is YAML's, too."""
    told = {
        lang: [_change_note(base, key, changed[key], prices[key], lang) for key in sorted(prices)]
        for lang in ("zh", "en")
    }
    day = document.valid_from
    zh = (
        f"自{day.year}年{day.month}月{day.day}日起，下列单价按新价执行，原价停止执行："
        + "；".join(told["zh"])
        + "。"
    )
    en = (
        f"From {day.isoformat()} the following prices take the place of the old ones: "
        + "; ".join(told["en"])
        + "."
    )
    return "\n".join(
        [
            f"- id: {document.id}",
            f"  number: {PENDING}",
            f"  issuer: {_text(document.issuer)}",
            f"  title: {{zh: {_text(document.title_zh)}, en: {_text(document.title_en)}}}",
            f"  status: {DRAFT}",
            f"  from: {day.isoformat()}",
            f"  source: {_text('drafted in the county by its working group')}",
            f"  source_zh: {_text('本县工作组起草')}",
            "  clauses:",
            f"    - id: {CLAUSE}",
            f"      zh: {_text(zh)}",
            f"      en: {_text(en)}",
            f"      plain: {{zh: {_text(document.reason)}, en: {_text(document.reason)}}}",
            "",
        ]
    )


def _change_note(base: Pack, key: PriceKey, old: Price, new: Decimal, lang: str) -> str:
    item, zone = base.items[key[0]], key[1]
    place = base.zones[zone][lang != "zh"] if zone else ""
    unit = unit_word(base, old.unit, lang)
    if lang == "zh":
        return f"{item.name('zh')}{f'（{place}）' if place else ''}每{unit} {old.amount:f} 元改为 {new:f} 元"
    return f"{item.name('en')}{f' ({place})' if place else ''}, per {unit}: {old.amount:f} yuan becomes {new:f} yuan"


def _renumbered(text: str, version: str) -> str:
    return re.sub(r"(?m)^version: .*$", f"version: {_text(version)}", text.rstrip() + "\n", count=1)


def _field(key: PriceKey) -> str:
    return f"{key[0]}|{key[1]}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
