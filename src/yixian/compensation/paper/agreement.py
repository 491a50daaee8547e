"""协议纸面: an agreement on paper, from what was sealed when it was drawn up, the account's stored lines and the signatures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.compensation.choices import Party, PaymentMethod
from yixian.compensation.models import Agreement, AgreementSignature, Statement, StatementLine
from yixian.compensation.paper.agreement_words import agreement_words, terms
from yixian.compensation.paper.statements import line_cells, sums_of
from yixian.compensation.queries import line_view
from yixian.compensation.queries.agreements import sealed_agreement
from yixian.engines.entitlements import Pack
from yixian.kernel.actors import Actor
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.policies.queries import read_pack
from yixian.registry.actions.note_reading import note_reading
from yixian.registry.paper.qr import qr_svg

_TEMPLATE = Path(__file__).with_name("agreement.typ")
_LOCALES = {"zh": "zh-hans", "en": "en"}
_CHECKSUM_SHOWN = 16


def agreement_pdf(actor: Actor, agreement_id: int, *, lang: str, at: datetime) -> bytes:
    """The agreement as PDF/A-2b with the signatures recorded so far; the reading is noted. Raises `NotFound`.

    Whoever may not see ID number and bank account gets a copy for reading in which they are masked, and which says so.
    The same signatures, language and kind of copy give the same bytes for ever.
    """
    agreement, content, whole = sealed_agreement(actor, agreement_id)
    note_reading(actor, agreement.household, "agreement on paper", at=at)
    return render_pdf(agreement_document(agreement, content, lang=lang, whole=whole))


def agreement_document(
    agreement: Agreement, content: dict[str, Any], *, lang: str, whole: bool
) -> PdfDocument:
    """The agreement as plain data, ready to be set; dated with the day of its drawing up."""
    drawn_up = agreement.drawn_up_on
    with translation.override(_LOCALES[lang]):
        data = {
            "lang": lang,
            "title": agreement_words()["title"],
            "words": agreement_words(),
            "date": printed_date(drawn_up),
            "notice": "" if whole else _("Copy for reading: ID number and bank account are masked."),
            **_parties(agreement, content, lang),
            **_account(agreement.statement, lang),
            "terms": terms(content["portal"]),
            "signatures": _signatures(agreement, content, lang),
        }
    return PdfDocument(_TEMPLATE, data, {"portal.svg": qr_svg(f"{content['portal']}/")})


def _parties(agreement: Agreement, content: dict[str, Any], lang: str) -> dict[str, Any]:
    to_bank = f"{content['bank_name']} {content['bank_account']}"
    facts = [
        (_("Household"), f"{content['head']} ({content['household_no']})"),
        (_("ID number of the head"), content["id_number"]),
        (_("Members"), "、".join(content["members"]) if lang == "zh" else ", ".join(content["members"])),
        (_("Place"), content["place"][lang]),
        (_("Address"), content["address"]),
        (_("Phone"), content["phone"] or _("none")),
        (_("Paid"), to_bank if content["paid_by"] == PaymentMethod.BANK else str(PaymentMethod.CASH.label)),
        (str(Party.BUREAU.label), content["bureau"][lang]),
        (str(Party.ATTESTING.label), content["attesting_organisation"][lang]),
        (_("Drawn up on"), date_format(agreement.drawn_up_on)),
    ]
    return {"number": agreement.number, "county": content["county"][lang], "facts": facts}


def _account(statement: Statement, lang: str) -> dict[str, Any]:
    version = statement.run.pack_version
    pack = read_pack(version.pk)
    lines = list(statement.lines.order_by("position"))
    issued = timezone.localdate(statement.issued_at)
    return {
        "version_text": _("Version %(number)s") % {"number": statement.version},
        "checksum": str(statement.run.manifest["checksum"])[:_CHECKSUM_SHOWN],
        "basis": _(
            "Version %(number)s of the account, issued on %(issued)s, calculated as of %(day)s under “%(policy)s”."
        )
        % {
            "number": statement.version,
            "issued": date_format(issued),
            "day": date_format(statement.on_date),
            "policy": version.title_zh if lang == "zh" else version.title_en,
        },
        "lines": [line_cells(line, pack, statement.on_date, lang) for line in lines],
        "sums": sums_of(statement),
        "clauses": _clauses(lines, pack, statement.on_date, lang),
    }


def _clauses(lines: Iterable[StatementLine], pack: Pack, on: date, lang: str) -> list[dict[str, str]]:
    """Every clause that a line rests on, once, in the order of the lines."""
    views = {(line.document, line.clause): line_view(line, pack, on, lang) for line in lines}
    return [{"title": view.document_title, "text": view.clause_text} for view in views.values()]


def _signatures(agreement: Agreement, content: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    signed = {row.party: row for row in agreement.signatures.all()}
    organisations = {
        Party.HOUSEHOLD: content["head"],
        Party.BUREAU: content["bureau"][lang],
        Party.ATTESTING: content["attesting_organisation"][lang],
    }
    return [
        {
            "party": str(party.label),
            "organisation": organisations[party],
            "signed": party in signed,
            "said": _said(signed[party]) if party in signed else [],
            "blanks": _blanks(party),
        }
        for party in Party
    ]


def _said(row: AgreementSignature) -> list[str]:
    told = [
        _("Signed by: %(name)s") % {"name": row.signer_name},
        row.post and _("Post: %(post)s") % {"post": row.post},
        row.authority
        and _("For the head: %(why)s (%(paper)s)") % {"why": row.authority, "paper": row.authority_paper},
        _("Signed on: %(day)s") % {"day": date_format(row.signed_on)},
        str(row.get_way_display()),
    ]
    return [one for one in told if one]


def _blanks(party: Party) -> list[str]:
    """The places for ink on the copies that are taken along to be signed."""
    first = _("Signature and fingerprint:") if party == Party.HOUSEHOLD else _("Signature and seal:")
    return [first, _("Day:")] if party == Party.HOUSEHOLD else [first, _("Post:"), _("Day:")]
