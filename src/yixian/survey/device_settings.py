"""设备二维码: what a phone must know to fetch and send, as the settings that ODK Collect scans, drawn as a QR code.

The secret is in it: it is made from what `actions.issue_device` gives back, shown once, and kept nowhere.
Reference: ODK Collect's settings (client-settings.schema.json): JSON, compressed by zlib, in base64.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from yixian.registry.paper.qr import qr_svg
from yixian.survey.models import FieldDevice

_ICON = "测"
_COLOUR = "#1d4f8c"


def device_settings(device: FieldDevice, secret: str, *, server: str) -> dict[str, Any]:
    """Collect's settings for a device; ``server`` is this product's public address, like https://yixian.example.gov.cn.

    Forms are always those of the campaign; sheets are sent by themselves, and kept on the phone until somebody deletes them.
    Whoever holds the phone cannot point it at another server.
    """
    return {
        "general": {
            "protocol": "odk_default",
            "server_url": f"{server.rstrip('/')}/openrosa",
            "username": user_name(device),
            "password": secret,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "delete_send": False,
            "analytics": False,
        },
        "admin": {"change_server": False, "delete_after_send": False},
        "project": {
            "name": f"{device.team.campaign.title} {device.team.name}",
            "icon": _ICON,
            "color": _COLOUR,
        },
    }


def user_name(device: FieldDevice) -> str:
    """Under which a device shows its secret."""
    return f"device-{device.pk}"


def device_code(device: FieldDevice, secret: str, *, server: str) -> str:
    """The text of the QR code."""
    settings = json.dumps(device_settings(device, secret, server=server), ensure_ascii=False)
    return base64.b64encode(zlib.compress(settings.encode(), 9)).decode()


def device_qr(device: FieldDevice, secret: str, *, server: str) -> bytes:
    """The QR code as an SVG that takes the size of its page."""
    return qr_svg(device_code(device, secret, server=server), scales=True)
