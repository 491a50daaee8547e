"""记下拒收: that a device sent something that was not taken, so that somebody can ask for it before the phone is wiped."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import override

from yixian.engines.survey.submission import MAX_BYTES
from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.kernel.ledger import Entry, record
from yixian.survey.models import FieldDevice, RefusedPost


def note_refused_post(
    device: FieldDevice, error: YixianError, post: bytes, form: bytes, *, at: datetime
) -> None:
    """Keep why a post was refused, with the form in it (b"" where none was found). The same again changes nothing."""
    sha256 = hashlib.sha256(form or post).hexdigest()
    if RefusedPost.objects.filter(device=device, sha256=sha256, key=error.key).exists():
        return
    said = {}
    for name, code in (("zh", "zh-hans"), ("en", "en")):
        with override(code):
            said[name] = error.sentence
    kept = base64.b64encode(form).decode() if len(form) <= MAX_BYTES else ""
    try:
        with transaction.atomic():
            refused = RefusedPost.objects.create(
                device=device, key=error.key, sha256=sha256, content=kept, received_at=at, **said
            )
            data = {"key": error.key, "sha256": sha256}
            path = device.team.campaign.area.path
            entry = Entry("survey.post_refused", "refused_post", refused.pk, path, data)
            record(entry, actor=Actor(label=f"device:{device.pk}"), at=at)
    except IntegrityError:  # the same came in another post at the same moment
        return
