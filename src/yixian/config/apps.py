"""总装: where the rooms of the house are joined; it brings the checks that no single room can make."""

import importlib

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yixian.matters import remedies
from yixian.matters.remedies import RemedyKind

_LINE = ("line_no", _("Line number"))
_CODE = ("item_code", _("Item code"))
_QUANTITY = ("quantity", _("Quantity"))

REMEDIES = {
    "yixian.compensation.account_remedies.correct_quantity": RemedyKind(
        "quantity", _("Correct the quantity of a line"), (_LINE, _QUANTITY)
    ),
    "yixian.compensation.account_remedies.correct_kind": RemedyKind(
        "kind", _("Correct what a line is"), (_LINE, _CODE)
    ),
    "yixian.compensation.account_remedies.add_left_out": RemedyKind(
        "left_out", _("Add what was left out"), (_CODE, _QUANTITY)
    ),
    "yixian.compensation.account_remedies.count_member": RemedyKind(
        "member",
        _("Correct how a member counts"),
        (("person_no", _("Person number")), ("eligibility", _("How they count"))),
    ),
}
"""更正: each makes one change of the facts; the account follows from all of a decision."""


class ConfigConfig(AppConfig):
    """The joining of the rooms; no tables."""

    name = "yixian.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks, and what decided matters may set right in the register and the accounts."""
        importlib.import_module("yixian.config.checks")
        for address, kind in REMEDIES.items():
            function = address.rpartition(".")[2]
            remedies.register_remedy_kind(kind, address, f"yixian.compensation.remedy_previews.{function}")
        remedies.CONSEQUENCES.register("account", "yixian.compensation.account_remedies.calculate")
