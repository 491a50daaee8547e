"""Secrets of second factors are sealed by the home's keys, as everything else that opens something."""

from typing import Any

from django.db import migrations

from yixian.kernel.crypto import keyring

_PURPOSE = "second-factor.secret"
_SECRETS = ("secret", "seed")


def _seal(apps: Any, _editor: Any) -> None:
    for row in apps.get_model("mfa", "Authenticator").objects.all():
        for name in _SECRETS:
            if name in row.data:
                row.data[name] = keyring().encrypt(row.data[name], purpose=_PURPOSE)
        codes = row.data.get("migrated_codes")
        if codes:
            row.data["migrated_codes"] = [keyring().encrypt(code, purpose=_PURPOSE) for code in codes]
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_two_people"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(_seal, migrations.RunPython.noop, elidable=True)]
