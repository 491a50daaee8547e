"""设备上线: let a device in by its secret, and note when it was last seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotPermitted
from yixian.survey.models import DeviceLastSeen, FieldDevice
from yixian.survey.queries import device_with_secret, ended_device_with_secret

_NOTED_EVERY = timedelta(minutes=5)


def see_device(secret: str, *, at: datetime) -> FieldDevice | None:
    """The device that holds this secret now, noted as seen; None for a secret that is nobody's.

    Raises `NotPermitted` for the secret of a device that was revoked or whose term is over.
    """
    device = device_with_secret(secret, at=at)
    if device is None:
        if ended_device_with_secret(secret):
            raise NotPermitted(
                "survey.device_ended",
                _(
                    "This device's credential has ended. Nothing on it is lost: ask the bureau for a new code, and send again."
                ),
            )
        return None
    seen = DeviceLastSeen.objects.filter(device=device).values_list("at", flat=True).first()
    if seen is None or at - seen >= _NOTED_EVERY:
        DeviceLastSeen.objects.update_or_create(device=device, defaults={"at": at})
    return device
