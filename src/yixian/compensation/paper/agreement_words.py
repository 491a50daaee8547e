"""协议用语: the fixed words of an agreement, and its terms."""

from __future__ import annotations

from django.utils.translation import gettext as _


def agreement_words() -> dict[str, str]:
    """The sheet's words by the names its template uses."""
    return {
        "title": _("Agreement on compensation"),
        "number": _("Agreement no."),
        "parties": _("Who agrees"),
        "account": _("What is agreed"),
        "no": _("No."),
        "calculation": _("What it is for and how it is calculated"),
        "under": _("Under"),
        "amount": _("Amount (yuan)"),
        "clauses": _("The clauses that apply"),
        "terms": _("Terms and rights"),
        "signatures": _("Signatures"),
        "copies": _(
            "Four copies of the same wording: one for the household, one for the bureau, one for the attesting body and "
            "one for the archive."
        ),
        "checksum": _("Checksum of the calculation"),
        "missing": _("〓 stands for a character this printer lacks; write it in by hand:"),
    }


def terms(portal: str) -> list[str]:
    """What the parties agree and what the household may do; sources: Order 471, Art. 32, 35 and 55."""
    return [
        _(
            "Whoever signs for the household declares that all its members know this account and agree to it, and that "
            "what it is calculated from is true."
        ),
        _(
            "The bureau pays the household directly and in full, in the way named above (State Council Order 471, "
            "Art. 32). Nothing is kept back or set off unless the household asks for it in writing."
        ),
        _(
            "The household builds its house itself or chooses one; nobody may force a standard on it (Art. 35)."
        ),
        _(
            "Once all three have signed, no calculation changes this agreement. If facts or policy change, a new account is "
            "only proposed; it takes effect by a decision on this household alone, and then a new agreement is drawn up."
        ),
        _(
            "If something is not right, the household may turn to the county government or the resettlement authority, or "
            "go to court; nobody may take it amiss (Art. 55). Whoever signs does not give up this right."
        ),
        _(
            "With its household card the household can read this agreement and every clause at any time: %(portal)s"
        )
        % {"portal": portal},
    ]
