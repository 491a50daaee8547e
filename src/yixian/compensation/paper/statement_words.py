"""账目单的用语: the fixed words of the sheet, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _


def statement_words() -> dict[str, str]:
    """The sheet's words by the names its template uses."""
    return {
        "title": _("Account of compensation"),
        "household_no": _("Household no."),
        "head": _("Head of household"),
        "place": _("Place"),
        "persons": _("Members"),
        "on_date": _("Calculated as of"),
        "issued": _("Issued on"),
        "pack": _("Under the policy"),
        "version": _("Account"),
        "number": _("No."),
        "calculation": _("What it is for and how it is calculated"),
        "basis": _("Under"),
        "amount": _("Amount (yuan)"),
        "withheld": _("This account is withheld for now"),
        "withheld_why": _(
            "Something in it could not be calculated with certainty. Rather than show a sum that may be wrong, we show "
            "none. What is not clear yet:"
        ),
        "withheld_next": _(
            "Withheld does not mean refused. Once it is clear, the whole account is issued, every line with its "
            "reason. The people named below can tell you how far it is."
        ),
        "beside": _("The people beside your household"),
        "nobody": _("Nobody has been named yet."),
        "phone": _("Phone"),
        "object": _("If something is not right"),
        "object_how": _(
            "Tell either of the people above which line you mean; every line can be looked into. With your household "
            "card you can read this account and the text of every clause at any time: scan the code at the top right."
        ),
        "object_nobody": _(
            "Ask at the resettlement bureau and name the line you mean; every line can be looked into. With your "
            "household card you can read this account and the text of every clause at any time: scan the code at the "
            "top right."
        ),
        "object_archived": _(
            "This sheet shows the account exactly as this version was issued. Whether it still is the one in force, and "
            "whom you can ask, stands on the portal: scan the code at the top right."
        ),
        "checksum": _("Checksum of the calculation"),
        "missing": _("〓 stands for a character this printer lacks; write it in by hand:"),
    }
