"""联系方式: how the body behind a letter is reached — its public telephone, address and hours, in one line."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yixian.registry.queries.public_offices import PublicOffice, office_of, offices_for_everybody


def contact_line(organisation_id: int) -> str:
    """Name, telephone, address and hours of a body as printed; "" where the register knows none of them."""
    return _line(office_of(organisation_id))


def petition_contact() -> str:
    """The same of the county's petition office, which anybody can ask about any matter."""
    offices = [row for row in offices_for_everybody() if row.kind == "petition_office"]
    return _line(offices[0] if offices else None)


def _line(office: PublicOffice | None) -> str:
    if office is None:
        return ""
    phone = _("telephone %(number)s") % {"number": office.phone} if office.phone else ""
    return " · ".join(part for part in (office.label, phone, office.address, office.hours) if part)
