"""出示附件: a photograph or a voice note at an address that is good for ten minutes, for whoever has proven a matter theirs.

A picture on a page is asked for by itself, without the receipt's digits; those may stand in no address. So the page that was
shown for the digits gives each file a signed address of its own: it names one file and nothing else, opens nothing else, is
made for this purpose alone, and ends by itself.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.matters.models import MatterFile

GOOD_FOR = timedelta(minutes=10)
_PURPOSE = "yixian.matters.shown_files"


def address_token(file_id: int) -> str:
    """What stands in the address of a file on a page that its owner is being shown."""
    return signing.TimestampSigner(salt=_PURPOSE).sign(str(file_id))


def shown_file(token: str) -> MatterFile:
    """The file of an address. Raises `NotFound` for one that was not made here, or longer ago than ten minutes."""
    try:
        file_id = signing.TimestampSigner(salt=_PURPOSE).unsign(token, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise NotFound("matter.no_file", _("There is no such file.")) from error
    row = MatterFile.objects.filter(pk=int(file_id)).first()
    if row is None:
        raise NotFound("matter.no_file", _("There is no such file."))
    return row
